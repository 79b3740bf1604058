import { setTimeout as sleep } from "node:timers/promises";
import { checkCustody } from "@mingcha/infra/custody";
import type { RetentionView } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

const dayMs = 86_400_000;
const act = new Date("2026-11-20T01:00:00Z");
let nowAt = new Date(act.getTime() + dayMs);
const daysLater = (days: number): Date => new Date(act.getTime() + days * dayMs);
let api: TestApi;
type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
const people: Record<"head" | "auditor" | "admin" | "tech" | "monitor", Caller> = {} as never;

beforeAll(async () => {
  api = await createTestApi({ now: () => nowAt, review: { prescreen: true } });
  people.head = await api.signIn("head", ["head"]);
  people.auditor = await api.signIn("auditor", ["auditor"]);
  people.admin = await api.signIn("admin", ["administrator"]);
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.monitor = await api.signIn("monitor", ["monitor"]);
});
afterAll(() => api.close());

const view = async (who: Caller): Promise<RetentionView> => (await who.call("GET", "/api/retention")).json();
const clueOf = (id: string) =>
  api.deps.db.clue.findUniqueOrThrow({ where: { id }, include: { flag: { include: { evidence: true } } } });

/** The clock moves on; sessions of before have ended. */
async function moveTo(days: number): Promise<void> {
  nowAt = daysLater(days);
  people.head = await api.signIn(`head-${days}`, ["head"]);
  people.auditor = await api.signIn(`auditor-${days}`, ["auditor"]);
  people.admin = await api.signIn(`admin-${days}`, ["administrator"]);
}

/** As the job leaves it: marked, certified, bytes gone (ingest/src/retention). */
async function deleteImagery(clueId: string): Promise<{ clipId: string; pictureId: string }> {
  const { db, store } = api.deps;
  const { flag } = await clueOf(clueId);
  const [picture] = flag.evidence;
  if (picture === undefined) throw new Error("no picture");
  const clip = await db.clip.findUniqueOrThrow({ where: { id: picture.clipId } });
  const small = await store.putBytes(Buffer.from(`small ${clueId}`));
  const common = {
    clipId: clip.id,
    sourceId: clip.sourceId,
    sizeBytes: clip.sizeBytes,
    capturedFrom: clip.startedAt,
    capturedTo: clip.startedAt,
    receivedAt: clip.receivedAt,
    class: "rejected_record",
    basis: "内部规则",
    verified: false,
    ruleVersion: "1.0",
    keepUntil: nowAt,
    decidedAt: nowAt,
    machine: "m",
    custodySeq: 1n,
  };
  await db.clip.update({ where: { id: clip.id }, data: { deletedAt: nowAt } });
  await db.evidence.update({ where: { id: picture.id }, data: { deletedAt: nowAt, smallSha256: small.sha256 } });
  await db.deletionCertificate.create({ data: { ...common, kind: "clip", name: clip.fileName, sha256: clip.sha256 } });
  await db.deletionCertificate.create({
    data: { ...common, kind: "picture", name: "wide", sha256: picture.sha256, evidenceId: picture.id, flagId: flag.id },
  });
  await store.remove(clip.sha256);
  return { clipId: clip.id, pictureId: picture.id };
}

describe("legal holds", () => {
  const stretch = (sourceId: string, over: object = {}) => ({
    sourceId,
    from: act.toISOString(),
    to: daysLater(1).toISOString(),
    until: daysLater(200).toISOString(),
    reason: "法院调取证据期间保全",
    ...over,
  });

  test("of a stretch count at once, are listed with what they cover, and stand in the custody log", async () => {
    const { sourceId } = await clueOf(await api.seedClue());
    const set = await people.head.call("POST", "/api/retention/holds", stretch(sourceId));
    expect(set.json()).toMatchObject({ clips: 1, gone: 0 });
    const hold = (await view(people.admin)).legalHolds.find(({ id }) => id === set.json().id);
    expect(hold).toMatchObject({ state: "in_force", clips: 1, setBy: people.head.person.name, lift: null });
    const entry = await api.deps.db.custody.findFirst({
      where: { action: "hold.set", subject: `hold:${set.json().id}` },
    });
    expect(entry).not.toBeNull();
  });

  test("need an end within three years and a time that is in order", async () => {
    const { sourceId } = await clueOf(await api.seedClue());
    const refused = async (over: object) =>
      (await people.head.call("POST", "/api/retention/holds", stretch(sourceId, over))).json().code;
    expect(await refused({ until: act.toISOString() })).toBe("HOLD_TERM");
    expect(await refused({ until: daysLater(1_200).toISOString() })).toBe("HOLD_TERM");
    expect(await refused({ from: daysLater(2).toISOString() })).toBe("BAD_INPUT");
    expect(await refused({ sourceId: "nowhere" })).toBe("NOT_FOUND");
  });

  test("of a stretch cover a recording whose start is only unsurely outside of it", async () => {
    const { sourceId } = await clueOf(await api.seedClue());
    const clip = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId } });
    const { startUncertaintyMs: unsureMs } = await api.deps.db.clip.update({
      where: { id: clip.id },
      data: { startUncertaintyMs: 600_000 },
    });
    const before = (ms: number) => ({
      from: new Date(clip.startedAt.getTime() - unsureMs - 3_600_000).toISOString(),
      to: new Date(clip.startedAt.getTime() - ms).toISOString(),
    });
    const set = async (ms: number) =>
      (await people.head.call("POST", "/api/retention/holds", stretch(sourceId, before(ms)))).json();
    expect(await set(unsureMs - 1_000)).toMatchObject({ clips: 1 });
    expect(await set(unsureMs + 1_000)).toMatchObject({ clips: 0 });
  });

  test("of a record wait for whoever is deleting what other sources' records merged into it rest on", async () => {
    const clueId = await api.seedClue();
    const { db } = api.deps;
    let set: ReturnType<Caller["call"]> | undefined;
    await db.$transaction(
      async (tx) => {
        // as the job does under another source's lock
        await tx.$queryRaw`select 1 from clue where id = ${clueId}::uuid for share`;
        set = people.head.call("POST", "/api/retention/holds", {
          clueId,
          until: daysLater(200).toISOString(),
          reason: "信访复查期间保全",
        });
        for (let tries = 0; ; tries++) {
          const waiting = await db.$queryRaw<unknown[]>`
            select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
          if (waiting.length > 0) break;
          if (tries > 200) throw new Error("nobody waits");
          await sleep(25);
        }
        expect(await db.legalHold.count({ where: { clueId } })).toBe(0);
      },
      { timeout: 20_000 },
    );
    expect((await set)?.statusCode).toBe(200);
  });

  test("are lifted by two people: who proposed it may take that back but not confirm; a stale page changes nothing", async () => {
    const clueId = await api.seedClue();
    const set = await people.head.call("POST", "/api/retention/holds", {
      clueId,
      until: daysLater(200).toISOString(),
      reason: "信访复查期间保全",
    });
    const { id } = set.json();
    const post = (who: Caller, path: string, body: object) =>
      who.call("POST", `/api/retention/holds/${id}/${path}`, body);
    expect((await post(people.head, "lift", { version: 1, confirm: true })).statusCode).toBe(409);
    expect((await post(people.head, "lift-proposal", { version: 1, reason: "案件已终结" })).statusCode).toBe(200);
    expect((await post(people.auditor, "lift-proposal", { version: 1, reason: "案件已终结" })).json().code).toBe(
      "STALE",
    );
    const own = await post(people.head, "lift", { version: 2, confirm: true });
    expect([own.statusCode, own.json().code]).toEqual([403, "HOLD_SAME_PERSON"]);
    expect((await post(people.head, "lift", { version: 2, confirm: false })).statusCode).toBe(200);
    expect((await view(people.auditor)).legalHolds.find((hold) => hold.id === id)).toMatchObject({
      state: "in_force",
      lift: null,
    });
    await post(people.head, "lift-proposal", { version: 3, reason: "案件已终结" });
    expect((await view(people.auditor)).legalHolds.find((hold) => hold.id === id)).toMatchObject({
      state: "lift_proposed",
      lift: { own: false },
    });
    expect((await post(people.auditor, "lift", { version: 4, confirm: true })).statusCode).toBe(200);
    expect((await post(people.auditor, "lift", { version: 5, confirm: false })).json().code).toBe("STALE");
    expect((await view(people.auditor)).legalHolds.find((hold) => hold.id === id)).toMatchObject({
      state: "lifted",
      lifted: { by: people.auditor.person.name },
    });
    const actions = (
      await api.deps.db.custody.findMany({ where: { subject: `hold:${id}` }, orderBy: { seq: "asc" } })
    ).map(({ action }) => action);
    expect(actions).toEqual(["hold.set", "hold.lift_proposed", "hold.kept", "hold.lift_proposed", "hold.lifted"]);
  });

  test("are not set by people of other duties, nor on what is gone", async () => {
    const clueId = await api.seedClue();
    const { sourceId } = await clueOf(clueId);
    expect((await people.admin.call("POST", "/api/retention/holds", stretch(sourceId))).statusCode).toBe(403);
    expect((await people.tech.call("GET", "/api/retention")).statusCode).toBe(403);
    const { pictureId } = await deleteImagery(clueId);
    // its pictures are there still, and after them a small one: they can be held
    const ofRecord = () =>
      people.head.call("POST", "/api/retention/holds", {
        clueId,
        until: daysLater(200).toISOString(),
        reason: "信访复查",
      });
    expect((await ofRecord()).json()).toMatchObject({ clips: 0, gone: 1 });
    await api.deps.db.evidence.updateMany({
      where: { flag: { sourceId }, deletedAt: null },
      data: { deletedAt: nowAt },
    });
    expect((await people.head.call("POST", "/api/retention/holds", stretch(sourceId))).statusCode).toBe(200);
    await api.deps.db.evidence.update({ where: { id: pictureId }, data: { smallSha256: null } });
    expect((await ofRecord()).json().code).toBe("HOLD_EMPTY");
    const late = await people.head.call("POST", "/api/retention/holds", stretch(sourceId));
    expect([late.statusCode, late.json().code]).toEqual([422, "HOLD_EMPTY"]);
  });
});

describe("what is gone", () => {
  test("answers 410 with day and certificate, in both languages; the small picture stays and its view is recorded", async () => {
    const clueId = await api.seedClue();
    const { clipId, pictureId } = await deleteImagery(clueId);
    for (const url of [
      `/api/clips/${clipId}/media`,
      `/api/clips/${clipId}/still?offsetMs=0`,
      `/api/evidence/${pictureId}/media`,
    ]) {
      const answer = await people.head.call("GET", url);
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 410, "MEDIA_DELETED"]);
      expect(answer.json().zh).toMatch(/已于 2026-11-21 按规定到期删除（删除证明第 \d{6} 号）/);
      expect(answer.json().en).toMatch(/deleted on 2026-11-21/);
    }
    const small = await people.head.call("GET", `/api/evidence/${pictureId}/small`);
    expect([small.statusCode, small.body]).toEqual([200, `small ${clueId}`]);
    const detail = (await people.head.call("GET", `/api/clues/${clueId}`)).json();
    expect(detail.clips[0].gone).toMatchObject({ at: nowAt.toISOString(), small: false });
    expect(detail.evidence.find(({ id }: { id: string }) => id === pictureId).gone).toMatchObject({ small: true });
    const other = detail.evidence.find(({ id }: { id: string }) => id !== pictureId);
    expect(other.gone).toBeNull();
    expect((await people.head.call("GET", `/api/evidence/${other.id}/small`)).statusCode).toBe(404);
  });

  test("is not brought back to the reviews: the record stays discarded", async () => {
    const clueId = await api.seedClue();
    const discarded = await people.monitor.call("POST", `/api/clues/${clueId}/events`, {
      event: "discard",
      version: 1,
      reasonCode: "passing",
    });
    const code = discarded.json().code;
    if (code !== undefined) throw new Error(discarded.body);
    await deleteImagery(clueId);
    const { version } = await clueOf(clueId);
    const back = await people.tech.call("POST", `/api/clues/${clueId}/events`, {
      event: "bring_back",
      version,
      note: "重新审核",
    });
    expect([back.statusCode, back.json().code]).toEqual([410, "MEDIA_DELETED"]);
    expect(await clueOf(clueId)).toMatchObject({ state: "DISCARDED", version });
  });
});

test("the page tells what is past its shortest term, and why it is still there", async () => {
  const clueId = await api.seedClue();
  const { flag } = await clueOf(clueId);
  await api.deps.db.flag.update({ where: { id: flag.id }, data: { evidenceTo: flag.to } });
  const clip = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId: flag.sourceId } });
  await api.deps.db.clip.update({ where: { id: clip.id }, data: { receivedAt: act } });
  const before = await view(people.auditor);
  expect(before.held.oldest.find((item) => item.clipId === clip.id)).toBeUndefined();
  expect(before.disk).toMatchObject({ level: "ok" });
  await moveTo(25);
  expect((await view(people.auditor)).due.some(({ day }) => day === "2026-12-20")).toBe(true);
  await moveTo(31);
  const later = await view(people.auditor);
  expect(later.held.oldest.find((item) => item.clipId === clip.id)).toMatchObject({
    because: "public_video",
    heldBy: [{ kind: "record_open", clueId }],
  });
  expect(later.classes.map(({ code, verified }) => [code, verified])).toContainEqual(["public_video", true]);
  expect(later.mayHold).toBe(true);
  expect((await view(people.admin)).mayHold).toBe(false);
  expect((await people.admin.call("GET", "/api/status")).json().disk).toMatchObject({ level: "ok", daysLeft: null });
});

test("a recording that could not be analysed is tried again or let go by a person, once, with why; nobody else decides", async () => {
  const { db } = api.deps;
  const clueId = await api.seedClue();
  const { flag } = await clueOf(clueId);
  const { id } = await db.clip.findFirstOrThrow({ where: { sourceId: flag.sourceId } });
  const fail = () =>
    db.clip.update({
      where: { id },
      data: { state: "QUARANTINED", detectAttempts: 3, reasonCode: "X", reasonZh: "解码失败", reasonEn: "no frame" },
    });
  await fail();
  const listed = async () => (await view(people.head)).failed.items.find(({ clipId }) => clipId === id);
  expect(await listed()).toMatchObject({ reason: { zh: "解码失败", en: "no frame" } });
  const say = (who: Caller, decision: string, reason = "已逐帧查看，画面无内容") =>
    who.call("POST", `/api/retention/failed/${id}`, { decision, reason });
  const tech = await api.signIn("tech-of-later", ["technical_reviewer"]);
  for (const who of [people.admin, tech]) expect((await say(who, "let_go")).statusCode).toBe(403);
  expect((await say(people.head, "let_go", "好")).statusCode).toBe(400);
  expect((await say(people.head, "again")).json()).toEqual({ ok: true });
  expect(await db.clip.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: "STORED",
    detectAttempts: 0,
    reasonZh: null,
    letGoAt: null,
  });
  expect(api.rung.filter(({ payload }) => (payload as { clipId?: string }).clipId === id)).toHaveLength(1);
  expect(await listed()).toBeUndefined();
  expect((await say(people.head, "let_go")).json()).toMatchObject({ code: "STALE" });
  await fail();
  const both = await Promise.all([say(people.auditor, "let_go"), say(people.head, "again")]);
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  await db.clip.update({ where: { id }, data: { letGoAt: null } });
  await fail();
  expect((await say(people.auditor, "let_go")).statusCode).toBe(200);
  expect((await db.clip.findUniqueOrThrow({ where: { id } })).letGoAt).toEqual(nowAt);
  expect(await listed()).toBeUndefined();
  const log = await db.custody.findMany({ where: { subject: `clip:${id}` }, orderBy: { seq: "asc" } });
  expect(log.map(({ action }) => action)).toEqual(expect.arrayContaining(["clip.analysis_asked_again", "clip.let_go"]));
});

test("certificates are listed newest first and printed as a paper; who took it out stands in the log", async () => {
  await moveTo(40);
  const { clipId } = await deleteImagery(await api.seedClue());
  const list = (await people.auditor.call("GET", "/api/retention/certificates?limit=1")).json();
  expect(list.items).toHaveLength(1);
  expect(list.items[0]).toMatchObject({ kind: "picture", clipId, verified: false, bytes: null });
  const next = (await people.auditor.call("GET", `/api/retention/certificates?limit=1&cursor=${list.next}`)).json();
  expect(next.items[0]).toMatchObject({ kind: "clip", clipId });
  const pdf = await people.head.call("GET", `/api/retention/certificates/paper?id=${next.items[0].id}`);
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe("%PDF-");
  expect(decodeURIComponent(String(pdf.headers["content-disposition"]))).toMatch(/影像删除证明-\d{6}\.pdf/);
  const docx = await people.head.call(
    "GET",
    "/api/retention/certificates/paper?from=2026-12-01&to=2026-12-31&format=docx",
  );
  expect(docx.rawPayload.subarray(0, 2).toString()).toBe("PK");
  expect(
    (await people.head.call("GET", "/api/retention/certificates/paper?from=2020-01-01&to=2020-01-02")).statusCode,
  ).toBe(404);
  expect((await people.head.call("GET", "/api/retention/certificates/paper")).statusCode).toBe(400);
  expect(await api.deps.db.custody.count({ where: { action: "retention.exported" } })).toBe(2);
  expect(await checkCustody(api.deps.db)).toMatchObject({ intact: true });
});
