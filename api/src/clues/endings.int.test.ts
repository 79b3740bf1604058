import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail, DeviceView } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"monitor" | "tech" | "legal" | "handler" | "head", Caller>;
let nowMs = Date.parse("2026-11-25T02:00:00Z");

beforeAll(async () => {
  api = await createTestApi({ now: () => new Date(nowMs) });
  people.monitor = await api.signIn("monitor", ["monitor"]);
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.legal = await api.signIn("legal", ["legal_reviewer"]);
  people.handler = await api.signIn("handler", ["handler"]);
  people.head = await api.signIn("head", ["head"]);
});
afterAll(() => api.close());

const move = (who: Caller, id: string, event: string, extra: object = {}) =>
  api.deps.db.clue
    .findUniqueOrThrow({ where: { id } })
    .then(({ version }) => who.call("POST", `/api/clues/${id}/events`, { event, version, ...extra }));
const detailOf = async (id: string) => (await people.handler.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
async function admissible(): Promise<string> {
  const id = await api.seedClue();
  await move(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) });
  await move(people.legal, id, "legal_pass", { checklist: passed(legalQuestions) });
  return id;
}

test("a record that is not this authority's is transferred from any open state with the authority and a reason, and ends there", async () => {
  for (const id of [await api.seedClue(), await admissible()]) {
    const to = { transferTo: "区交通执法大队" };
    expect((await move(people.handler, id, "transfer", { reasonCode: "other_matter" })).statusCode).toBe(400);
    expect((await move(people.handler, id, "transfer", to)).statusCode).toBe(400);
    expect((await move(people.tech, id, "transfer", { ...to, reasonCode: "other_matter" })).statusCode).toBe(403);
    expect((await move(people.handler, id, "transfer", { ...to, reasonCode: "other_matter" })).json()).toMatchObject({
      state: "TRANSFERRED",
    });
    const { transfer, events } = await detailOf(id);
    expect(transfer.done).toMatchObject({ authority: "区交通执法大队", reasonCode: "other_matter", inTime: true });
    expect(events).toEqual([]);
    expect((await move(people.handler, id, "erase", { reasonCode: "repeated" })).json()).toMatchObject({
      code: "NO_SUCH_STEP",
    });
  }
});

test("at the screens a monitor transfers what nobody pre-screened yet, a handler does not", async () => {
  const id = await api.seedClue();
  await api.deps.db.clue.update({ where: { id }, data: { state: "PRESCREEN" } });
  const body = { transferTo: "邻区城管局", reasonCode: "other_area" };
  expect((await move(people.handler, id, "transfer", body)).statusCode).toBe(403);
  expect((await move(people.monitor, id, "transfer", body)).json()).toMatchObject({ state: "TRANSFERRED" });
});

test("H-04: a suspected crime is transferred by the head alone", async () => {
  const id = await admissible();
  const body = { transferTo: "区公安分局", reasonCode: "suspected_crime" };
  const refused = await move(people.handler, id, "transfer", body);
  expect(refused.json()).toMatchObject({ guard: "H-04" });
  expect((await move(people.handler, id, "transfer_by_head", body)).statusCode).toBe(403);
  expect((await move(people.head, id, "transfer_by_head", body)).json()).toMatchObject({ state: "TRANSFERRED" });
});

test("the time for a transfer is three working days from the record's opening, and a later one says so", async () => {
  const id = await api.seedClue();
  const { createdAt } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
  const { transfer } = await detailOf(id);
  const opened = createdAt.toISOString().slice(0, 10);
  expect(transfer.dueOn > opened).toBe(true);
  nowMs = createdAt.getTime() + 30 * 86_400_000;
  const handler = await api.signIn("handler-late", ["handler"]);
  await move(handler, id, "transfer", { transferTo: "邻区城管局", reasonCode: "other_area" });
  const late = (await handler.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
  expect(late.transfer.done).toMatchObject({ inTime: false });
  for (const login of ["monitor", "tech", "legal", "handler", "head"] as const)
    people[login] = await api.signIn(`${login}-later`, people[login].person.duties as ("handler" | "head")[]);
});

test("a wrong record is erased from any open state with a code of its own table; what the device caused is listed with the device", async () => {
  const id = await api.seedClue();
  expect((await move(people.tech, id, "erase", { reasonCode: "clock_wrong" })).statusCode).toBe(403);
  expect((await move(people.handler, id, "erase", { reasonCode: "minor" })).statusCode).toBe(400);
  expect((await move(people.handler, id, "erase", { reasonCode: "clock_wrong" })).json()).toMatchObject({
    state: "ERASED",
  });
  const { sourceId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
  const other = await api.seedClue({ sourceId, from: new Date("2026-11-22T01:00:00Z"), place: "另一处" });
  await move(people.handler, other, "erase", { reasonCode: "emergency" });
  const device = (await people.tech.call("GET", `/api/sources/${sourceId}/device`)).json() as DeviceView;
  expect(device.erasures).toMatchObject([{ clueId: id, reasonCode: "clock_wrong" }]);
});

test("whoever only could end a record does not keep it from those whose turn it is", async () => {
  const id = await api.seedClue();
  expect((await people.handler.call("POST", `/api/clues/${id}/lease`)).json()).toEqual({ until: null, takenBy: null });
  expect((await people.tech.call("POST", `/api/clues/${id}/lease`)).json().until).not.toBeNull();
});

test("a well-founded record is closed without filing with a code of the bureau's list, which says that nobody verified it", async () => {
  const id = await admissible();
  expect((await detailOf(id)).closingReasons.every(({ verified }) => !verified)).toBe(true);
  expect((await move(people.handler, id, "propose_close", { reasonCode: "wrong_object" })).statusCode).toBe(400);
  expect((await move(people.handler, id, "propose_close", { reasonCode: "other" })).statusCode).toBe(400);
  expect((await move(people.handler, id, "propose_close", { reasonCode: "settled" })).json()).toMatchObject({
    state: "CLOSE_PROPOSED",
  });
  expect((await move(people.head, id, "approve_close")).json()).toMatchObject({ state: "CLOSED_NO_PENALTY" });
});
