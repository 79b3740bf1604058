import { expect, test } from "vitest";
import { fitLine } from "./fit-line.ts";

test("finds a line again, and its slope under noise that goes both ways", () => {
  const points = [0, 1, 2, 3].map((x) => [x, 5 + 2 * x] as const);
  expect(fitLine(points)).toEqual({ at0: 5, slope: 2 });
  const noisy = points.map(([x, y], i) => [x, y + [1, -1, -1, 1][i]!] as const);
  expect(fitLine(noisy).slope).toBeCloseTo(2, 10);
});

test("one moment has no slope", () => {
  expect(fitLine([[3, 7]])).toEqual({ at0: 7, slope: 0 });
});
