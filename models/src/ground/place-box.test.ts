import { expect, test } from "vitest";
import type { LonLat } from "../geo/gcj02.ts";
import { type CameraPose, type Lens, lensOf } from "./camera-pose.ts";
import { elevationFrom } from "./elevation-grid.ts";
import { isInside } from "./error-ellipse.ts";
import { type PoseSigmas, plainSigmas } from "./pixel-error.ts";
import { placeBox } from "./place-box.ts";
import { createNormal } from "./testing/create-normal.ts";
import { pixelOf } from "./testing/pixel-of.ts";

const lens = lensOf(1920, 1080, { fovHorizontalDeg: 70, fovVerticalDeg: null, focal35Mm: null }) as Lens;
const sigmas: PoseSigmas = { ...plainSigmas, focalShare: 0.01 };
const height = { metres: 60, from: "take_off", sigmaM: 5, warning: null } as const;

/** Things on the ground, metres: depth along north, width along east, height. */
const things = { stall: [1.5, 2.5, 2], cart: [0.8, 1.6, 1.2], goods: [2, 3, 0.6], van: [5, 2, 2] } as const;

/** Box of an upright block whose ground has its middle at (north, east) of the camera; null where a corner lies outside the picture. */
function boxOf(
  pose: CameraPose,
  [north, east]: readonly [number, number],
  [deep, wide, high]: readonly [number, number, number],
) {
  const corners = [-0.5, 0.5].flatMap((n) =>
    [-0.5, 0.5].flatMap((e) =>
      [0, 1].map((up) => pixelOf(pose, lens, [north + n * deep, east + e * wide, pose.heightAboveGroundM - up * high])),
    ),
  );
  const seen = corners.filter((corner) => corner !== null);
  const [xs, ys] = [seen.map(([x]) => x), seen.map(([, y]) => y)];
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  if (seen.length < 8 || left < 0 || top < 0 || right > lens.widthPx || bottom > lens.heightPx) return null;
  return [
    left / lens.widthPx,
    top / lens.heightPx,
    (right - left) / lens.widthPx,
    (bottom - top) / lens.heightPx,
  ] as const;
}

const draws = 1_000;

test("a boxed thing is placed within its ellipse in at least 93 % of draws at every angle, things of all shapes alike", () => {
  const lines: string[] = [];
  for (const pitchDeg of [-90, -75, -60, -45, -30]) {
    const normal = createNormal(7 - pitchDeg);
    const offM: number[] = [];
    let inside = 0;
    for (let i = 0; offM.length < draws; i++) {
      const shape = Object.values(things)[i % 4] as (typeof things)["stall"];
      const pose: CameraPose = {
        longitude: 121.5,
        latitude: 31.2,
        heightAboveGroundM: 60,
        yawDeg: 40 * normal(),
        pitchDeg,
        rollDeg: 0,
      };
      // on the ground around what the middle of the picture shows
      const away = 60 / Math.tan((-pitchDeg / 180) * Math.PI);
      const yaw = (pose.yawDeg / 180) * Math.PI;
      const at = [away * Math.cos(yaw) + 6 * normal(), away * Math.sin(yaw) + 6 * normal()] as const;
      const box = boxOf(pose, at, shape);
      if (box === null) continue;
      const stated: CameraPose = {
        ...pose,
        heightAboveGroundM: 60 + sigmas.heightM * normal(),
        yawDeg: pose.yawDeg + sigmas.yawDeg * normal(),
        pitchDeg: pose.pitchDeg + sigmas.pitchDeg * normal(),
        rollDeg: sigmas.rollDeg * normal(),
      };
      const statedLens = { ...lens, focalXPx: lens.focalXPx * (1 + 0.01 * normal()) };
      const placed = placeBox(
        { pose: stated, lens: { ...statedLens, focalYPx: statedLens.focalXPx }, height, sigmas },
        box,
        null,
      );
      if (placed.kind === "refused") throw new Error(placed.code);
      const gps = [sigmas.horizontalM * normal(), sigmas.horizontalM * normal()] as const;
      const [north, east] = [placed.northM + gps[0] - at[0], placed.eastM + gps[1] - at[1]];
      offM.push(Math.hypot(north, east));
      if (isInside(placed.ellipse, north, east)) inside++;
    }
    offM.sort((a, b) => a - b);
    lines.push(
      `${pitchDeg}°: 95 % within ${offM[Math.floor(0.95 * draws)]?.toFixed(1)} m, ellipse holds ${((inside / draws) * 100).toFixed(1)} %`,
    );
    expect(inside / draws, lines.at(-1)).toBeGreaterThanOrEqual(0.93);
  }
  console.log(`things of four shapes from 60 m:\n${lines.join("\n")}`);
}, 30_000);

const pose: CameraPose = {
  longitude: 121.5,
  latitude: 31.2,
  heightAboveGroundM: 60,
  yawDeg: 90,
  pitchDeg: -45,
  rollDeg: 0,
};

function placed(...given: Parameters<typeof placeBox>) {
  const place = placeBox(...given);
  if (place.kind === "refused") throw new Error(place.code);
  return place;
}

/** Ground that rises by a share of the way to the east, in cells of about 10 m. */
const slope = (share: number) => {
  const [columns, rows, step] = [60, 40, 1e-4];
  const west = pose.longitude - 10 * step;
  const metresPerDeg = 111_320 * Math.cos((31.2 / 180) * Math.PI);
  return elevationFrom({
    westDeg: west,
    northDeg: pose.latitude + 20 * step,
    stepLonDeg: step,
    stepLatDeg: step,
    columns,
    rows,
    values: Float64Array.from(
      { length: columns * rows },
      (_, i) => 20 + share * ((west + (i % columns) * step - pose.longitude) * metresPerDeg),
    ),
    datum: "egm96",
    sigmaM: 1,
  });
};

test("over ground that rises a thing is nearer than flat ground would have it, and where heights come from elsewhere the ground is taken as flat", () => {
  const view = { pose, lens, sigmas, height: { metres: 60, from: "elevation", sigmaM: 1, warning: null } as const };
  const tiny = [0.5, 0.5, 0, 0] as const;
  expect(placed(view, tiny, slope(0)).eastM).toBeCloseTo(60, 1);
  // a ray at 45° meets ground that rises by one in four after 60 / 1.25 metres
  expect(placed(view, tiny, slope(0.25)).eastM).toBeCloseTo(48, 0);
  expect(placed({ ...view, height }, tiny, slope(0.25)).eastM).toBeCloseTo(60, 6);
});

test("where the ray leaves the known ground or meets a hole in it nothing is said, rather than flat ground", () => {
  const view = { pose, lens, sigmas, height: { metres: 60, from: "elevation", sigmaM: 1, warning: null } as const };
  const known = slope(0);
  const hole = {
    ...known,
    at: (place: LonLat) => (place.longitude > pose.longitude + 3e-4 ? null : known.at(place)),
  };
  expect(placeBox(view, [0.5, 0.5, 0, 0], slope(0)).kind).toBe("ok");
  expect(placeBox(view, [0.5, 0.5, 0, 0], hole)).toEqual({ kind: "refused", code: "noElevation" });
});

test("a laser's height is sure where it was measured and less so away from there", () => {
  const view = {
    pose,
    lens,
    sigmas: { ...sigmas, heightM: 0.5 },
    height: { metres: 60, from: "laser", sigmaM: 0.5, warning: null } as const,
  };
  const [middle, edge] = [0.5, 0.05].map((y) => placed(view, [0.5, y, 0, 0], null));
  const plain = placed({ ...view, height: { ...view.height, from: "take_off" } }, [0.5, 0.05, 0, 0], null);
  expect(middle?.ellipse.radius95M).toBeLessThan(7);
  expect(edge?.ellipse.radius95M).toBeGreaterThan(plain.ellipse.radius95M * 1.1);
});

test("ground that nobody knows is not made up: beside the file and beside a hole heights are null", () => {
  const values = Float64Array.from([1, 2, Number.NaN, 4, 5, 6, 7, 8, 9]);
  const { at } = elevationFrom({
    westDeg: 121,
    northDeg: 31,
    stepLonDeg: 1,
    stepLatDeg: 1,
    columns: 3,
    rows: 3,
    values,
    datum: "egm96",
    sigmaM: 1,
  });
  expect(at({ longitude: 121.5, latitude: 29.5 })?.elevationM).toBeCloseTo(6, 9);
  expect(at({ longitude: 122.5, latitude: 30.5 })).toBeNull();
  expect(at({ longitude: 120.9, latitude: 30.5 })).toBeNull();
  expect(at({ longitude: 123, latitude: 29 })?.elevationM).toBe(9);
});
