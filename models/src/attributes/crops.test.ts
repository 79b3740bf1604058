import { expect, test } from "vitest";
import { inputSchema } from "../onnx/manifest-input.ts";
import { cropQuad, shorterSidePx } from "./crop-quad.ts";
import { joinTwoLines } from "./join-two-lines.ts";
import { plateFinder } from "./plate-finder.ts";
import { truckCover } from "./truck-cover.ts";

const picture = { widthPx: 1000, heightPx: 500 };

test("a stretched crop is the box with its margin, cut at the picture's edges", () => {
  const [a, , c] = cropQuad(picture, [0, 0.2, 0.2, 0.4], 0.1, inputSchema.parse(truckCover.input));
  expect(a).toEqual({ x: 0, y: 80 });
  expect(c.x).toBeCloseTo(220, 9);
  expect(c.y).toBeCloseTo(320, 9);
});

test("a letterboxed crop has the input's shape and the box in its middle", () => {
  const [a, b, c] = cropQuad(picture, [0.4, 0.2, 0.2, 0.2], 0, inputSchema.parse(plateFinder.input));
  expect(b.x - a.x).toBeCloseTo(c.y - b.y, 9);
  expect((a.x + c.x) / 2).toBeCloseTo(500, 9);
  expect((a.y + c.y) / 2).toBeCloseTo(150, 9);
  expect(b.x - a.x).toBeCloseTo(200, 9);
});

test("the shorter side of a box is told in pixels of the picture", () => {
  expect(shorterSidePx(picture, [0, 0, 0.1, 0.1])).toBe(50);
});

test("two lines become one: the upper line left, the lower one right of it", () => {
  // upper 38 % of the plate red, the rest green
  const [widthPx, heightPx] = [440, 220];
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) rgb.set(y < heightPx * 0.38 ? [255, 0, 0] : [0, 255, 0], (y * widthPx + x) * 3);
  const corners = [
    { x: 0, y: 0 },
    { x: 440, y: 0 },
    { x: 440, y: 220 },
    { x: 0, y: 220 },
  ] as const;
  const line = joinTwoLines({ rgb, widthPx, heightPx }, corners, { widthPx: 128, heightPx: 32 })!;
  const at = (x: number): number[] => [...line.subarray((16 * 128 + x) * 3, (16 * 128 + x) * 3 + 3)];
  expect(line.length).toBe(128 * 32 * 3);
  expect(at(5)).toEqual([255, 0, 0]);
  expect(at(34)).toEqual([255, 0, 0]);
  expect(at(40)).toEqual([0, 255, 0]);
  expect(at(125)).toEqual([0, 255, 0]);
});
