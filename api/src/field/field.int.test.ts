import { lockSource } from "@mingcha/infra/retention";
import { fieldListSchema } from "@mingcha/models/http";
import { afterAll, describe, expect, test } from "vitest";
import { createFieldTeam } from "../testing/field-team.ts";
import { phoneOf, saidOnSite } from "../testing/on-site.ts";
import { seedRecording } from "../testing/seed-recording.ts";
import { untilWaiting } from "../testing/until-waiting.ts";
import { createFieldMatching } from "./match-due.ts";

const team = await createFieldTeam();
const { api, people, db, admin, before, checked, decide, forgetChecks, issue, match, north, recorded, sweep, view } =
  team;
afterAll(() => api.close());
const { longitude, latitude } = saidOnSite.position;
const arrived = new Date(saidOnSite.arrivedAt);
const says = ({ reasons }: { reasons: readonly { fact: string; says: string }[] }) =>
  reasons.map((reason) => `${reason.fact} ${reason.says}`);

describe("what a recording may belong to", () => {
  test("a body clip during its officer's check, 20 m away: certain, with three reasons, and still no one's word", async () => {
    await forgetChecks();
    const clueId = await checked();
    const clipId = await recorded({ track: north(20) });
    await match(clipId);
    const seen = await view(clipId);
    expect(seen).toMatchObject({ state: "PROPOSED", carriers: ["人员one"] });
    expect(seen.options).toMatchObject([{ kind: "on_site_check", clueId, certainty: "certain", state: "proposed" }]);
    expect(says(seen.options[0] as never)).toEqual(["time for", "officer for", "position for"]);
    expect(await db.fieldDecision.count({ where: { clipId, personId: { not: null } } })).toBe(0);
  });

  test("the same by an officer who is recused, of another, or three kilometres off: shown with what contradicts, never certain", async () => {
    await forgetChecks();
    const clueId = await checked();
    const far = await recorded({ track: north(3_000) });
    const other = await recorded({ track: north(20) }, people.stranger);
    const recused = await recorded({ track: north(20) });
    const said = { personId: people.one.person.id, reasonCode: "relative", note: "其近亲属经营该店" };
    expect((await people.dispatcher.call("POST", `/api/clues/${clueId}/recusals`, said)).statusCode).toBe(200);
    const recusal = await db.recusal.findFirstOrThrow({ where: { clueId } });
    const approved = await people.head.call("POST", `/api/recusals/${recusal.id}/decision`, {
      result: "approved",
      decided: 0,
    });
    expect(approved.statusCode).toBe(200);
    for (const [clipId, fact] of [
      [far, "position against"],
      [other, "officer against"],
      [recused, "recusal against"],
    ] as const) {
      await match(clipId);
      const [option] = (await view(clipId)).options;
      expect(option).toMatchObject({ clueId, certainty: "possible" });
      expect(says(option as never)).toContain(fact);
    }
  });

  test("two checks at one time are both shown as each other's rival; neither is chosen", async () => {
    await forgetChecks();
    const [a, b] = [await checked(), await checked()];
    const clipId = await recorded({ track: north(20) });
    await match(clipId);
    const { options, state } = await view(clipId);
    expect(state).toBe("PROPOSED");
    expect(options.map(({ clueId }) => clueId).sort()).toEqual([a, b].sort());
    expect(options.map(({ certainty, rivals }) => [certainty, rivals.length])).toEqual([
      ["possible", 1],
      ["possible", 1],
    ]);
  });

  test("nothing near in time, and an uploader alone, make an orphan; the uploader is shown as a hint", async () => {
    await forgetChecks();
    await checked();
    const late = await recorded({ startedAt: before(600), track: north(20) });
    await match(late);
    expect(await view(late)).toMatchObject({ state: "ORPHAN", options: [] });
    const handed = await recorded({ collectorId: people.one.person.id }, null);
    await match(handed);
    const [option] = (await view(handed)).options;
    expect(option?.certainty).toBe("possible");
    expect(says(option as never)).toContain("uploader open");
    expect((await view(handed)).uploader).toBe("人员one");
  });

  test("a withdrawn issue carries nobody, one that began later neither, and an issue to nobody is refused", async () => {
    await forgetChecks();
    await checked();
    const clipId = await recorded({}, null);
    const { sourceId } = await db.clip.findUniqueOrThrow({ where: { id: clipId } });
    expect((await issue(sourceId, people.one, { carrier: undefined })).statusCode).toBe(400);
    expect((await issue(sourceId, people.one, { kind: "sign" })).statusCode).toBe(400);
    expect((await issue(sourceId, people.one, { carrier: { personId: crypto.randomUUID() } })).statusCode).toBe(400);
    expect(
      (
        await people.tech.call("POST", `/api/sources/${sourceId}/records`, {
          kind: "carrier",
          validFrom: "2026-01-01T00:00:00Z",
          reference: "x1",
          carrier: { personId: people.one.person.id },
        })
      ).statusCode,
    ).toBe(403);
    await issue(sourceId, people.one, { validFrom: new Date(arrived.getTime() + 3_600_000).toISOString() });
    const { id } = (await issue(sourceId, people.one)).json();
    await match(clipId);
    expect((await view(clipId)).options).toHaveLength(1);
    await admin.call("POST", `/api/sources/${sourceId}/records/${id}/withdraw`, { reason: "登记有误" });
    await match(clipId);
    const after = await view(clipId);
    expect(after).toMatchObject({ state: "ORPHAN", carriers: [] });
    expect(after.options).toMatchObject([{ state: "lapsed" }]);
  });
});

describe("the rule runs by itself", () => {
  test("a check that is written down two days later finds the earlier recording", async () => {
    await forgetChecks();
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
    const clipId = await recorded({ startedAt: twoDaysAgo, track: north(20) });
    const matching = createFieldMatching(api.deps);
    await matching();
    expect((await view(clipId)).state).toBe("ORPHAN");
    const clueId = await checked({ arrivedAt: new Date(twoDaysAgo.getTime() + 60_000).toISOString() });
    await sweep();
    expect((await view(clipId)).options).toMatchObject([{ clueId, certainty: "certain" }]);
  });

  test("a track that comes later is looked at, and an issue entered later too", async () => {
    await forgetChecks();
    await checked();
    const clipId = await recorded({}, null);
    await sweep();
    expect((await view(clipId)).state).toBe("ORPHAN");
    const { sourceId } = await db.clip.findUniqueOrThrow({ where: { id: clipId } });
    await issue(sourceId, people.two);
    await sweep();
    expect((await view(clipId)).options).toMatchObject([{ certainty: "certain" }]);
    await db.telemetryPoint.createMany({
      data: Array.from({ length: 60 }, (_, nth) => ({ clipId, offsetMs: nth * 10_000, ...north(4_000)() })),
    });
    await db.clip.update({ where: { id: clipId }, data: { telemetryFormat: "gpx/track" } });
    await sweep();
    const [option] = (await view(clipId)).options;
    expect(option?.certainty).toBe("possible");
    expect(says(option as never)).toContain("position against");
  });

  test("twice or at the same time is once, and broken off in the middle leaves nothing half-written", async () => {
    await forgetChecks();
    await checked();
    const clipId = await recorded({ track: north(20) });
    await db.$executeRawUnsafe(
      `create function break_off() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`,
    );
    await db.$executeRawUnsafe(
      `create trigger broken_off before update on field_recording for each row execute function break_off()`,
    );
    await expect(match(clipId)).rejects.toThrow(/killed/);
    expect(await db.fieldDecision.count({ where: { clipId } })).toBe(0);
    expect(await db.fieldRecording.count({ where: { clipId } })).toBe(0);
    await db.$executeRawUnsafe(`drop trigger broken_off on field_recording`);
    await Promise.all([match(clipId), match(clipId), match(clipId)]);
    const rows = await db.fieldDecision.findMany({ where: { clipId } });
    const { version } = await view(clipId);
    await match(clipId);
    expect(await db.fieldDecision.findMany({ where: { clipId } })).toEqual(rows);
    expect(rows).toHaveLength(1);
    expect((await view(clipId)).version).toBe(version);
  });
});

describe("what a person says", () => {
  test("links it, with an entry on the record; the record's page and the list show it", async () => {
    await forgetChecks();
    const clueId = await checked();
    const clipId = await recorded({ track: north(20) });
    await match(clipId);
    const [option] = (await view(clipId)).options;
    const answer = await decide(people.one, clipId, { step: "confirmed", targetKey: option?.key });
    expect(answer.json()).toMatchObject({ state: "MATCHED" });
    const entries = await db.custody.findMany({ where: { subject: `clue:${clueId}`, action: "field.linked" } });
    expect(entries).toHaveLength(1);
    expect((await people.legal.call("GET", `/api/clues/${clueId}/recordings`)).json()).toMatchObject({
      items: [{ clipId, kind: "on_site_check", carriers: ["人员one"], by: "人员one" }],
      waiting: [],
    });
    const list = fieldListSchema.parse(
      (
        await people.monitor.call("GET", `/api/field-recordings?state=MATCHED&officerId=${people.one.person.id}`)
      ).json(),
    );
    expect(list.items.map((item) => item.clipId)).toContain(clipId);
    expect(JSON.stringify(list)).not.toContain("partyName");
  });

  test("from an old page gets 409, and the same link twice is refused with what would be allowed", async () => {
    await forgetChecks();
    await checked();
    const clipId = await recorded({ track: north(20) });
    await match(clipId);
    const { version, options } = await view(clipId);
    const body = { version, step: "confirmed", targetKey: options[0]?.key };
    const answers = await Promise.all(
      [people.one, people.two].map((who) => who.call("POST", `/api/field-recordings/${clipId}/decisions`, body)),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const again = await decide(people.one, clipId, { step: "confirmed", targetKey: options[0]?.key });
    expect(again.json()).toMatchObject({ code: "FIELD_STEP_CLOSED" });
    expect(again.json().zh).toContain("已关联");
  });

  test("a rejection needs a reason and is never overwritten by the rule, whatever changes", async () => {
    await forgetChecks();
    const clueId = await checked();
    const clipId = await recorded({ track: north(20) });
    await match(clipId);
    const { options } = await view(clipId);
    const reject = { step: "rejected", targetKey: options[0]?.key };
    expect((await decide(people.two, clipId, reject)).json()).toMatchObject({ code: "FIELD_NEEDS_REASON" });
    expect((await decide(people.two, clipId, { ...reject, reason: "画面为另一地点" })).statusCode).toBe(200);
    await phoneOf(api, people.one).save(clueId, { findings: "补充" });
    await match(clipId);
    await sweep();
    expect(await view(clipId)).toMatchObject({ state: "ORPHAN", options: [{ state: "rejected" }] });
  });

  test("belongs to nothing, with why; a check written down afterwards is a new question", async () => {
    await forgetChecks();
    await checked();
    const clipId = await recorded({ track: north(20) });
    await match(clipId);
    expect((await decide(people.monitor, clipId, { step: "nothing" })).json()).toMatchObject({
      code: "FIELD_NEEDS_REASON",
    });
    await decide(people.monitor, clipId, { step: "nothing", reason: "设备自检" });
    const seen = await view(clipId);
    expect(seen).toMatchObject({ state: "ORPHAN", nothing: { by: "人员monitor", reason: "设备自检" } });
    expect(await db.custody.count({ where: { subject: `clip:${clipId}`, action: "field.nothing" } })).toBe(1);
    const later = await checked();
    await match(clipId);
    const after = await view(clipId);
    expect(after.state).toBe("PROPOSED");
    expect(after.options.filter(({ state }) => state === "proposed")).toMatchObject([{ clueId: later }]);
  });

  test("links by hand a record that the rule did not find, with a reason, and not one that was merged away", async () => {
    await forgetChecks();
    const clipId = await recorded({ startedAt: before(900) }, null);
    await match(clipId);
    const clueId = await api.seedClue();
    expect((await decide(people.one, clipId, { step: "set", clueId })).json()).toMatchObject({
      code: "FIELD_NEEDS_REASON",
    });
    expect((await decide(people.one, clipId, { step: "set", clueId, reason: "当日送达" })).json()).toMatchObject({
      state: "MATCHED",
    });
    await db.clue.update({ where: { id: clueId }, data: { state: "MERGED", mergedIntoId: await api.seedClue() } });
    const undo = { step: "rejected", targetKey: `clue:${clueId}`, reason: "重复" };
    expect((await decide(people.one, clipId, undo)).json()).toMatchObject({ state: "ORPHAN" });
    expect((await decide(people.one, clipId, { step: "set", clueId, reason: "当日送达" })).statusCode).toBe(400);
  });

  test("is for handlers and the centre, of the record's district, not recused; the others read or see nothing", async () => {
    await forgetChecks();
    const clueId = await checked();
    const clipId = await recorded({ track: north(20) });
    await match(clipId);
    const [option] = (await view(clipId)).options;
    const step = { step: "confirmed", targetKey: option?.key };
    for (const who of [people.tech, people.legal, people.head, people.auditor])
      expect((await decide(who, clipId, step)).statusCode).toBe(403);
    expect((await admin.call("GET", `/api/field-recordings/${clipId}`)).statusCode).toBe(403);
    const elsewhere = await api.signIn("far", ["handler"], { districts: ["lujiazui"] });
    expect((await decide(elsewhere, clipId, step)).json()).toMatchObject({ code: "WRONG_DISTRICT" });
    expect((await view(clipId, elsewhere)).options[0]?.barred?.zh).toContain("辖区");
    const recused = await api.signIn("recused", ["handler"]);
    await recused.call("POST", `/api/clues/${clueId}/recusals`, {
      personId: recused.person.id,
      reasonCode: "business",
      note: "有往来",
    });
    expect((await decide(recused, clipId, step)).json()).toMatchObject({ guard: "H-43" });
    expect((await view(clipId)).state).toBe("PROPOSED");
  });

  test("the database itself refuses a machine's link, and a change of what was said", async () => {
    const clipId = await recorded();
    await match(clipId);
    const link = { clipId, ordinal: 90, decision: "confirmed", targetKind: "clue", targetId: crypto.randomUUID() };
    await expect(db.fieldDecision.create({ data: link })).rejects.toThrow(/field_decision_by_whom/);
    const person = { clipId, ordinal: 91, decision: "nothing", personId: people.one.person.id, reason: "试" };
    await db.fieldDecision.create({ data: person });
    await expect(db.fieldDecision.updateMany({ where: { clipId }, data: { reason: "改" } })).rejects.toThrow(
      /append-only/,
    );
    await expect(db.fieldDecision.deleteMany({ where: { clipId } })).rejects.toThrow(/append-only/);
    await expect(db.$executeRawUnsafe("truncate field_decision")).rejects.toThrow(/append-only/);
  });
});

test("a gate's recording beside its registered site asks nobody, until something of a record fits", async () => {
  await forgetChecks();
  const clipId = await seedRecording(api, { sourceId: "gate-1", kind: "gate", startedAt: before(2) });
  await db.registerObject.create({
    data: {
      kind: "site",
      key: "门前工地",
      name: "门前工地",
      search: "",
      grams: [],
      document: { kind: "site", name: "门前工地", place: "示例路", longitude, latitude, gateSources: ["gate-1"] },
    },
  });
  await match(clipId);
  expect(await view(clipId)).toMatchObject({ state: "FREE", options: [{ kind: "site", certainty: "possible" }] });
  await db.source.update({ where: { id: "gate-1" }, data: { longitude, latitude } });
  const clueId = await checked();
  await match(clipId);
  const seen = await view(clipId);
  expect(seen.state).toBe("PROPOSED");
  expect(seen.options[0]).toMatchObject({ kind: "on_site_check", clueId, certainty: "certain" });
});

test("counts tell an officer what waits of the own devices", async () => {
  const own = await api.signIn("carrier", ["handler"]);
  const clipId = await recorded({ startedAt: before(2_000) }, own);
  await match(clipId);
  const waiting = async () => (await own.call("GET", "/api/field-recordings/waiting")).json();
  expect((await waiting()).own).toEqual({ proposed: 0, orphans: 1 });
  await decide(own, clipId, { step: "nothing", reason: "误触" });
  expect((await waiting()).own).toEqual({ proposed: 0, orphans: 0 });
});

test("a recording that was deleted when its time was over asks nobody; brought in once more it is laid beside the work anew", async () => {
  await forgetChecks();
  const clipId = await recorded({ startedAt: before(3_000) });
  await sweep();
  expect((await view(clipId)).state).toBe("ORPHAN");
  await db.clip.update({ where: { id: clipId }, data: { deletedAt: new Date() } });
  await sweep();
  expect(await view(clipId)).toMatchObject({ state: "FREE", isGone: true });
  const gone = await decide(people.one, clipId, { step: "nothing", reason: "自检" });
  expect(gone.json()).toMatchObject({ code: "MEDIA_DELETED" });
  await db.clip.update({ where: { id: clipId }, data: { deletedAt: null } });
  await sweep();
  expect((await view(clipId)).state).toBe("ORPHAN");
});

test("gates elsewhere are left alone when a check changes, those beside it are looked at", async () => {
  await forgetChecks();
  const at = (id: string, metres: number) =>
    seedRecording(api, { sourceId: id, kind: "gate", startedAt: before(2) }).then(async (clipId) => {
      await db.source.update({ where: { id }, data: north(metres)() });
      return clipId;
    });
  const [beside, away] = [await at("gate-2", 30), await at("gate-3", 5_000)];
  await sweep();
  const stamp = async (clipId: string) => (await db.fieldRecording.findUniqueOrThrow({ where: { clipId } })).matchedAt;
  const earlier = await stamp(away);
  const clueId = await checked();
  await sweep();
  expect((await view(beside)).options[0]).toMatchObject({ kind: "on_site_check", clueId });
  expect(await stamp(away)).toEqual(earlier);
});

test("a link that comes while the recording is being deleted waits, and is refused with the certificate's words", async () => {
  await forgetChecks();
  await checked();
  const clipId = await recorded({ track: north(20) });
  await match(clipId);
  const { sourceId } = await db.clip.findUniqueOrThrow({ where: { id: clipId } });
  const { version, options } = await view(clipId);
  const linking = await db.$transaction(async (tx) => {
    await lockSource(tx, sourceId);
    const answer = people.one.call("POST", `/api/field-recordings/${clipId}/decisions`, {
      version,
      step: "confirmed",
      targetKey: options[0]?.key,
    });
    await untilWaiting(db);
    await tx.clip.update({ where: { id: clipId }, data: { deletedAt: new Date() } });
    return { answer };
  });
  expect((await linking.answer).json()).toMatchObject({ code: "MEDIA_DELETED" });
  expect(await db.fieldDecision.count({ where: { clipId, personId: { not: null } } })).toBe(0);
});
