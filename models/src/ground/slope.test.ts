import { describe, expect, test } from "vitest";
import type { LonLat } from "../geo/gcj02.ts";
import { type CameraPose, type Lens, lensOf, movedBy, rayOf } from "./camera-pose.ts";
import type { Elevation } from "./elevation-grid.ts";
import { ellipseOf, isInside } from "./error-ellipse.ts";
import { slopeAround } from "./ground-slope.ts";
import { type PoseSigmas, pixelCovariance, plainSigmas } from "./pixel-error.ts";
import { grazingMinDeg, placeOnGround } from "./place-box.ts";
import { createNormal } from "./testing/create-normal.ts";
import { thingPlace } from "./thing-place.ts";

const lens = lensOf(1920, 1080, { fovHorizontalDeg: 70, fovVerticalDeg: null, focal35Mm: null }) as Lens;
const sigmas: PoseSigmas = { ...plainSigmas, heightM: 2, focalShare: 0.01, speedMS: 8, courseDeg: 70 };
const foot = { longitude: 121.5, latitude: 31.2 };
/** Metres of a degree there (NIMA TR8350.2 formulae). */
const metresOf = ({ longitude, latitude }: LonLat): [number, number] => [
  (latitude - foot.latitude) * 110_876,
  (longitude - foot.longitude) * 95_300,
];

/** Height of the ground so many metres north and east of the camera's foot. */
type Ground = (northM: number, eastM: number) => number;
const plane =
  (north: number, east = 0): Ground =>
  (n, e) =>
    north * n + east * e;
/** Two crossing waves, as high as said and one and a half times that, crests so many metres apart. */
const rough = (highM: number, apartM: number): Ground => {
  const w = (2 * Math.PI) / apartM;
  return (n, e) => highM * (Math.sin(w * (n + 0.3 * e) + 1) + 0.7 * Math.sin(1.3 * w * (e - 0.4 * n) + 2));
};
/** An elevation file that is off by so much everywhere. */
const fileOf = (ground: Ground, offM = 0): Elevation => ({
  at: (place) => ({ datum: "egm96", sigmaM: sigmas.heightM, elevationM: ground(...metresOf(place)) + offM }),
  cellM: 20,
});

const aboveM = 80;
const from = (pitchDeg: number, yawDeg = 0): CameraPose => ({
  ...foot,
  heightAboveGroundM: aboveM,
  yawDeg,
  pitchDeg,
  rollDeg: 0,
});
const followed = { metres: aboveM, from: "elevation", sigmaM: sigmas.heightM, warning: null } as const;

/** Where a pixel's ray truly meets the ground, in steps of a metre; null within no kilometre. */
function meets(pose: CameraPose, pixel: readonly [number, number], ground: Ground): [number, number] | null {
  const [n, e, d] = rayOf(pose, lens, pixel);
  const topM = ground(0, 0) + pose.heightAboveGroundM;
  const isFree = (k: number) => topM - k * d > ground(k * n, k * e);
  const step = 1 / Math.hypot(n, e, d);
  for (let k = step; k < 1_000 * step; k += step) {
    if (isFree(k)) continue;
    let [low, high] = [k - step, k];
    for (let i = 0; i < 20; i++) {
      const middle = (low + high) / 2;
      if (isFree(middle)) low = middle;
      else high = middle;
    }
    return [high * n, high * e];
  }
  return null;
}

/** Draws of everything a place is computed from: what share of the placed ones their ellipse holds, what share was refused, and how large it is. */
function draw(ground: Ground, pitchDeg: number, { yawDeg = 0, seed = 7, draws = 400 } = {}) {
  const normal = createNormal(seed);
  const pose = from(pitchDeg, yawDeg);
  const course = (sigmas.courseDeg / 180) * Math.PI;
  const radii: number[] = [];
  let [inside, refused, drawn] = [0, 0, 0];
  while (drawn < draws) {
    const pixel = [960 + 300 * normal(), 540 + 150 * normal()] as const;
    const truth = meets(pose, pixel, ground);
    const [east, north, alongM, offM, focal] = [1.5, 1.5, sigmas.timeS * sigmas.speedMS, sigmas.heightM, 0.01].map(
      (sigma) => sigma * normal(),
    ) as [number, number, number, number, number];
    const turned = [sigmas.yawDeg * normal(), sigmas.pitchDeg * normal(), sigmas.rollDeg * normal()] as const;
    if (truth === null) continue;
    drawn++;
    const at = movedBy(foot, north + alongM * Math.cos(course), east + alongM * Math.sin(course));
    const file = fileOf(ground, offM);
    const stated: CameraPose = {
      ...at,
      // its altitude is known; what lies below where it thinks it is says the file
      heightAboveGroundM: ground(0, 0) + aboveM - (file.at(at)?.elevationM ?? 0),
      yawDeg: yawDeg + turned[0],
      pitchDeg: Math.min(-20, pitchDeg + turned[1]),
      rollDeg: turned[2],
    };
    const itsLens = { ...lens, focalXPx: lens.focalXPx * (1 + focal), focalYPx: lens.focalYPx * (1 + focal) };
    const placed = placeOnGround({ pose: stated, lens: itsLens, height: followed, sigmas }, pixel, [0, 0], file);
    if (placed.kind === "refused") {
      refused++;
      continue;
    }
    const [n, e] = metresOf(placed.at);
    radii.push(placed.ellipse.radius95M);
    if (isInside(placed.ellipse, n - truth[0], e - truth[1])) inside++;
  }
  radii.sort((a, b) => a - b);
  return { share: inside / radii.length, refused: refused / draws, radiusM: radii[radii.length >> 1] ?? 0 };
}
const said = ({ share, refused, radiusM }: ReturnType<typeof draw>): string =>
  `${(share * 100).toFixed(1)} % of ±${radiusM.toFixed(1)} m${refused > 0 ? `, ${(refused * 100).toFixed(1)} % refused` : ""}`;

describe("draws over ground that is not level, from 80 m", () => {
  test("on planes that face the sight, fall away from it and lie across it the ellipse holds 92–98 %, and is smaller and larger than on level ground", () => {
    for (const pitchDeg of [-75, -45, -30]) {
      const cells = [0.3, 0, -0.2].map((rise) => ({ rise, drawn: draw(plane(rise), pitchDeg) }));
      const across = draw(plane(0, 0.3), pitchDeg, { yawDeg: 20 });
      const lines = [...cells.map(({ rise, drawn }) => `${rise}: ${said(drawn)}`), `across 0.3: ${said(across)}`];
      console.log(`planes at ${pitchDeg}°: ${lines.join(" │ ")}`);
      for (const { share } of [...cells.map(({ drawn }) => drawn), across]) {
        expect(share, lines.join()).toBeGreaterThan(0.92);
        expect(share, lines.join()).toBeLessThan(0.98);
      }
      const [facing, level, falling] = cells.map(({ drawn }) => drawn.radiusM);
      expect(facing).toBeLessThan(level as number);
      expect(falling).toBeGreaterThan(level as number);
    }
  }, 60_000);

  test("on rough ground it holds at least 92 % at every angle, of what is not refused because a ray may pass over a crest", () => {
    for (const [highM, apartM] of [
      [1, 40],
      [4, 100],
      [8, 200],
    ] as const)
      for (const pitchDeg of [-60, -30, -22]) {
        const drawn = draw(rough(highM, apartM), pitchDeg, { yawDeg: 20, seed: 11 });
        console.log(`rough ±${highM} m every ${apartM} m at ${pitchDeg}°: ${said(drawn)}`);
        expect(drawn.share, said(drawn)).toBeGreaterThan(0.92);
        expect(drawn.refused).toBeLessThan(0.15);
      }
  }, 60_000);
});

const place = (ground: Ground, pitchDeg: number, file = fileOf(ground)) =>
  placeOnGround({ pose: from(pitchDeg), lens, height: followed, sigmas }, [960, 540], [0, 0], file);

test("along the sight the error by height is divided by what the slope adds to the ray's fall: 1 + g·cot for ground that rises by g", () => {
  const byHeight: PoseSigmas = {
    ...sigmas,
    horizontalM: 0,
    yawDeg: 0,
    pitchDeg: 0,
    rollDeg: 0,
    focalShare: 0,
    timeS: 0,
  };
  const pose = from(-30);
  const cot = 1 / Math.tan(Math.PI / 6);
  for (const rise of [0.5, 0, -0.2]) {
    const covariance = pixelCovariance(pose, lens, [960, 540], byHeight, [rise, 0]);
    expect(covariance && ellipseOf(covariance).longM).toBeCloseTo((2 * cot * 2.4477) / (1 + rise * cot), 3);
  }
});

test("ground seen at a grazing angle, and ground behind which the ray may fall far away, have no place but the reason", () => {
  const fall = (deg: number) => plane(-Math.tan((deg / 180) * Math.PI));
  expect(place(fall(30 - grazingMinDeg - 2), -30).kind).toBe("ok");
  expect(place(fall(30 - grazingMinDeg + 1), -30)).toEqual({ kind: "refused", code: "grazing" });
  // a terrace that ends just beyond the place: two metres farther the ground lies 60 m lower
  const edgeM = aboveM / Math.tan(Math.PI / 6) + 2;
  expect(place((n) => (n < edgeM ? 0 : -60), -30)).toEqual({ kind: "refused", code: "grazing" });
});

test("of a thing in a recording the reason is told: the sight grazes the ground there", () => {
  const heights = { egm96M: aboveM, ellipsoidM: null, heightM: null, rangeM: null };
  // a receiver with corrections
  const known = { ...foot, ...heights, sigmaHorizontalM: null, sigmaVerticalM: 0.03 };
  const lensOf70 = { fovHorizontalDeg: 70, fovVerticalDeg: null, focal35Mm: null };
  const sample = { offsetMs: 0, gimbalYawDeg: 0, gimbalPitchDeg: -30, gimbalRollDeg: 0, ...known, ...lensOf70 };
  const clip = {
    widthPx: 1920,
    heightPx: 1080,
    durationMs: 10_000,
    startUncertaintyMs: 0,
    isLaidByClock: false,
    points: [sample],
  };
  const thing = (rise: number) => thingPlace(clip, 0, [0.49, 0.45, 0.02, 0.05], fileOf(plane(rise)));
  expect(thing(-0.1)).toMatchObject({ kind: "ok", height: { from: "elevation" } });
  expect(thing(-0.52)).toMatchObject({ kind: "refused", reason: { zh: expect.stringContaining("夹角不足 6°") } });
});

test("where the ground around the place is not known as far as the place may be off, nothing is said of its slope", () => {
  const placeM = aboveM / Math.tan(Math.PI / 6);
  const level = fileOf(() => 0);
  const file: Elevation = { ...level, at: (at) => (metresOf(at)[0] > placeM + 3 ? null : level.at(at)) };
  expect(slopeAround(movedBy(foot, placeM, 0), 10, file)).toBeNull();
  expect(place(() => 0, -30, file)).toEqual({ kind: "refused", code: "noElevation" });
});
