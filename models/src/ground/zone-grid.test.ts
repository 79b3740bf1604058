import { expect, test } from "vitest";
import { polygonContains } from "../geometry/polygon.ts";
import { fitGround } from "./fit-ground.ts";
import { groundPoint } from "./ground-point.ts";
import { marksAt, seen, usualCamera } from "./testing/street-camera.ts";
import { zoneGrid } from "./zone-grid.ts";

const result = fitGround(
  marksAt(usualCamera, [
    [-4, 6],
    [4, 6],
    [5, 16],
    [-5, 16],
  ]),
  { widthPx: 1600, heightPx: 900 },
);
if (result.kind === "bad") throw new Error(result.text.en);
const { fit } = result;

test("every line of the grid lies at a whole number of metres inside the zone", () => {
  const zone = [
    seen(usualCamera, [-3, 7]),
    seen(usualCamera, [3, 7]),
    seen(usualCamera, [0, 9]),
    seen(usualCamera, [-3, 13]),
  ];
  const { lines, stepM } = zoneGrid(fit, zone, 1);
  expect(stepM).toBe(1);
  expect(lines.length).toBeGreaterThan(8);
  for (const { axis, atM, from, to } of lines) {
    for (const px of [from, to]) expect(groundPoint(fit, px)!.m[axis === "x" ? 0 : 1]).toBeCloseTo(atM, 6);
    expect(polygonContains(zone, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2])).toBe(true);
  }
});

test("a zone that reaches over the horizon gets a bounded number of lines, all of them below it", () => {
  const low = { ...usualCamera, tiltDeg: 8 };
  const flat = fitGround(
    marksAt(low, [
      [-4, 6],
      [4, 6],
      [5, 16],
      [-5, 16],
    ]),
    { widthPx: 1600, heightPx: 900 },
  );
  if (flat.kind === "bad") throw new Error(flat.text.en);
  const { lines, stepM } = zoneGrid(
    flat.fit,
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
    0.5,
  );
  expect(stepM).toBeGreaterThan(0.5);
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.length).toBeLessThanOrEqual(220);
  expect(
    lines.every(({ from, to }) => Math.min(from[1], to[1]) > 0.5 - (0.87 * Math.tan((8 * Math.PI) / 180)) / low.aspect),
  ).toBe(true);
});
