import { technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";
import { leaseMs } from "./lease-clue.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
let first: Caller;
let second: Caller;
let nowMs = Date.now();

beforeAll(async () => {
  api = await createTestApi({ now: () => new Date(nowMs) });
  first = await api.signIn("first", ["technical_reviewer"]);
  second = await api.signIn("second", ["technical_reviewer"]);
});
afterAll(() => api.close());

const lease = (who: Caller, id: string, method: "POST" | "DELETE" = "POST") =>
  who.call(method, `/api/clues/${id}/lease`);
const pass = (who: Caller, id: string) =>
  who.call("POST", `/api/clues/${id}/events`, {
    event: "tech_pass",
    version: 1,
    checklist: passed(technicalQuestions),
  });

test("a record that one person has open nobody else decides; the queue says who has it", async () => {
  const id = await api.seedClue();
  expect((await lease(first, id)).json().until).not.toBeNull();
  expect((await lease(second, id)).json()).toMatchObject({ until: null, takenBy: { name: "人员first" } });
  expect((await pass(second, id)).json()).toMatchObject({ code: "TAKEN" });
  const { takenBy } = (await second.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
  expect(takenBy?.name).toBe("人员first");
  expect(((await first.call("GET", `/api/clues/${id}`)).json() as ClueDetail).takenBy).toBeNull();
  expect((await pass(first, id)).statusCode).toBe(200);
  // what comes next is another person's
  const legal = await api.signIn("legal", ["legal_reviewer"]);
  expect((await lease(legal, id)).json().until).not.toBeNull();
});

test("given back, or left alone for its time, it is free again", async () => {
  const id = await api.seedClue();
  await lease(first, id);
  await lease(second, id, "DELETE");
  expect((await lease(second, id)).json().until).toBeNull();
  await lease(first, id, "DELETE");
  expect((await lease(second, id)).json().until).not.toBeNull();
  nowMs += leaseMs + 1;
  expect((await lease(first, id)).json().until).not.toBeNull();
  expect((await pass(second, id)).json()).toMatchObject({ code: "TAKEN" });
});

test("of many who ask at once one gets it", async () => {
  const id = await api.seedClue();
  const many = await Promise.all(
    Array.from({ length: 8 }, (_, nth) => api.signIn(`racer-${nth}`, ["technical_reviewer"])),
  );
  const answers = await Promise.all(many.map((who) => lease(who, id)));
  expect(answers.filter((answer) => answer.json().until !== null)).toHaveLength(1);
});

test("whoever has nothing to decide takes nothing, and stands in nobody's way", async () => {
  const id = await api.seedClue();
  const auditor = await api.signIn("auditor", ["auditor"]);
  expect((await lease(auditor, id)).json()).toEqual({ until: null, takenBy: null });
  expect((await lease(first, id)).json().until).not.toBeNull();
});
