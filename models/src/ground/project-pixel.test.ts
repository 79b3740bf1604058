import { describe, expect, test } from "vitest";
import { distanceM } from "../geo/distance.ts";
import { type CameraPose, lensOf, movedBy } from "./camera-pose.ts";
import { projectPixel } from "./project-pixel.ts";

const at = { longitude: 121.5, latitude: 31.2 };
const pose = (change: Partial<CameraPose> = {}): CameraPose => ({
  ...at,
  heightAboveGroundM: 100,
  yawDeg: 0,
  pitchDeg: -45,
  rollDeg: 0,
  ...change,
});
const lens = lensOf(4000, 3000, { fovHorizontalDeg: null, fovVerticalDeg: null, focal35Mm: 24 });
if (lens === null) throw new Error("no lens");
const middle = [2000, 1500] as const;
const place = (p: CameraPose, pixel: readonly [number, number] = middle) => {
  const found = projectPixel(p, lens, pixel);
  if (found.kind === "refused") throw new Error(found.code);
  return found;
};

test("45° down from 100 m, the middle lies 100 m away on the camera's bearing", () => {
  for (const yawDeg of [0, 30, 90, 137, -90]) {
    const { northM, eastM, at: there } = place(pose({ yawDeg }));
    expect(Math.hypot(northM, eastM)).toBeCloseTo(100, 6);
    expect((Math.atan2(eastM, northM) * 180) / Math.PI).toBeCloseTo(yawDeg, 6);
    expect(distanceM(at, there)).toBeGreaterThan(99.5);
    expect(distanceM(at, there)).toBeLessThan(100.5);
  }
});

test("straight down, right in the picture is east when the camera's top is north, and distances are height times pixels over focal length", () => {
  const { northM, eastM } = place(pose({ pitchDeg: -90 }), [2000 + 400, 1500 - 300]);
  expect(eastM).toBeCloseTo((100 * 400) / lens.focalXPx, 6);
  expect(northM).toBeCloseTo((100 * 300) / lens.focalYPx, 6);
});

test("roll turns the picture about its middle: the middle stays, the right-hand side comes down and nearer", () => {
  const level = place(pose(), [3000, 1500]);
  const rolled = place(pose({ rollDeg: 10 }), [3000, 1500]);
  expect(place(pose({ rollDeg: 10 })).northM).toBeCloseTo(100, 6);
  expect(rolled.northM).toBeLessThan(level.northM);
  expect(rolled.eastM).toBeLessThan(level.eastM);
});

test("focal length: stated field of view before film equivalent; neither is no lens", () => {
  expect(lens.focalXPx).toBeCloseTo((24 / 43.27) * 5000, 6);
  const wide = lensOf(4000, 3000, { fovHorizontalDeg: 90, fovVerticalDeg: null, focal35Mm: 24 });
  expect(wide?.focalXPx).toBeCloseTo(2000, 6);
  expect(lensOf(4000, 3000, { fovHorizontalDeg: null, fovVerticalDeg: null, focal35Mm: null })).toBeNull();
});

describe("where no honest answer exists there is none", () => {
  test("a camera flatter than −20°", () => {
    expect(projectPixel(pose({ pitchDeg: -19.9 }), lens, middle)).toMatchObject({ kind: "refused", code: "too_flat" });
    expect(projectPixel(pose({ pitchDeg: -20 }), lens, middle).kind).toBe("ok");
  });
  test("a pixel at or above the horizon", () => {
    expect(projectPixel(pose({ pitchDeg: -21 }), lens, [2000, 0])).toMatchObject({ code: "above_horizon" });
  });
  test("no height, no pitch: not a number anywhere", () => {
    expect(projectPixel(pose({ heightAboveGroundM: 0 }), lens, middle)).toMatchObject({ code: "no_height" });
    expect(projectPixel(pose({ heightAboveGroundM: Number.NaN }), lens, middle)).toMatchObject({ code: "no_height" });
    expect(projectPixel(pose({ pitchDeg: Number.NaN }), lens, middle)).toMatchObject({ code: "too_flat" });
  });
});

test("a kilometre north and east in degrees is a kilometre on the ellipsoid", () => {
  // length of a degree at 31.2° N on WGS-84: 110,876 m of latitude, 95,300 m of longitude (NIMA TR8350.2 formulae)
  const there = movedBy(at, 1000, 1000);
  expect((there.latitude - at.latitude) * 110_876).toBeCloseTo(1000, 0);
  expect((there.longitude - at.longitude) * 95_300).toBeGreaterThan(998);
  expect((there.longitude - at.longitude) * 95_300).toBeLessThan(1002);
});
