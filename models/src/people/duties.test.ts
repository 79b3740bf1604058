import { expect, test } from "vitest";
import { conflictingDuties, dutyCodes, incompatibleDuties } from "./duties.ts";

test("the administrator cannot also review or handle", () => {
  expect(conflictingDuties(["administrator", "technical_reviewer"])).toHaveLength(1);
  expect(conflictingDuties(["administrator", "legal_reviewer", "handler"])).toHaveLength(2);
});

test("a person may hold both review duties; doing both on one record is what the guards refuse", () => {
  expect(conflictingDuties(["technical_reviewer", "legal_reviewer"])).toEqual([]);
});

test("incompatible pairs name duties that exist, and no pair twice", () => {
  for (const pair of incompatibleDuties) for (const duty of pair) expect(dutyCodes).toContain(duty);
  const keys = incompatibleDuties.map((pair) => [...pair].sort().join());
  expect(new Set(keys).size).toBe(keys.length);
});
