import { takePhoto } from "@mingcha/infra/testing";
import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { onSitePhotoMaxBytes } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkOnSite, phoneOf, saidOnSite, sha256Of } from "../testing/on-site.ts";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<
  | "tech"
  | "legal"
  | "dispatcher"
  | "one"
  | "two"
  | "stranger"
  | "expired"
  | "reviewer"
  | "head"
  | "auditor"
  | "monitor",
  Caller
>;

beforeAll(async () => {
  api = await createTestApi();
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.legal = await api.signIn("legal", ["legal_reviewer"]);
  for (const name of ["dispatcher", "one", "two", "stranger"] as const)
    people[name] = await api.signIn(name, ["handler"]);
  people.expired = await api.signIn("expired", ["handler"], { qualified: false });
  people.reviewer = await api.signIn("reviewer", ["technical_reviewer", "handler"]);
  people.head = await api.signIn("head", ["head"]);
  people.auditor = await api.signIn("auditor", ["auditor"]);
  people.monitor = await api.signIn("monitor", ["monitor"]);
});
afterAll(() => api.close());

const versionOf = async (id: string) => (await api.deps.db.clue.findUniqueOrThrow({ where: { id } })).version;
const step = async (who: Caller, id: string, event: string, extra: object = {}) =>
  who.call("POST", `/api/clues/${id}/events`, { event, version: await versionOf(id), ...extra });
const officers = () => ({ handlerIds: [people.one.person.id, people.two.person.id] });

/** A drone's record that passed both reviews. */
async function admissible(reviewer = people.tech): Promise<string> {
  const id = await api.seedClue({ kind: "drone" });
  await step(reviewer, id, "tech_pass", { checklist: passed(technicalQuestions) });
  await step(people.legal, id, "legal_pass", { checklist: passed(legalQuestions) });
  return id;
}
async function dispatched(): Promise<string> {
  const id = await admissible();
  expect((await step(people.dispatcher, id, "dispatch", officers())).json()).toMatchObject({ state: "ON_SITE_CHECK" });
  return id;
}
const one = () => phoneOf(api, people.one);
const two = () => phoneOf(api, people.two);

describe("sending two officers", () => {
  test("names them; the check appears in the list of each and of nobody else", async () => {
    const id = await dispatched();
    const mine = async (who: Caller) =>
      (await who.call("GET", "/api/on-site")).json().items.filter((item: { clueId: string }) => item.clueId === id);
    expect(await mine(people.one)).toHaveLength(1);
    expect(await mine(people.two)).toMatchObject([{ state: "OPEN", photos: 0, dispatchedBy: "人员dispatcher" }]);
    expect(await mine(people.stranger)).toEqual([]);
  });
  test("refuses one officer, the same twice, one without qualification, and one who reviewed the record", async () => {
    const id = await admissible(people.reviewer);
    const of = (...who: Caller[]) => ({ handlerIds: who.map(({ person }) => person.id) });
    expect((await step(people.dispatcher, id, "dispatch", of(people.one))).statusCode).toBe(400);
    expect((await step(people.dispatcher, id, "dispatch", of(people.one, people.one))).statusCode).toBe(400);
    expect((await step(people.dispatcher, id, "dispatch", of(people.one, people.expired))).json()).toMatchObject({
      guard: "G-11",
    });
    expect((await step(people.dispatcher, id, "dispatch", of(people.one, people.reviewer))).json()).toMatchObject({
      guard: "H-06",
    });
    expect((await step(people.tech, id, "dispatch", officers())).statusCode).toBe(403);
    expect(await api.deps.db.onSiteCheck.count({ where: { clueId: id } })).toBe(0);
  });
  test("the database itself refuses a reviewer as officer and an officer as reviewer", async () => {
    const id = await dispatched();
    const officer = { clueId: id, round: 1, result: "pass", reviewerId: people.one.person.id, checklist: [] };
    await expect(api.deps.db.review.create({ data: { ...officer, kind: "merged" } })).rejects.toThrow(/may not review/);
    const { id: _id, ...row } = await api.deps.db.onSiteCheck.findFirstOrThrow({ where: { clueId: id } });
    const copy = { ...row, findings: {}, state: "WITHDRAWN" as const, secondOfficerId: people.tech.person.id };
    await expect(api.deps.db.onSiteCheck.create({ data: copy })).rejects.toThrow(/may not handle/);
  });
  test("an unsure review leaves nobody there: a handler sends two, and only one check is under way at a time", async () => {
    const id = await api.seedClue();
    await step(people.tech, id, "tech_unsure", { note: "看不清" });
    const send = (who: Caller) =>
      who.call("POST", `/api/clues/${id}/on-site`, { officerIds: officers().handlerIds, note: "看门口" });
    expect((await people.dispatcher.call("GET", `/api/clues/${id}/on-site`)).json()).toEqual({
      checks: [],
      mayDispatch: true,
    });
    expect((await send(people.tech)).statusCode).toBe(403);
    const answers = await Promise.all([send(people.dispatcher), send(people.dispatcher)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const reviewer = { officerIds: [people.one.person.id, people.reviewer.person.id] };
    expect((await people.dispatcher.call("POST", `/api/clues/${id}/on-site`, reviewer)).statusCode).toBe(409);
  });
});

describe("a photo", () => {
  test("is kept bit by bit with what its EXIF says, beside an upright picture; the difference to its arrival is told", async () => {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    const bytes = await takePhoto("2020:01:01 08:00:00");
    const query = `kind=close&takenAt=2026-11-28T02:00:00Z&sha256=${sha256Of(bytes)}&longitude=121.6&latitude=31.3&accuracyM=12`;
    expect((await one().send(checkId, bytes, query)).json()).toMatchObject({ sha256: sha256Of(bytes), added: true });
    const [photo] = (await one().check(id)).photos;
    expect(photo).toMatchObject({
      kind: "close",
      mediaType: "image/jpeg",
      camera: "Maker Phone 1",
      capturedAt: "2020-01-01T00:00:00.000Z",
      capturedBy: "exif_offset",
      exifPosition: { longitude: 121.5, latitude: 31.2 },
      position: { longitude: 121.6, latitude: 31.3, accuracyM: 12 },
      takenBy: "人员one",
    });
    expect(photo?.differenceS).toBeGreaterThan(365 * 86_400);
    const media = (form: string) => people.auditor.call("GET", `/api/on-site/photos/${photo?.id}/media?form=${form}`);
    expect(sha256Of((await media("original")).rawPayload)).toBe(sha256Of(bytes));
    expect((await media("view")).headers["content-type"]).toBe("image/jpeg");
    expect(
      (await api.deps.db.custody.findMany({ where: { subject: `clue:${id}` } })).map(({ action }) => action),
    ).toEqual(expect.arrayContaining(["on_site.dispatched", "on_site.photo_added", "on_site.photo_viewed"]));
  });
  test("sent again, also twice at once, is the same photo", async () => {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    const bytes = await takePhoto();
    const answers = await Promise.all([1, 2, 3].map(() => one().send(checkId, bytes)));
    expect(answers.map((answer) => answer.json().added).filter(Boolean)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    expect((await one().check(id)).photos).toHaveLength(1);
  });
  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ["cut short", async () => (await takePhoto()).subarray(0, -400)],
    ["that is a text", () => Buffer.from("<svg onload=alert(1)>".repeat(20))],
    ["without a byte", () => Buffer.alloc(0)],
    ["over the size limit", () => Buffer.alloc(onSitePhotoMaxBytes + 1, 0xff)],
  ])("%s is refused with a sentence, and nothing of it is left", async (_name, make) => {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    const answer = await one().send(checkId, await make());
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.json().zh.length).toBeGreaterThan(5);
    expect((await one().check(id)).photos).toEqual([]);
    const { readdir } = await import("node:fs/promises");
    expect(await readdir(`${api.deps.environment.MINGCHA_DATA}/staging/on-site`)).toEqual([]);
  });
  test("whose bytes changed on the way is refused", async () => {
    const { id: checkId } = await one().check(await dispatched());
    const answer = await one().send(checkId, await takePhoto(), `kind=wide&sha256=${"0".repeat(64)}`);
    expect(answer.json()).toMatchObject({ code: "HASH_MISMATCH" });
  });
  test("of another record's check cannot be used again", async () => {
    const bytes = await takePhoto();
    const first = await one().check(await dispatched());
    await one().send(first.id, bytes);
    const second = await one().check(await dispatched());
    expect((await one().send(second.id, bytes)).json()).toMatchObject({ code: "MEDIA_REFUSED" });
  });
  test("is added only by the two who were sent", async () => {
    const { id: checkId } = await one().check(await dispatched());
    const answer = await phoneOf(api, people.stranger).send(checkId, await takePhoto());
    expect(answer.json()).toMatchObject({ code: "ON_SITE_NOT_YOURS" });
    expect((await phoneOf(api, people.tech).send(checkId, await takePhoto())).statusCode).toBe(403);
  });
  test("is withdrawn with a reason and stays where it is; its row cannot be changed or deleted, not even in the database", async () => {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    const photoId = (await one().send(checkId, await takePhoto())).json().id;
    expect((await people.one.call("POST", `/api/on-site/photos/${photoId}/withdraw`, { reason: "" })).statusCode).toBe(
      400,
    );
    const withdraw = () => people.one.call("POST", `/api/on-site/photos/${photoId}/withdraw`, { reason: "拍糊了" });
    expect((await withdraw()).statusCode).toBe(200);
    expect((await withdraw()).statusCode).toBe(409);
    expect((await one().check(id)).photos).toMatchObject([{ id: photoId, withdrawn: { reason: "拍糊了" } }]);
    await expect(api.deps.db.onSitePhoto.delete({ where: { id: photoId } })).rejects.toThrow(/append-only/);
    const fresh = (await one().send(checkId, await takePhoto())).json().id;
    await expect(
      api.deps.db.onSitePhoto.update({ where: { id: fresh }, data: { sha256: "f".repeat(64) } }),
    ).rejects.toThrow(/append-only/);
  });
});

describe("what the officers write", () => {
  test("from an old page is refused; what the party said and its name stand in no log and are not for everybody", async () => {
    const id = await dispatched();
    const { id: checkId, version } = await one().check(id);
    const said = {
      ...saidOnSite,
      party: "named",
      partyName: "赵某某",
      partySaid: "马上收走",
      idShown: true,
      rightsTold: true,
    };
    expect((await people.one.call("PATCH", `/api/on-site/${checkId}`, { version, ...said })).statusCode).toBe(200);
    expect(
      (await people.two.call("PATCH", `/api/on-site/${checkId}`, { version, findings: "另一种说法" })).json(),
    ).toMatchObject({
      code: "STALE",
    });
    expect((await one().check(id)).findings).toMatchObject({ partyName: "赵某某", findings: saidOnSite.findings });
    expect((await phoneOf(api, people.monitor).check(id)).findings).toMatchObject({ partyName: "", partySaid: "" });
    const log = await api.deps.db.custody.findMany({ where: { subject: `clue:${id}` } });
    expect(log.map(({ body }) => Buffer.from(body).toString("utf8")).join()).not.toMatch(/赵某某|马上收走/);
  });
  test("that nobody said who they were leaves no name", async () => {
    const id = await dispatched();
    await one().save(id, { ...saidOnSite, party: "unnamed", partyName: "赵某某" });
    expect((await one().check(id)).findings.partyName).toBe("");
  });
});

describe("signing", () => {
  async function ready(said: object = {}): Promise<string> {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    await one().send(checkId, await takePhoto(), "kind=wide");
    await two().send(checkId, await takePhoto(), "kind=close");
    await one().save(id, { ...saidOnSite, ...said });
    return id;
  }
  test("by both, each on the own device, and the record is verified by one of them", async () => {
    const id = await ready();
    expect((await one().sign(id)).statusCode).toBe(200);
    expect((await one().check(id)).state).toBe("SIGNED_BY_FIRST");
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ guard: "H-05" });
    expect((await one().sign(id)).json()).toMatchObject({ code: "ON_SITE_SIGNED" });
    expect((await phoneOf(api, people.two, "device-one-00000000").sign(id)).json()).toMatchObject({
      code: "ON_SITE_SAME_DEVICE",
    });
    expect((await two().sign(id)).statusCode).toBe(200);
    expect((await step(people.stranger, id, "confirm_on_site")).json()).toMatchObject({ guard: "H-05" });
    expect((await step(people.two, id, "not_found")).json()).toMatchObject({ guard: "H-05" });
    // what the page offers is what the server does
    const { events } = (await people.two.call("GET", `/api/clues/${id}`)).json();
    const offered = events.find(({ event }: { event: string }) => event === "confirm_on_site");
    expect(offered.refusals).toEqual([]);
    expect((await step(people.two, id, "confirm_on_site")).json()).toMatchObject({ state: "VERIFIED" });
    const { id: checkId } = await one().check(id);
    expect((await one().send(checkId, await takePhoto())).json()).toMatchObject({ code: "ON_SITE_CLOSED" });
    expect((await one().save(id, { findings: "改" })).json()).toMatchObject({ code: "ON_SITE_CLOSED" });
  });
  test("a desk that has the record open does not keep the officers from their step", async () => {
    const id = await ready();
    await one().sign(id);
    await two().sign(id);
    expect((await people.dispatcher.call("POST", `/api/clues/${id}/lease`)).json().until).not.toBeNull();
    expect((await step(people.two, id, "confirm_on_site")).json()).toMatchObject({ state: "VERIFIED" });
  });
  test("is refused to anybody else, without photos, without words, and for a content that is no longer there", async () => {
    const id = await dispatched();
    expect((await one().sign(id)).json()).toMatchObject({ code: "ON_SITE_INCOMPLETE" });
    const full = await ready();
    expect((await phoneOf(api, people.stranger).sign(full)).json()).toMatchObject({ code: "ON_SITE_NOT_YOURS" });
    expect((await one().sign(full, { contentSha256: "0".repeat(64) })).json()).toMatchObject({ code: "STALE" });
    const met = await ready({ party: "unnamed" });
    expect((await one().sign(met)).json().zh).toContain("出示执法证件");
  });
  test("is undone by a photo that arrives afterwards; the old names stay readable and count no more", async () => {
    const id = await ready();
    await one().sign(id);
    await two().sign(id);
    const before = await one().check(id);
    await two().send(before.id, await takePhoto(), "kind=other");
    const after = await one().check(id);
    expect(after).toMatchObject({
      state: "OPEN",
      voided: [{ voidedFor: "photo_added" }, { voidedFor: "photo_added" }],
    });
    expect(after.contentSha256).not.toBe(before.contentSha256);
    expect(after.officers.map(({ signedAt }) => signedAt)).toEqual([null, null]);
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ guard: "H-05" });
    await expect(api.deps.db.onSiteSignature.deleteMany({ where: { checkId: before.id } })).rejects.toThrow(
      /append-only/,
    );
    await one().sign(id);
    await two().sign(id);
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ state: "VERIFIED" });
  });
  test("is undone by another word, not by saving the same again", async () => {
    const id = await ready();
    await one().sign(id);
    await one().save(id, saidOnSite);
    expect((await one().check(id)).state).toBe("SIGNED_BY_FIRST");
    await two().save(id, { result: "not_found" });
    expect((await one().check(id)).state).toBe("OPEN");
  });
  test("findings changed past the server do not carry the signatures with them", async () => {
    const id = await ready();
    await one().sign(id);
    await two().sign(id);
    const { id: checkId } = await one().check(id);
    await api.deps.db.onSiteCheck.update({
      where: { id: checkId },
      data: {
        findings: { ...saidOnSite, partySaid: "", partyName: "", idShown: false, rightsTold: false, findings: "篡改" },
      },
    });
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ guard: "H-05" });
  });
  test("the database lets no record be verified without both names", async () => {
    const id = await ready();
    await one().sign(id);
    await expect(api.deps.db.clue.update({ where: { id }, data: { state: "VERIFIED" } })).rejects.toThrow(
      /without a check signed/,
    );
  });
  test("a photo and the last step at once: either the photo is part of what was signed, or it comes too late", async () => {
    for (let nth = 0; nth < 5; nth++) {
      const id = await ready();
      await one().sign(id);
      await two().sign(id);
      const { id: checkId } = await one().check(id);
      const [photo, moved] = await Promise.all([
        two().send(checkId, await takePhoto(), "kind=other"),
        step(people.one, id, "confirm_on_site"),
      ]);
      expect(
        [photo.statusCode, moved.statusCode].filter((status) => status === 200),
        `${photo.body} ${moved.body}`,
      ).toHaveLength(1);
    }
  });
});

describe("what comes of it", () => {
  test("G-09: a drone's record never comes to a case without the check, by whatever way", async () => {
    const id = await admissible();
    expect((await step(people.one, id, "ready")).json()).toMatchObject({ guard: "G-09" });
    await step(people.one, id, "dissuade", {
      dissuasion: { channel: "on_site", recipient: "摊主", correctWithinMin: 0 },
    });
    expect((await step(people.one, id, "not_corrected", { note: "仍在" })).json()).toMatchObject({ guard: "G-09" });
    for (const event of ["file", "confirm_on_site", "ready_verified"])
      expect((await step(people.one, id, event, officers())).json().code).toBe("NO_SUCH_STEP");
    expect(await api.deps.db.case.count({ where: { clueId: id } })).toBe(0);
  });
  test("nothing found ends the record, with photos of the place and both names", async () => {
    const id = await dispatched();
    expect((await step(people.one, id, "not_found")).json()).toMatchObject({ guard: "H-05" });
    await checkOnSite(api, id, [people.one, people.two], { result: "not_found", findings: "现场整洁，无摊位" });
    expect((await step(people.one, id, "not_found")).json()).toMatchObject({ state: "CLOSED_NOT_FOUND" });
  });
  test("officers who cannot tell settle nothing: others are sent, or a handler proposes to close", async () => {
    const id = await dispatched();
    await checkOnSite(api, id, [people.one, people.two], { result: "cannot_tell" });
    for (const event of ["confirm_on_site", "not_found"])
      expect((await step(people.one, id, event)).json()).toMatchObject({ guard: "H-05" });
    const others = { officerIds: [people.stranger.person.id, people.dispatcher.person.id] };
    expect((await people.dispatcher.call("POST", `/api/clues/${id}/on-site`, others)).statusCode).toBe(200);
    expect((await one().sign(id)).json()).toMatchObject({ code: "ON_SITE_NOT_YOURS" });
    expect(await one().checks(id)).toMatchObject([{ state: "OPEN" }, { state: "SIGNED_BY_BOTH" }]);
    const closed = await step(people.dispatcher, id, "propose_close", { reasonCode: "not_proven" });
    expect(closed.json()).toMatchObject({ state: "CLOSE_PROPOSED" });
  });
  test("a withdrawn check takes nothing more; its officers, who sent them and the head may withdraw it", async () => {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    const withdraw = (who: Caller) => who.call("POST", `/api/on-site/${checkId}/withdraw`, { reason: "雨太大" });
    expect((await withdraw(people.stranger)).statusCode).toBe(403);
    expect((await withdraw(people.head)).statusCode).toBe(200);
    expect((await one().send(checkId, await takePhoto())).json()).toMatchObject({ code: "ON_SITE_CLOSED" });
    expect((await withdraw(people.one)).json()).toMatchObject({ code: "ON_SITE_CLOSED" });
    expect((await step(people.one, id, "confirm_on_site")).json().code).toBe("GUARD_REFUSED");
  });
  test("a check that is withdrawn does not bring back the one before it", async () => {
    const id = await dispatched();
    await checkOnSite(api, id, [people.one, people.two]);
    await step(people.one, id, "confirm_on_site");
    const dissuasion = { channel: "on_site", recipient: "摊主", correctWithinMin: 0 };
    await step(people.one, id, "dissuade", { dissuasion });
    await step(people.dispatcher, id, "dispatch", officers());
    await checkOnSite(api, id, [people.one, people.two], { result: "not_found", findings: "现场没有摊位" });
    const { id: newest } = await one().check(id);
    expect((await people.one.call("POST", `/api/on-site/${newest}/withdraw`, { reason: "写错" })).statusCode).toBe(200);
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ code: "GUARD_REFUSED" });
    const settle = api.deps.db.clue.update({ where: { id }, data: { state: "VERIFIED" } });
    await expect(settle).rejects.toThrow(/signed by both/);
  });
  test("G-09: what was confirmed on site is asked anew when the record is reviewed again", async () => {
    const id = await dispatched();
    await checkOnSite(api, id, [people.one, people.two]);
    await step(people.one, id, "confirm_on_site");
    await step(people.one, id, "review_again", { note: "再审" });
    await step(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) });
    await step(people.legal, id, "legal_pass", { checklist: passed(legalQuestions) });
    expect((await step(people.one, id, "ready")).json()).toMatchObject({ guard: "G-09" });
  });
  test("a new round of reviews needs a check of its own", async () => {
    const id = await dispatched();
    await checkOnSite(api, id, [people.one, people.two]);
    await step(people.one, id, "confirm_on_site");
    await step(people.one, id, "review_again", { note: "再审" });
    const other = await api.signIn(`tech-${id.slice(0, 8)}`, ["technical_reviewer"]);
    await step(other, id, "tech_unsure", { note: "仍看不清" });
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({
      guard: expect.stringMatching(/G-11|H-05/),
    });
    expect((await people.dispatcher.call("GET", `/api/clues/${id}/on-site`)).json()).toMatchObject({
      mayDispatch: true,
    });
  });
  test("whoever checked on site does not review the record afterwards (G-08)", async () => {
    const both = await api.signIn("both-ways", ["legal_reviewer", "handler"]);
    const id = await admissible();
    await step(people.dispatcher, id, "dispatch", { handlerIds: [people.one.person.id, both.person.id] });
    await checkOnSite(api, id, [people.one, both]);
    await step(people.one, id, "confirm_on_site");
    await step(people.one, id, "review_again", { note: "再审" });
    await step(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) });
    expect((await step(both, id, "legal_pass", { checklist: passed(legalQuestions) })).json()).toMatchObject({
      guard: "G-08",
    });
  });
});

test("the photos stand in the case's list of evidence, the facts say who checked, and the record of the inspection is drafted with its blanks", async () => {
  const id = await dispatched();
  await checkOnSite(api, id, [people.one, people.two]);
  await step(people.one, id, "confirm_on_site");
  await step(people.one, id, "dissuade", {
    dissuasion: { channel: "on_site", recipient: "摊主", correctWithinMin: 0 },
  });
  await step(people.one, id, "not_corrected", { note: "仍在" });
  const { caseId } = (await step(people.one, id, "file", officers())).json();
  const detail = (await people.one.call("GET", `/api/cases/${caseId}`)).json();
  expect(detail.factsText).toContain("人员one、人员two到现场核查，结论：核查属实");
  const draft = async (template: string) => {
    const drafted = (await people.one.call("POST", `/api/cases/${caseId}/documents`, { template })).json();
    const { facts } = await api.deps.db.document.findUniqueOrThrow({ where: { id: drafted.id } });
    return { drafted, facts: facts as unknown as { evidence: { name: string; sha256: string }[]; onSite: object } };
  };
  const record = await draft("on-site-record");
  expect(record.drafted.missing.map(({ field }: { field: string }) => field)).toEqual([
    "onSite.weather",
    "onSite.measures",
  ]);
  expect(record.facts.onSite).toMatchObject({ findings: saidOnSite.findings, photoNos: [6, 7] });
  const photos = await api.deps.db.onSitePhoto.findMany({
    where: { check: { clueId: id } },
    orderBy: { receivedAt: "asc" },
  });
  expect(record.facts.evidence.slice(-2)).toMatchObject([
    { name: "现场照片（全景）", sha256: photos[0]?.sha256 },
    { name: "现场照片（近景）", sha256: photos[1]?.sha256 },
  ]);
});
