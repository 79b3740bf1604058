import { expect, test } from "vitest";
import { isSameAct, spanOf } from "./same-act.ts";

const minute = 60_000;
const seen = (fromMin: number, toMin: number, place = "示例路12号") => ({
  violation: "STALL",
  place,
  fromMs: fromMin * minute,
  toMs: toMin * minute,
});

test("the same stall photographed six times in an hour is one act", () => {
  for (const at of [10, 20, 30, 40, 50]) expect(isSameAct(seen(0, 5), seen(at, at + 5), "stands")).toBe(true);
});

test("another place, or the same place two days later, is another act", () => {
  expect(isSameAct(seen(0, 5), seen(10, 15, "示例路14号"), "stands")).toBe(false);
  expect(isSameAct(seen(0, 5), seen(2 * 24 * 60, 2 * 24 * 60 + 5), "stands")).toBe(false);
});

test("two trucks that pass one after another are two acts; one truck seen twice at once is one", () => {
  expect(isSameAct(seen(0, 1), seen(2, 3), "passes")).toBe(false);
  expect(isSameAct(seen(0, 2), seen(1, 3), "passes")).toBe(true);
});

test.each([
  "passes",
  "stops",
  "dumps",
  "picks_up",
] as const)("two vehicles of a violation that %s, one after another, are two acts", (motion) => {
  expect(isSameAct(seen(0, 1), seen(2, 3), motion)).toBe(false);
  expect(isSameAct(seen(0, 2), seen(1, 3), motion)).toBe(true);
});

test("the span of an act reaches from its first to its last sighting", () => {
  expect(spanOf(seen(60, 70), [seen(0, 5), seen(100, 120)])).toEqual(seen(0, 120));
  expect(spanOf(seen(60, 70), [])).toEqual(seen(60, 70));
});
