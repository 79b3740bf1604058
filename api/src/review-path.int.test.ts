import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkOnSite } from "./testing/on-site.ts";
import { createTestApi, passed, type TestApi } from "./testing/test-api.ts";

let api: TestApi;
type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let tech: Caller;
let legal: Caller;
let both: Caller;
let handler1: Caller;
let handler2: Caller;
let auditor: Caller;

beforeAll(async () => {
  api = await createTestApi();
  tech = await api.signIn("tech", ["technical_reviewer"]);
  legal = await api.signIn("legal", ["legal_reviewer"]);
  both = await api.signIn("both", ["technical_reviewer", "legal_reviewer"]);
  handler1 = await api.signIn("h1", ["handler"]);
  handler2 = await api.signIn("h2", ["handler"]);
  auditor = await api.signIn("aud", ["auditor"]);
});
afterAll(() => api.close());

const move = (who: Caller, id: string, event: string, version: number, extra: object = {}) =>
  who.call("POST", `/api/clues/${id}/events`, { event, version, ...extra });
const techPass = (who: Caller, id: string, version = 1) =>
  move(who, id, "tech_pass", version, { checklist: passed(technicalQuestions) });
/** Orders the party to correct at once, then says that it did not: what must come before filing here (guard G-12). */
const readyAfterOrder = async (who: Caller, id: string, version: number) => {
  const dissuasion = { channel: "on_site", recipient: "店主", correctWithinMin: 0 };
  await move(who, id, "dissuade", version, { dissuasion });
  return move(who, id, "not_corrected", version + 1, { note: "物品仍在原处" });
};
const legalPass = (who: Caller, id: string, version = 2) =>
  move(who, id, "legal_pass", version, { checklist: passed(legalQuestions) });

test("an accepted record becomes a case with drafted documents, and every step stands in the custody log", async () => {
  const id = await api.seedClue();
  expect((await techPass(tech, id)).json()).toMatchObject({ state: "LEGAL_REVIEW", version: 2 });
  expect((await legalPass(legal, id)).json()).toMatchObject({ state: "ADMISSIBLE" });
  expect((await readyAfterOrder(handler1, id, 3)).json()).toMatchObject({ state: "READY_TO_FILE" });
  const filed = await move(handler1, id, "file", 5, { handlerIds: [handler1.person.id, handler2.person.id] });
  expect(filed.json()).toMatchObject({ state: "FILED" });
  const { caseId } = filed.json();

  const detail = (await handler1.call("GET", `/api/cases/${caseId}`)).json();
  expect(detail.handlers).toHaveLength(2);
  expect(detail.factsText).toContain("跨门经营");
  // that the party was warned first, and what looking again showed, stands in every paper
  expect(detail.factsText).toMatch(
    /执法机关以现场告知方式进行劝阻，要求于.*前改正，信息已送达。.*复查，结果：未改正。/,
  );
  expect(detail.provisions.every((item: { verified: boolean }) => item.verified === false)).toBe(true);
  expect(detail.documents.map((item: { titleZh: string }) => item.titleZh)).toEqual(
    expect.arrayContaining(["立案审批表", "电子证据清单", "电子技术监控记录审核表", "行政处罚事先告知书"]),
  );

  const drafted = await handler1.call("POST", `/api/cases/${caseId}/documents`, { template: "penalty-notice" });
  expect(drafted.statusCode).toBe(200);
  expect(drafted.json().missing.length).toBeGreaterThan(0);
  const file = await handler2.call("GET", `/api/documents/${drafted.json().id}/file?format=pdf`);
  expect(file.rawPayload.subarray(0, 5).toString()).toBe("%PDF-");

  const log = (await auditor.call("GET", `/api/custody?subject=clue:${id}`))
    .json()
    .items.map((item: { action: string }) => item.action);
  expect(log.filter((action: string) => action === "clue.moved")).toHaveLength(5);
  expect((await auditor.call("POST", "/api/custody/check")).json()).toMatchObject({ intact: true });
});

test("G-08: the same person cannot do both reviews, not even with both duties", async () => {
  const id = await api.seedClue();
  expect((await techPass(both, id)).statusCode).toBe(200);
  const second = await legalPass(both, id);
  expect(second.statusCode).toBe(422);
  expect(second.json()).toMatchObject({ code: "GUARD_REFUSED", guard: "G-08" });
  expect((await legalPass(legal, id)).statusCode).toBe(200);
});

test("G-08: the database itself refuses a second review by the same person", async () => {
  const id = await api.seedClue();
  const review = { clueId: id, round: 1, result: "pass", reviewerId: both.person.id, checklist: [] };
  await api.deps.db.review.create({ data: { ...review, kind: "technical" } });
  await expect(api.deps.db.review.create({ data: { ...review, kind: "legal" } })).rejects.toThrow(/both reviews/);
});

test("G-07: a record without both passed reviews reaches no state from which it could be evidence", async () => {
  const id = await api.seedClue();
  for (const event of ["ready", "file", "dispatch"]) {
    const answer = await move(handler1, id, event, 1, { handlerIds: [handler1.person.id, handler2.person.id] });
    expect(answer.json()).toMatchObject({ code: "NO_SUCH_STEP" });
  }
  await expect(api.deps.db.clue.update({ where: { id }, data: { state: "ADMISSIBLE" } })).rejects.toThrow(
    /without passed reviews/,
  );
});

test("G-01: a record whose original was changed in the store cannot pass", async () => {
  const id = await api.seedClue();
  const clue = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
  const clip = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId: clue.sourceId } });
  await api.deps.store.withFile(clip.sha256, async (path) => {
    const { chmod, writeFile } = await import("node:fs/promises");
    await chmod(path, 0o644);
    await writeFile(path, "something else");
  });
  expect((await techPass(tech, id)).json()).toMatchObject({ code: "GUARD_REFUSED", guard: "G-01" });
});

test("G-05: the same act at the same place is one clue, and is filed once", async () => {
  const first = await api.seedClue({ place: "同一门口" });
  const again = await api.seedClue({ place: "同一门口", from: new Date("2026-11-20T01:30:00Z") });
  const merged = await api.deps.db.clue.findUniqueOrThrow({ where: { id: again } });
  expect(merged).toMatchObject({ state: "MERGED", mergedIntoId: first });
  await techPass(tech, first);
  await legalPass(legal, first);
  await readyAfterOrder(handler1, first, 3);
  expect(
    (await move(handler1, first, "file", 5, { handlerIds: [handler1.person.id, handler2.person.id] })).statusCode,
  ).toBe(200);
  const later = await api.seedClue({ place: "同一门口", from: new Date("2026-11-20T03:00:00Z") });
  await techPass(tech, later);
  await legalPass(legal, later);
  await readyAfterOrder(handler1, later, 3);
  expect(
    (await move(handler1, later, "file", 5, { handlerIds: [handler1.person.id, handler2.person.id] })).json(),
  ).toMatchObject({ guard: "G-05" });
});

test("G-05: a second camera's truck is filed only once its plate tells it from those that are on their way", async () => {
  const gate = { place: `路口${crypto.randomUUID().slice(0, 6)}`, violation: "TRUCK_UNCOVERED" };
  const trucks = [
    await api.seedClue({ ...gate, sourceId: "g05-a" }),
    await api.seedClue({ ...gate, sourceId: "g05-a", from: new Date("2026-11-20T01:00:02Z") }),
    await api.seedClue({ ...gate, sourceId: "g05-b", from: new Date("2026-11-20T01:00:01Z") }),
  ];
  for (const id of trucks) {
    await techPass(tech, id);
    await legalPass(legal, id);
    expect((await readyAfterOrder(handler1, id, 3)).json()).toMatchObject({ state: "READY_TO_FILE" });
  }
  const readPlate = async (id: string, plate: string) => {
    const { flagId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
    const told = { detection: 0, attribute: "plate", value: plate, outcome: "judged", confidence: 0.99 };
    const readings = { items: [{ ...told, modelId: null, modelSha256: null, plate: null }] };
    await api.deps.db.flag.update({ where: { id: flagId }, data: { readings } });
  };
  const file = async (id: string) =>
    (await move(handler1, id, "file", 5, { handlerIds: [handler1.person.id, handler2.person.id] })).json();
  const [first = "", second = "", other = ""] = trucks;
  expect(await file(other)).toMatchObject({ guard: "G-05" });
  await readPlate(other, "沪C12345");
  await readPlate(first, "沪A67890");
  expect(await file(other)).toMatchObject({ guard: "G-05" });
  // one character apart may be one plate that was misread
  await readPlate(second, "沪B12345");
  expect(await file(other)).toMatchObject({ guard: "G-05" });
  await readPlate(second, "沪B12399");
  expect(await file(other)).toMatchObject({ state: "FILED" });
});

test("G-09: drone pictures only point to a place; without an on-site check they cannot lead to a case", async () => {
  const id = await api.seedClue({ kind: "drone" });
  await techPass(tech, id);
  await legalPass(legal, id);
  expect((await move(handler1, id, "ready", 3)).json()).toMatchObject({ guard: "G-09" });
  const officers = { handlerIds: [handler1.person.id, handler2.person.id] };
  expect((await move(handler1, id, "dispatch", 3, officers)).json()).toMatchObject({ state: "ON_SITE_CHECK" });
  expect((await move(handler1, id, "confirm_on_site", 4, officers)).json()).toMatchObject({ guard: "H-05" });
  await checkOnSite(api, id, [handler1, handler2]);
  expect((await move(handler1, id, "confirm_on_site", 4)).json()).toMatchObject({ state: "VERIFIED" });
  expect((await readyAfterOrder(handler1, id, 5)).json()).toMatchObject({ state: "READY_TO_FILE" });
});

test("a pass with an open or failed check item, and a rejection without a reason, are refused with a sentence", async () => {
  const id = await api.seedClue();
  expect((await move(tech, id, "tech_pass", 1)).json()).toMatchObject({ code: "BAD_INPUT" });
  const failed = passed(technicalQuestions).map((item) => (item.id === "clear" ? { ...item, answer: "fail" } : item));
  expect((await move(tech, id, "tech_pass", 1, { checklist: failed })).statusCode).toBe(400);
  expect((await move(tech, id, "tech_fail", 1)).statusCode).toBe(400);
  expect((await move(tech, id, "tech_fail", 1, { reasonCode: "loading" })).json()).toMatchObject({ state: "REJECTED" });
});

test("sending back starts a new round: the old technical pass no longer counts", async () => {
  const id = await api.seedClue();
  await techPass(tech, id);
  expect((await move(legal, id, "legal_send_back", 2, { note: "地点不清" })).json()).toMatchObject({
    state: "TECH_REVIEW",
    version: 3,
  });
  expect((await legalPass(legal, id, 3)).json()).toMatchObject({ code: "NO_SUCH_STEP" });
  await techPass(tech, id, 3);
  expect((await legalPass(legal, id, 4)).json()).toMatchObject({ state: "ADMISSIBLE" });
});

test("of many verdicts given at once on one record exactly one counts", async () => {
  const id = await api.seedClue();
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => techPass(n % 2 === 0 ? tech : both, id)));
  expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1);
  expect(answers.filter((answer) => answer.statusCode === 409)).toHaveLength(7);
  expect(await api.deps.db.review.count({ where: { clueId: id } })).toBe(1);
});

test("footage that arrives after the verdicts does not silently join the record: what was reviewed is what is filed", async () => {
  const id = await api.seedClue();
  await techPass(tech, id);
  await legalPass(legal, id);
  const clue = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
  const first = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId: clue.sourceId } });
  const later = await api.deps.store.putBytes(Buffer.from("a later clip"));
  const { id: _id, telemetryChecks: _checks, ...copy } = first;
  await api.deps.db.clip.create({
    data: { ...copy, sha256: later.sha256, startedAt: new Date(first.startedAt.getTime() + 120_000) },
  });
  await api.deps.db.flag.update({ where: { id: clue.flagId }, data: { to: new Date(clue.to.getTime() + 180_000) } });
  expect((await readyAfterOrder(handler1, id, 3)).json()).toMatchObject({ state: "READY_TO_FILE" });
  const filed = await move(handler1, id, "file", 5, { handlerIds: [handler1.person.id, handler2.person.id] });
  const detail = (await handler1.call("GET", `/api/cases/${filed.json().caseId}`)).json();
  expect(detail.originals.map((item: { sha256: string }) => item.sha256)).toEqual([first.sha256]);
});

test("a record that turned out unsure goes back to review after the on-site check, in a new round with both reviews due again", async () => {
  const id = await api.seedClue();
  expect((await move(tech, id, "tech_unsure", 1, { note: "看不清门线" })).json()).toMatchObject({
    state: "ON_SITE_CHECK",
  });
  const officerIds = [handler1.person.id, handler2.person.id];
  expect((await handler1.call("POST", `/api/clues/${id}/on-site`, { officerIds })).statusCode).toBe(200);
  await checkOnSite(api, id, [handler1, handler2]);
  await move(handler1, id, "confirm_on_site", 2);
  expect((await move(handler1, id, "ready_verified", 3)).json()).toMatchObject({ guard: "G-12" });
  expect((await move(handler1, id, "review_again", 3, { note: "现场已核实" })).json()).toMatchObject({
    state: "TECH_REVIEW",
    version: 4,
  });
  await techPass(tech, id, 4);
  await legalPass(legal, id, 5);
  expect((await readyAfterOrder(handler1, id, 6)).json()).toMatchObject({ state: "READY_TO_FILE" });
});

test("a record that both reviews passed is erased by the head alone, with a reason, and never without one", async () => {
  const id = await api.seedClue();
  await techPass(tech, id);
  await legalPass(legal, id);
  await readyAfterOrder(handler1, id, 3);
  expect((await move(handler1, id, "erase", 5, { reasonCode: "repeated" })).json()).toMatchObject({
    code: "NO_SUCH_STEP",
  });
  expect((await move(handler1, id, "erase_by_head", 5, { reasonCode: "repeated" })).statusCode).toBe(403);
  const head = await api.signIn("eraser", ["head"]);
  expect((await move(head, id, "erase_by_head", 5)).statusCode).toBe(400);
  expect((await move(head, id, "erase_by_head", 5, { reasonCode: "repeated" })).json()).toMatchObject({
    state: "ERASED",
  });
});
