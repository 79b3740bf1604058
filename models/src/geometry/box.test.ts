import { expect, test } from "vitest";
import { boxIou, coveredShare, median, medianBox, unionBox } from "./box.ts";

test("overlap measures agree on simple boxes", () => {
  expect(boxIou([0, 0, 0.2, 0.2], [0.1, 0, 0.2, 0.2])).toBeCloseTo(1 / 3, 12);
  expect(boxIou([0, 0, 0.2, 0.2], [0.5, 0.5, 0.2, 0.2])).toBe(0);
  expect(boxIou([0, 0, 0, 0], [0, 0, 0, 0])).toBe(0);
  expect(coveredShare([0.1, 0.1, 0.1, 0.1], [0, 0, 1, 1])).toBeCloseTo(1, 12);
});

test("a median is a value that occurred, and one odd box does not move the median box", () => {
  expect(median([4, 1, 3, 2])).toBe(2);
  const [x, , width] = medianBox([
    [0.1, 0.1, 0.2, 0.2],
    [0.1, 0.1, 0.2, 0.2],
    [0.0, 0.0, 0.9, 0.9],
  ]);
  expect([x, width]).toEqual([0.1, 0.20000000000000004]);
  expect(unionBox([])).toBeUndefined();
});
