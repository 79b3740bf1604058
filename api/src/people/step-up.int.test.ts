import { technicalQuestions } from "@mingcha/models/clue";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
let tech: Caller;
/** The clock of the server: moved by hand. */
let now = new Date("2026-11-28T02:00:00Z");
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};

beforeAll(async () => {
  api = await createTestApi({ now: () => now, stepUpS: 30 * 60 });
  tech = await api.signIn("tech", ["technical_reviewer"]);
});
afterAll(() => api.close());

const move = (who: Caller, id: string, event: string, version: number, extra: object = {}) =>
  who.call("POST", `/api/clues/${id}/events`, { event, version, ...extra });
const pass = { checklist: passed(technicalQuestions) };
const stepUp = (who: Caller, password: string) => who.call("POST", "/api/session/step-up", { password });
/** Signed in anew at the present time of the server. */
const atDesk = (login: string, duties: Parameters<TestApi["signIn"]>[1]) => api.signIn(login, duties);

test("a verdict is accepted for half an hour after the password was typed in, and then only after it was typed in again", async () => {
  const [first, second] = [await api.seedClue(), await api.seedClue()];
  later(29);
  expect((await move(tech, first, "tech_pass", 1, pass)).statusCode).toBe(200);
  later(2);
  const refused = await move(tech, second, "tech_pass", 1, pass);
  expect([refused.statusCode, refused.json().code]).toEqual([403, "STEP_UP_NEEDED"]);
  expect(refused.json().zh).toContain("30 分钟");
  expect(await api.deps.db.review.count({ where: { clueId: second } })).toBe(0);
  const opened = await stepUp(tech, "test password");
  expect(Date.parse(opened.json().until)).toBe(now.getTime() + 30 * 60_000);
  // the very same request
  expect((await move(tech, second, "tech_pass", 1, pass)).statusCode).toBe(200);
});

test("looking, discarding noise and taking up a record ask for no password", async () => {
  const monitor = await atDesk("monitor", ["monitor"]);
  const id = await api.seedClue();
  later(31);
  expect((await monitor.call("GET", `/api/clues/${id}`)).statusCode).toBe(200);
  expect((await tech.call("POST", `/api/clues/${id}/lease`)).statusCode).toBe(200);
});

test("a refusal for another reason comes first: nobody types a password for a step that is not theirs", async () => {
  const id = await api.seedClue({ district: "lujiazui" });
  const outside = await api.signIn("outside", ["technical_reviewer"], { districts: ["huamu"] });
  later(31);
  expect((await move(outside, id, "tech_pass", 1, pass)).json()).toMatchObject({ code: "WRONG_DISTRICT" });
  expect((await move(outside, id, "file", 1)).json()).toMatchObject({ code: "NO_SUCH_STEP" });
});

test("approvals of a device ask for it too, other entries of its register do not", async () => {
  const head = await atDesk("device-legal", ["legal_reviewer"]);
  const id = await api.seedClue({ bareDevice: true });
  const { sourceId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
  const review = { kind: "legal_review", validFrom: "2026-11-01T00:00:00Z", reference: "示例〔2026〕1号" };
  later(31);
  const path = `/api/sources/${sourceId}/records`;
  expect((await head.call("POST", path, review)).json()).toMatchObject({ code: "STEP_UP_NEEDED" });
  await stepUp(head, "test password");
  const entered = await head.call("POST", path, review);
  expect(entered.statusCode).toBe(200);
  later(31);
  const withdrawn = await head.call("POST", `${path}/${entered.json().id}/withdraw`, { reason: "录错" });
  expect(withdrawn.json()).toMatchObject({ code: "STEP_UP_NEEDED" });
});

test("wrong passwords are counted, also those sent at once, and the fifth ends the session", async () => {
  const guesser = await atDesk("guesser", ["technical_reviewer"]);
  const wrong = await stepUp(guesser, "nope");
  expect([wrong.statusCode, wrong.json().code]).toEqual([403, "WRONG_PASSWORD"]);
  expect(wrong.json().zh).toContain("还可以再试 4 次");
  // a right one starts the count anew
  expect((await stepUp(guesser, "test password")).statusCode).toBe(200);
  const answers = await Promise.all(Array.from({ length: 6 }, () => stepUp(guesser, "nope")));
  const codes = answers.map((answer) => answer.json().code);
  expect(codes.filter((code) => code === "WRONG_PASSWORD").length).toBeLessThanOrEqual(4);
  expect(codes).toContain("NOT_SIGNED_IN");
  expect((await stepUp(guesser, "test password")).json()).toMatchObject({ code: "NOT_SIGNED_IN" });
  expect((await guesser.call("GET", "/api/status")).statusCode).toBe(401);
  const log = await api.deps.db.custody.count({
    where: { subject: `person:${guesser.person.id}`, action: "session.password_wrong" },
  });
  expect(log).toBeGreaterThanOrEqual(6);
});

test("tries are limited per address like signing in", async () => {
  const eager = await atDesk("eager", ["technical_reviewer"]);
  let last = 200;
  for (let nth = 0; nth < 25 && last === 200; nth++) last = (await stepUp(eager, "test password")).statusCode;
  expect(last).toBe(429);
});
