import { expect, test } from "vitest";
import { findPersonStarted, findViolation } from "../violations/index.ts";
import { hasCheck, listsOf, newestAnswers } from "./answers.ts";
import { flightChecklistsSchema, houseChecklists } from "./checklists.ts";

test("the house lists are well formed, marked unverified, name each check once, and only violations there are", () => {
  expect(flightChecklistsSchema.parse(houseChecklists).verified).toBe(false);
  const keys = houseChecklists.items.flatMap(({ id, checks }) => checks.map((check) => `${id}/${check.id}`));
  expect(new Set(keys).size).toBe(keys.length);
  for (const code of houseChecklists.items.flatMap(({ checks }) => checks.flatMap(({ violations }) => violations)))
    expect(findViolation(code) ?? findPersonStarted(code), code).toBeDefined();
});

test("one flight serves every list unless its pilot chose some, and lists that are gone leave all of them", () => {
  const all = houseChecklists.items.map(({ id }) => id);
  expect(listsOf(houseChecklists, []).map(({ id }) => id)).toEqual(all);
  expect(listsOf(houseChecklists, ["river", "street"]).map(({ id }) => id)).toEqual(["street", "river"]);
  expect(listsOf(houseChecklists, ["abolished"]).map(({ id }) => id)).toEqual(all);
});

test("of several answers to a check the newest counts, and a check belongs to its list alone", () => {
  const answers = [
    { listId: "river", checkId: "bank", answer: "clear" },
    { listId: "river", checkId: "floating", answer: "clear" },
    { listId: "river", checkId: "bank", answer: "found" },
  ];
  expect(newestAnswers(answers).get("river/bank")?.answer).toBe("found");
  expect(newestAnswers(answers).size).toBe(2);
  expect(hasCheck(houseChecklists, "river", "bank")).toBe(true);
  expect(hasCheck(houseChecklists, "street", "bank")).toBe(false);
});
