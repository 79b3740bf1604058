import { expect, test } from "vitest";
import { isSameAct, isStanding, joiningMotion, spanOf } from "./same-act.ts";

const minute = 60_000;
const seen = (fromMin: number, toMin: number, place = "示例路12号") => ({
  violation: "STALL",
  place,
  fromMs: fromMin * minute,
  toMs: toMin * minute,
});

test("the same stall photographed six times in an hour is one act", () => {
  for (const at of [10, 20, 30, 40, 50]) expect(isSameAct(seen(0, 5), seen(at, at + 5))).toBe(true);
});

test("another place, or the same place two days later, is another act", () => {
  expect(isSameAct(seen(0, 5), seen(10, 15, "示例路14号"))).toBe(false);
  expect(isSameAct(seen(0, 5), seen(2 * 24 * 60, 2 * 24 * 60 + 5))).toBe(false);
});

test.each([
  ["passes", false],
  ["stops", false],
  ["dumps", false],
  ["picks_up", false],
  ["stands", true],
] as const)("what a violation looks for that %s stands while nobody looks: %s", (motion, stands) => {
  expect(isStanding(joiningMotion({ motion, eachMustDwell: false }))).toBe(stands);
});

test("where each thing must itself stay, as a parked car, it is a vehicle that comes and goes", () => {
  expect(isStanding(joiningMotion({ motion: "stands", eachMustDwell: true }))).toBe(false);
});

test("the span of an act reaches from its first to its last sighting", () => {
  expect(spanOf(seen(60, 70), [seen(0, 5), seen(100, 120)])).toEqual(seen(0, 120));
  expect(spanOf(seen(60, 70), [])).toEqual(seen(60, 70));
});
