import { readFileSync } from "node:fs";
import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"sorter" | "officer" | "tech" | "legal", Caller>;

beforeAll(async () => {
  api = await createTestApi({ review: { prescreen: true } });
  people.sorter = await api.signIn("sorter", ["monitor", "technical_reviewer", "legal_reviewer"]);
  people.officer = await api.signIn("officer", ["technical_reviewer"]);
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.legal = await api.signIn("legal", ["legal_reviewer"]);
});
afterAll(() => api.close());

const step = async (who: Caller, id: string, event: string, extra: object = {}) => {
  const { version } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
  return who.call("POST", `/api/clues/${id}/events`, { event, version, ...extra });
};
const questions = (event: string) => ({
  checklist: passed(event === "legal_pass" ? legalQuestions : technicalQuestions),
});

test("whoever sent a record on as plausible gives neither of its reviews, whatever the verdict, and is told so in the queue", async () => {
  const id = await api.seedClue();
  expect((await step(people.sorter, id, "plausible")).json()).toMatchObject({ state: "TECH_REVIEW" });
  const verdicts: [string, object][] = [
    ["tech_pass", questions("tech_pass")],
    ["tech_fail", { reasonCode: "not_visible" }],
    ["tech_unsure", { note: "看不清" }],
    ["merged_pass", { checklist: passed([...technicalQuestions, ...legalQuestions]) }],
  ];
  for (const [event, extra] of verdicts)
    expect((await step(people.sorter, id, event, extra)).json(), event).toMatchObject({
      guard: "G-08",
      zh: expect.stringContaining("预筛过该记录"),
      en: expect.stringContaining("pre-screened"),
    });
  const seen = (await people.sorter.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
  expect(seen.barred).toMatchObject({ zh: expect.stringContaining("预筛") });
  expect((await people.sorter.call("POST", `/api/clues/${id}/lease`)).json()).toEqual({ until: null, takenBy: null });

  expect((await step(people.tech, id, "tech_pass", questions("tech_pass"))).statusCode).toBe(200);
  for (const [event, extra] of [
    ["legal_pass", questions("legal_pass")],
    ["legal_unsure", { note: "存疑" }],
    ["legal_send_back", { note: "退回" }],
  ] as const)
    expect((await step(people.sorter, id, event, extra)).json(), event).toMatchObject({ guard: "G-08" });
  expect((await step(people.legal, id, "legal_pass", questions("legal_pass"))).json()).toMatchObject({
    state: "ADMISSIBLE",
  });
});

test("whoever discarded a record, or brought it back, does not review it either; another officer does", async () => {
  const id = await api.seedClue();
  await step(people.officer, id, "officer_discard", { reasonCode: "passing" });
  expect((await step(people.sorter, id, "bring_back", { note: "有货物" })).json()).toMatchObject({
    state: "TECH_REVIEW",
  });
  for (const who of [people.officer, people.sorter])
    expect((await step(who, id, "tech_pass", questions("tech_pass"))).json()).toMatchObject({ guard: "G-08" });
  expect((await step(people.tech, id, "tech_pass", questions("tech_pass"))).statusCode).toBe(200);
});

test("the database itself refuses a review by whoever sorted the record", async () => {
  const id = await api.seedClue();
  await step(people.sorter, id, "plausible");
  const review = { clueId: id, round: 1, result: "pass", kind: "technical", checklist: [] };
  await expect(api.deps.db.review.create({ data: { ...review, reviewerId: people.sorter.person.id } })).rejects.toThrow(
    /pre-screened/,
  );
});

test("records that were sorted before the column was there get their sorters from the custody log", async () => {
  const [id, untouched] = [await api.seedClue(), await api.seedClue()];
  await step(people.officer, id, "officer_discard", { reasonCode: "passing" });
  await step(people.sorter, id, "bring_back", { note: "有货物" });
  await step(people.tech, id, "tech_fail", { reasonCode: "not_visible" });
  await api.deps.db.clue.update({ where: { id }, data: { prescreenedBy: [] } });
  const folder = new URL("../../../infra/prisma/migrations/20261128090100_prescreened/", import.meta.url);
  const sql = readFileSync(new URL("migration.sql", folder), "utf8");
  const backfill = /UPDATE "clue"[\s\S]*?;/.exec(sql)?.[0] ?? "";
  await api.deps.db.$executeRawUnsafe(backfill);
  const of = (one: string) => api.deps.db.clue.findUniqueOrThrow({ where: { id: one } });
  expect(new Set((await of(id)).prescreenedBy)).toEqual(new Set([people.officer.person.id, people.sorter.person.id]));
  expect((await of(untouched)).prescreenedBy).toEqual([]);
});
