import { expect, test } from "vitest";
import { joinViews } from "./join-views.ts";

const view = (rows: readonly number[][], layouts: readonly number[]) => ({
  columns: Float32Array.from(rows.flat()),
  layouts: Float32Array.from(layouts),
});
const rounded = (values: Float32Array): number[] => [...values].map((value) => Math.round(value * 100) / 100);

test("views that are equally clear count alike", () => {
  const joined = joinViews([view([[0, 0.9, 0.1]], [1, 0]), view([[0, 0.1, 0.9]], [0, 1])], 3);
  expect(rounded(joined.columns)).toEqual([0, 0.5, 0.5]);
  expect(rounded(joined.layouts)).toEqual([0.5, 0.5]);
});

test("a view blurred by a wrong tilt hardly weakens what the right one sees", () => {
  const clear = view([[0.02, 0.96, 0.02]], [1]);
  const blurred = view([[0.2, 0.5, 0.3]], [1]);
  const joined = joinViews([blurred, clear, blurred], 3);
  expect(joined.columns[1]).toBeGreaterThan(0.95);
});

test("shares still add up to one in every column", () => {
  const joined = joinViews(
    [
      view(
        [
          [0.7, 0.3],
          [0.2, 0.8],
        ],
        [1],
      ),
      view(
        [
          [0.5, 0.5],
          [0.6, 0.4],
        ],
        [1],
      ),
    ],
    2,
  );
  expect((joined.columns[0] ?? 0) + (joined.columns[1] ?? 0)).toBeCloseTo(1, 6);
  expect((joined.columns[2] ?? 0) + (joined.columns[3] ?? 0)).toBeCloseTo(1, 6);
});

test("one view stays as it is", () => {
  const only = view([[0.25, 0.75]], [0.5, 0.5]);
  expect(joinViews([only], 2)).toEqual(only);
});

test("a tilt that sees nothing does not outvote one that reads a character, however sure it is of the blank", () => {
  const reads = view([[0.14, 0.06, 0.8]], [1]);
  const nothing = view([[0.99, 0.005, 0.005]], [1]);
  const joined = joinViews([nothing, reads, nothing], 3);
  expect(joined.columns[2]).toBeGreaterThan(0.75);
});
