import { expect, test } from "vitest";
import type { BoxNorm } from "../geometry/box.ts";
import { isHidden } from "./hidden.ts";

const place: BoxNorm = [0.4, 0.5, 0.1, 0.1];

test("a place is hidden where what stands nearer to the camera covers half of it", () => {
  expect(isHidden(place, [])).toBe(false);
  expect(isHidden(place, [[0.39, 0.4, 0.12, 0.3]])).toBe(true);
  expect(isHidden(place, [[0.48, 0.4, 0.05, 0.3]])).toBe(false);
});

test("several that stand side by side hide it together, the same twice does not", () => {
  const left: BoxNorm = [0.39, 0.4, 0.045, 0.3];
  expect(isHidden(place, [left, left])).toBe(false);
  expect(isHidden(place, [left, [0.46, 0.4, 0.04, 0.3]])).toBe(true);
});

test("what stands behind it hides nothing, nor does another box of the thing itself", () => {
  expect(isHidden(place, [[0.39, 0.3, 0.12, 0.28]])).toBe(false);
  expect(isHidden(place, [[0.38, 0.48, 0.14, 0.13]])).toBe(false);
});
