import { describe, expect, test } from "vitest";
import { distanceM } from "./distance.ts";
import { fromGcj02, isInChina, type LonLat, toGcj02 } from "./gcj02.ts";

/** A grid over the mainland, without the rectangle's edge, where a shifted point may fall outside. */
const grid: LonLat[] = [];
for (let longitude = 74; longitude <= 134; longitude += 0.73)
  for (let latitude = 18; latitude <= 53; latitude += 0.67) grid.push({ longitude, latitude });

describe("WGS-84 and GCJ-02", () => {
  test.each([
    ["Shanghai", [121.527_210_6, 31.177_427_6], [121.531_541_859_215, 31.175_303_983_646_7]],
    ["Shenzhen", [113.912_316, 22.543_847], [113.917_176_480_836, 22.540_796_131_694_8]],
    ["Beijing", [116.377_817, 39.911_954], [116.384_047_224_555, 39.913_345_455_360_7]],
  ] as const)("%s shifts as the public test vectors of eviltransform say", (_, wgs, gcj) => {
    const shifted = toGcj02({ longitude: wgs[0], latitude: wgs[1] });
    expect(shifted.longitude).toBeCloseTo(gcj[0], 9);
    expect(shifted.latitude).toBeCloseTo(gcj[1], 9);
  });

  test("over China a point goes there and comes back within a millimetre", () => {
    const worstM = Math.max(...grid.map((point) => distanceM(point, fromGcj02(toGcj02(point)))));
    expect(worstM).toBeLessThan(0.001);
  });

  test("no shift is larger than 1.5 km, and in Shanghai about half a kilometre to the east-south-east", () => {
    const shifts = grid.map((point) => distanceM(point, toGcj02(point)));
    expect(Math.max(...shifts)).toBeLessThan(1_500);
    const here = { longitude: 121.52, latitude: 31.23 };
    const there = toGcj02(here);
    expect(there.longitude).toBeGreaterThan(here.longitude);
    expect(there.latitude).toBeLessThan(here.latitude);
    expect(distanceM(here, there)).toBeGreaterThan(400);
    expect(distanceM(here, there)).toBeLessThan(600);
  });

  test.each([
    ["Tokyo", 139.767, 35.681],
    ["Paris", 2.352, 48.857],
    ["Sydney", 151.209, -33.868],
    ["New York", -74.006, 40.713],
  ])("%s lies outside and stays where it is, both ways", (_, longitude, latitude) => {
    const point = { longitude, latitude };
    expect(isInChina(point)).toBe(false);
    expect(toGcj02(point)).toEqual(point);
    expect(fromGcj02(point)).toEqual(point);
  });
});
