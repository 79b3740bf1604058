import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { houseTripSettings } from "./settings.ts";
import { cleanTrack, coveredShare, departuresOf } from "./track.ts";

const minute = 60_000;
/** Eastwards at some 38 km/h, a point every half minute; one degree of longitude is 95 km here. */
const way = (count: number) =>
  Array.from({ length: count }, (_, nth) => ({
    plate: "沪A00001",
    atMs: nth * 30_000,
    longitude: 121.5 + nth * 0.0033,
    latitude: 31.2,
    speedKmh: 38,
  }));
const place = { longitude: 121.5, latitude: 31.2, radiusM: 150 };

describe("a track", () => {
  test("loses the points at which its receiver jumped, and keeps the others in their order", () => {
    const points = way(20);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 18 }), fc.double({ min: 0.1, max: 5, noNaN: true }), (nth, jump) => {
        const jumped = points.map((point, at) => (at === nth ? { ...point, latitude: point.latitude + jump } : point));
        expect(cleanTrack([...jumped].reverse(), houseTripSettings)).toEqual(points.filter((_, at) => at !== nth));
      }),
    );
  });

  test("covers what lies between points close in time, and nothing of its gaps", () => {
    const points = way(21);
    expect(coveredShare(points, 0, 10 * minute, 180_000)).toBe(1);
    const holed = points.filter(({ atMs }) => atMs <= 2 * minute || atMs >= 8 * minute);
    expect(coveredShare(holed, 0, 10 * minute, 180_000)).toBeCloseTo(0.4);
    expect(coveredShare([], 0, 10 * minute, 180_000)).toBe(0);
  });

  test("tells of a departure only where the truck had been there, and was seen on both sides of leaving", () => {
    const waited = Array.from({ length: 16 }, (_, nth) => ({ ...way(1)[0]!, atMs: (nth - 16) * 30_000 }));
    expect(departuresOf([...waited, ...way(10)], place, houseTripSettings)).toEqual([0]);
    // it merely passed by
    expect(departuresOf(way(10), place, houseTripSettings)).toEqual([]);
    // nobody knows when it left
    const later = way(10)
      .slice(1)
      .map((point) => ({ ...point, atMs: point.atMs + 30 * minute }));
    expect(departuresOf([...waited, ...later], place, houseTripSettings)).toEqual([]);
    // it is still there, however the receiver trembles
    expect(departuresOf(waited, place, houseTripSettings)).toEqual([]);
  });
});
