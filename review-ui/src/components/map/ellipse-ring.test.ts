import { distanceM } from "@mingcha/models/geo";
import { expect, test } from "vitest";
import { ellipseRing } from "./ellipse-ring.ts";

test("an ellipse's outline is as far as its half axes along and across its bearing, and closed around its middle", () => {
  const middle = {
    at: [121.5, 31.2] as [number, number],
    ellipse: { longM: 40, shortM: 10, bearingDeg: 90, radius95M: 33 },
  };
  const ring = ellipseRing(middle, 36);
  const off = ring.map(([longitude, latitude]) =>
    distanceM({ longitude: 121.5, latitude: 31.2 }, { longitude, latitude }),
  );
  expect(Math.max(...off)).toBeGreaterThan(39.7);
  expect(Math.max(...off)).toBeLessThan(40.3);
  expect(Math.min(...off)).toBeGreaterThan(9.9);
  expect(Math.min(...off)).toBeLessThan(10.1);
  // towards the east the latitude stays
  expect(ring[0]?.[1]).toBeCloseTo(31.2, 6);
  expect(ring[0]?.[0]).toBeGreaterThan(121.5);
});
