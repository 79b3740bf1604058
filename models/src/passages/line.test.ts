import { expect, test } from "vitest";
import type { PointNorm } from "../geometry/box.ts";
import { crossings } from "./line.ts";

const upwards: PointNorm[] = [
  [0.5, 0.9],
  [0.5, 0.1],
];

test("from left to right of a line that goes up the picture is forward, the other way backward", () => {
  expect(crossings(upwards, [0.4, 0.5], [0.6, 0.5])).toBe(1);
  expect(crossings(upwards, [0.6, 0.5], [0.4, 0.5])).toBe(-1);
  expect(crossings([...upwards].reverse(), [0.4, 0.5], [0.6, 0.5])).toBe(-1);
});

test("a step beside the line, along it, or short of it crosses nothing", () => {
  expect(crossings(upwards, [0.4, 0.95], [0.6, 0.95])).toBe(0);
  expect(crossings(upwards, [0.4, 0.2], [0.4, 0.8])).toBe(0);
  expect(crossings(upwards, [0.3, 0.5], [0.45, 0.5])).toBe(0);
});

test("there and back is nothing in sum, and a stop on the line is one crossing", () => {
  expect(crossings(upwards, [0.4, 0.5], [0.6, 0.5]) + crossings(upwards, [0.6, 0.5], [0.4, 0.4])).toBe(0);
  expect(crossings(upwards, [0.4, 0.5], [0.5, 0.5]) + crossings(upwards, [0.5, 0.5], [0.6, 0.5])).toBe(1);
});

test("a bent line is crossed where it is, once", () => {
  const bent: PointNorm[] = [
    [0.2, 0.8],
    [0.5, 0.5],
    [0.8, 0.8],
  ];
  expect(Math.abs(crossings(bent, [0.3, 0.4], [0.3, 0.9]))).toBe(1);
  expect(crossings(bent, [0.3, 0.9], [0.7, 0.9])).toBe(0);
});
