import { expect, test } from "vitest";
import { boundsOf, cellOf, intoCells } from "./cells.ts";

const points = Array.from({ length: 600 }, (_, n) => ({
  longitude: 121 + (n % 30) / 100,
  latitude: 31 + Math.floor(n / 30) / 100,
}));

test("every point is in one cell, and no cell holds a point of another within its bounds", () => {
  const cells = intoCells(points, cellOf(boundsOf(points), 8));
  expect(cells.flatMap(({ members }) => members)).toHaveLength(points.length);
  for (const { members, bounds, longitude, latitude } of cells) {
    const [west, south, east, north] = bounds;
    const inside = points.filter(
      (p) => p.longitude >= west && p.longitude <= east && p.latitude >= south && p.latitude <= north,
    );
    expect(inside).toHaveLength(members.length);
    expect(longitude >= west && longitude <= east && latitude >= south && latitude <= north).toBe(true);
  }
});

test("a cell keeps its size while a view is moved, and shrinks as it is narrowed, down to a point", () => {
  const view = [121, 31, 121.3, 31.2] as const;
  expect(cellOf([121.01, 31.02, 121.31, 31.22], 8)).toBe(cellOf(view, 8));
  expect(cellOf([121.1, 31.1, 121.2, 31.15], 8)).toBeLessThan(cellOf(view, 8));
  expect(cellOf([121, 31, 121, 31], 8)).toBeGreaterThan(0);
});
