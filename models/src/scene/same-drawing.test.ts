import { expect, test } from "vitest";
import { isSameDrawing } from "./same-drawing.ts";
import type { Zone } from "./scene.ts";

const zone = (x: number, more: Partial<Zone> = {}): Zone => ({
  id: "a",
  kind: "public_ground",
  polygon: [
    [x, 0],
    [1, 0],
    [1, 1],
  ],
  ...more,
});

test("a drawing is the same under other names, hours and meanings; another corner, zone or door line is another", () => {
  const drawing = { zones: [zone(0), zone(0.5, { id: "b" })] };
  expect(isSameDrawing(drawing, { zones: [zone(0.5), zone(0, { id: "c", kind: "road", place: "1 Road" })] })).toBe(
    true,
  );
  expect(isSameDrawing(drawing, { zones: [zone(0), zone(0.51)] })).toBe(false);
  expect(isSameDrawing(drawing, { zones: [zone(0)] })).toBe(false);
  const line: [number, number][] = [
    [0, 0],
    [1, 1],
  ];
  expect(isSameDrawing(drawing, { zones: [zone(0, { line }), zone(0.5)] })).toBe(false);
});
