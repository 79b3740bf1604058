import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
let tech: Caller;
let tech2: Caller;
let legal: Caller;
let handler1: Caller;
let handler2: Caller;
let handler3: Caller;
let head: Caller;
let admin: Caller;

beforeAll(async () => {
  api = await createTestApi();
  tech = await api.signIn("tech", ["technical_reviewer"]);
  tech2 = await api.signIn("tech2", ["technical_reviewer"]);
  legal = await api.signIn("legal", ["legal_reviewer"]);
  handler1 = await api.signIn("h1", ["handler"]);
  handler2 = await api.signIn("h2", ["handler"]);
  handler3 = await api.signIn("h3", ["handler"]);
  head = await api.signIn("head", ["head"]);
  admin = await api.signIn("admin", ["administrator"]);
});
afterAll(() => api.close());

const move = (who: Caller, id: string, event: string, version: number, extra: object = {}) =>
  who.call("POST", `/api/clues/${id}/events`, { event, version, ...extra });
const techPass = (who: Caller, id: string) => move(who, id, "tech_pass", 1, { checklist: passed(technicalQuestions) });
const legalPass = (who: Caller, id: string) => move(who, id, "legal_pass", 2, { checklist: passed(legalQuestions) });
const grounds = { reasonCode: "relative", note: "当事人是本人表亲" };
const raise = (by: Caller, id: string, who: Caller) =>
  by.call("POST", `/api/clues/${id}/recusals`, { personId: who.person.id, ...grounds });
const decide = (by: Caller, id: string, result: string, decided = 0, note: string | undefined = "审查后决定") =>
  by.call("POST", `/api/recusals/${id}/decision`, { result, decided, ...(note === undefined ? {} : { note }) });
/** A record to be filed: dissuaded in time, not corrected. */
async function readyToFile(): Promise<string> {
  const id = await api.seedClue();
  await techPass(tech, id);
  await legalPass(legal, id);
  const dissuasion = { channel: "on_site", recipient: "店主", correctWithinMin: 0 };
  await move(handler1, id, "dissuade", 3, { dissuasion });
  expect((await move(handler1, id, "not_corrected", 4, { note: "仍在原处" })).json()).toMatchObject({
    state: "READY_TO_FILE",
  });
  return id;
}

test("G-08: who declares the own recusal gives no verdict on that record any more, and a colleague does", async () => {
  const [id, other] = [await api.seedClue(), await api.seedClue()];
  await tech.call("POST", `/api/clues/${id}/lease`);
  expect((await raise(tech, id, tech)).statusCode).toBe(200);
  const refused = await techPass(tech, id);
  expect([refused.statusCode, refused.json().guard]).toEqual([422, "G-08"]);
  expect(refused.json().zh).toContain("应当回避");
  expect(refused.json().zh).toContain("可由持有效执法证、未回避");
  // a verdict against it is one too, and the record is free for others
  const reject = await move(tech, id, "tech_fail", 1, { reasonCode: "wrong_object" });
  expect(reject.json()).toMatchObject({ code: "GUARD_REFUSED", guard: "G-08" });
  expect((await tech.call("GET", `/api/clues/${id}`)).json().barred.zh).toContain("应当回避");
  expect((await techPass(tech2, id)).statusCode).toBe(200);
  expect((await techPass(tech, other)).statusCode).toBe(200);
});

test("APL 43(3): what a colleague asks for stops nothing until the head has decided", async () => {
  const [granted, refused] = [await api.seedClue(), await api.seedClue()];
  const first = (await raise(handler1, granted, tech)).json().id;
  const second = (await raise(handler1, refused, tech)).json().id;
  const open = (await head.call("GET", "/api/recusals?scope=open")).json().items;
  expect(open.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([first, second]));
  expect(open[0]).toMatchObject({ kind: "requested", binds: false, mayDecide: true });

  expect((await decide(head, first, "approved")).statusCode).toBe(200);
  expect((await techPass(tech, granted)).json()).toMatchObject({ guard: "G-08" });
  expect((await techPass(tech, refused)).statusCode).toBe(200);
  expect((await decide(head, second, "refused", 0, "")).json()).toMatchObject({ code: "BAD_INPUT" });
  expect((await decide(head, second, "refused")).statusCode).toBe(200);
  expect((await legalPass(legal, refused)).statusCode).toBe(200);
});

test("only a head decides, never on the own recusal, once for each state of things, and may lift it later", async () => {
  const id = await api.seedClue();
  const recusal = (await raise(handler1, id, tech)).json().id;
  for (const who of [handler1, tech, admin])
    expect((await decide(who, recusal, "approved")).json()).toMatchObject({ code: "WRONG_ROLE" });
  const own = (await raise(head, id, head)).json().id;
  expect((await decide(head, own, "refused")).json()).toMatchObject({ code: "OWN_RECUSAL" });
  const other = await api.signIn("head-b", ["head"]);
  const both = await Promise.all([decide(head, recusal, "approved"), decide(other, recusal, "refused")]);
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  const { decisions } = (await tech.call("GET", `/api/clues/${id}/recusals`)).json().items[0];
  expect(decisions).toHaveLength(1);
  const [{ result }] = decisions;
  expect((await decide(head, recusal, result, 1)).json()).toMatchObject({ code: "RECUSAL_DECIDED" });
  expect((await decide(head, recusal, result === "approved" ? "refused" : "approved", 1)).statusCode).toBe(200);
  await expect(
    api.deps.db.recusalDecision.create({
      data: { recusalId: own, ordinal: 1, result: "refused", decidedBy: head.person.id },
    }),
  ).rejects.toThrow(/own recusal/);
});

test("the same recusal is entered once, also by two at once, and may be raised anew after the head refused it", async () => {
  const id = await api.seedClue();
  const answers = await Promise.all([raise(handler1, id, tech), raise(handler2, id, tech)]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  const recusal = answers.find(({ statusCode }) => statusCode === 200)?.json().id;
  await decide(head, recusal, "refused");
  expect((await raise(handler2, id, tech)).statusCode).toBe(200);
});

test("H-43: a recused handler neither files nor is named; with two others the record is filed", async () => {
  const id = await readyToFile();
  await raise(handler1, id, handler1);
  const file = (who: Caller, officers: Caller[]) =>
    move(who, id, "file", 5, { handlerIds: officers.map(({ person }) => person.id) });
  expect((await file(handler1, [handler1, handler2])).json()).toMatchObject({ guard: "H-43" });
  const named = await file(handler2, [handler2, handler1]);
  expect(named.json()).toMatchObject({ code: "GUARD_REFUSED", guard: "H-43" });
  expect(named.json().zh).toContain("所指定的执法人员应当回避");
  const offered = (await handler2.call("GET", `/api/people?duty=handler&clueId=${id}`)).json().items;
  expect(offered.find((item: { id: string }) => item.id === handler1.person.id).barred.zh).toBe("应当回避");
  expect((await file(handler2, [handler2, handler3])).json()).toMatchObject({ state: "FILED" });
});

test("G-07: a pass by a reviewer who turns out to be recused carries no case, until others have reviewed", async () => {
  const id = await readyToFile();
  const recusal = (await raise(handler1, id, legal)).json().id;
  await decide(head, recusal, "approved");
  const file = (version: number) =>
    move(handler1, id, "file", version, { handlerIds: [handler1.person.id, handler2.person.id] });
  const refused = await file(5);
  expect(refused.json()).toMatchObject({ guard: "G-07" });
  expect(refused.json().zh).toContain("退回重新审核");
  expect((await move(handler1, id, "review_again", 5, { note: "法审应当回避" })).statusCode).toBe(200);
});

test("a handler who is recused after filing works on the case no more", async () => {
  const id = await readyToFile();
  const filed = await move(handler1, id, "file", 5, { handlerIds: [handler1.person.id, handler2.person.id] });
  const { caseId } = filed.json();
  const draft = (who: Caller) => who.call("POST", `/api/cases/${caseId}/documents`, { template: "penalty-notice" });
  await raise(handler1, id, handler1);
  expect((await draft(handler1)).json()).toMatchObject({ code: "GUARD_REFUSED", guard: "H-43" });
  expect((await draft(handler2)).statusCode).toBe(200);
});

test("a standing recusal keeps a person from every record at the place, by whomever it was put on record, until it is lifted", async () => {
  const place = "示例路 88 号";
  const standing = (by: Caller, who: Caller, over: object = {}) =>
    by.call("POST", "/api/recusals", { personId: who.person.id, place, ...grounds, ...over });
  expect((await standing(handler1, tech)).json()).toMatchObject({ code: "WRONG_ROLE" });
  expect((await standing(admin, admin)).json()).toMatchObject({ code: "BAD_INPUT" });
  expect((await standing(tech2, tech2, { place: "别处1号" })).statusCode).toBe(200);
  const recusal = (await standing(admin, tech)).json().id;
  expect((await standing(tech, tech, { place: "示例路88号" })).json()).toMatchObject({ code: "RECUSAL_STANDS" });

  const [here, elsewhere] = [
    await api.seedClue({ place: "示例路８８号" }),
    await api.seedClue({ place: "示例路89号" }),
  ];
  expect((await techPass(tech, here)).json()).toMatchObject({ guard: "G-08" });
  // naming the place otherwise lifts nothing
  const renamed = { field: "place", value: "示例路八十八号门前", reasonCode: "zone_text", note: "更正地址" };
  const away = await move(tech, here, "tech_pass", 1, {
    checklist: passed(technicalQuestions),
    corrections: [renamed],
  });
  expect(away.json()).toMatchObject({ guard: "G-08" });
  const listed = (await tech.call("GET", "/api/clues?q=示例路８８号")).json().items[0];
  expect(listed.barred.zh).toContain("应当回避");
  expect((await tech.call("GET", `/api/clues/${here}/recusals`)).json().items).toHaveLength(1);
  expect((await techPass(tech, elsewhere)).statusCode).toBe(200);
  expect((await tech.call("GET", "/api/recusals?scope=own")).json().items[0]).toMatchObject({ binds: true });
  expect((await tech.call("GET", "/api/recusals?scope=standing")).json()).toMatchObject({ code: "WRONG_ROLE" });
  expect((await admin.call("GET", "/api/recusals?scope=standing")).json().items).toHaveLength(2);

  expect((await decide(head, recusal, "refused")).statusCode).toBe(200);
  expect((await techPass(tech, here)).statusCode).toBe(200);
});

test("recusals are kept as they were entered, and the custody log has each without its words", async () => {
  const id = await api.seedClue();
  const recusal = (await raise(handler1, id, tech)).json().id;
  await decide(head, recusal, "approved");
  await expect(api.deps.db.recusal.update({ where: { id: recusal }, data: { note: "x" } })).rejects.toThrow(
    /append-only/,
  );
  const rows = await api.deps.db.custody.findMany({ where: { subject: `clue:${id}` } });
  expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(["recusal.requested", "recusal.approved"]));
  expect(rows.map(({ body }) => Buffer.from(body).toString("utf8")).join()).not.toContain("表亲");
});

test("G-08, G-11, G-07: certificates count on the day of the act", async () => {
  const lapsed = [{ from: "2020-01-01", to: "2022-12-31" }];
  const expired = await api.signIn("expired", ["technical_reviewer"], { certificates: lapsed });
  const id = await readyToFile();
  expect((await techPass(expired, await api.seedClue())).json()).toMatchObject({ guard: "G-08" });
  const old = await api.signIn("old-handler", ["handler"], { certificates: lapsed });
  const file = (second: Caller) =>
    move(handler1, id, "file", 5, { handlerIds: [handler1.person.id, second.person.id] });
  expect((await file(old)).json()).toMatchObject({ guard: "G-11" });
  const renewed = await admin.call("POST", `/api/people/${old.person.id}/certificates`, {
    number: "T-new",
    validFrom: "2023-01-01",
    validTo: "2099-12-31",
  });
  expect(renewed.statusCode).toBe(200);
  // the reviewer's certificate is found to have been entered wrongly: on the day of the review there was none
  const reviewer = await api.deps.db.certificate.findFirstOrThrow({ where: { personId: tech.person.id } });
  const path = `/api/people/${tech.person.id}/certificates`;
  expect((await admin.call("POST", `${path}/${reviewer.id}/withdraw`, { reason: "录错" })).statusCode).toBe(200);
  expect((await file(old)).json()).toMatchObject({ guard: "G-07" });
  // a later lapse does not spoil what was valid on its day
  // the day as the bureau counts it: it is not yet the same in UTC before eight
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
  await admin.call("POST", path, { number: "T-right", validFrom: "2020-01-01", validTo: today });
  expect((await file(old)).json()).toMatchObject({ state: "FILED" });
});
