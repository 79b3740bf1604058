import { expect, test } from "vitest";
import { type CameraPose, lensOf } from "./camera-pose.ts";
import { ellipseOf, isInside, radius95 } from "./error-ellipse.ts";
import { type PoseError, type PoseSigmas, pixelCovariance, placeWithError, sigmaList } from "./pixel-error.ts";
import { createNormal } from "./testing/create-normal.ts";

const lens = lensOf(4000, 3000, { fovHorizontalDeg: null, fovVerticalDeg: null, focal35Mm: 24 });
if (lens === null) throw new Error("no lens");
const middle = [2000, 1500] as const;
const draws = 4_000;

/** Rows of ingest note §2.2: one standard deviation of everything; the gimbal holds the roll, the middle knows no focal length. */
const base: PoseSigmas = {
  horizontalM: 1.5,
  heightM: 0,
  yawDeg: 2,
  pitchDeg: 0.5,
  rollDeg: 0,
  focalShare: 0,
  timeS: 0,
  speedMS: 0,
  courseDeg: 0,
};
const rows: readonly { name: string; sigmas: PoseSigmas; note: readonly number[] | null }[] = [
  { name: "plain GNSS, ground height known", sigmas: base, note: [3.9, 5.7, 8.2, 13.6, 22.6] },
  { name: "plain GNSS, ground height ±5 m", sigmas: { ...base, heightM: 5 }, note: [4.0, 7.7, 12.4, 20.5, 33.8] },
  {
    name: "RTK fixed, elevation file ±1 m",
    sigmas: { ...base, horizontalM: 0.03, yawDeg: 1, pitchDeg: 0.3, heightM: 1 },
    note: [1.0, 2.4, 3.9, 7.1, 12.1],
  },
  // the note's own figures (16 16 17 21 28) hold more than the way flown in that time, and are not compared
  { name: "plain GNSS, telemetry ±0.5 s at 10 m/s", sigmas: { ...base, timeS: 0.5, speedMS: 10 }, note: null },
];
const pitches = [-90, -60, -45, -30, -20] as const;
const heights = [30, 60, 100, 120] as const;

const poseAt = (heightAboveGroundM: number, pitchDeg: number): CameraPose => ({
  longitude: 121.5,
  latitude: 31.2,
  heightAboveGroundM,
  yawDeg: 35,
  pitchDeg,
  rollDeg: 0,
});

/** Draws around the truth: radius that holds 95 % of them, and the share that the predicted ellipse holds. */
function simulate(pose: CameraPose, pixel: readonly [number, number], sigmas: PoseSigmas, seed: number) {
  const normal = createNormal(seed);
  const covariance = pixelCovariance(pose, lens as NonNullable<typeof lens>, pixel, sigmas);
  const truth = placeWithError(pose, lens as NonNullable<typeof lens>, pixel, [0, 0, 0, 0, 0, 0, 0, 0], sigmas);
  if (covariance === null || truth === null) throw new Error("no place");
  const ellipse = ellipseOf(covariance);
  const sigma = sigmaList(sigmas);
  const offM: number[] = [];
  let inside = 0;
  for (let i = 0; i < draws; i++) {
    const error = sigma.map((value) => value * normal()) as unknown as PoseError;
    const there = placeWithError(pose, lens as NonNullable<typeof lens>, pixel, error, sigmas);
    const [north, east] = there === null ? [Infinity, Infinity] : [there[0] - truth[0], there[1] - truth[1]];
    offM.push(Math.hypot(north, east));
    if (isInside(ellipse, north, east)) inside++;
  }
  offM.sort((a, b) => a - b);
  return { ellipse, drawn95M: offM[Math.floor(0.95 * draws)] as number, share: inside / draws };
}

test("error table: the predicted ellipse holds 93–97 % of draws at every height and angle, and at 100 m the radii are those of the note within 12 %", () => {
  const lines: string[] = [];
  let seed = 1;
  for (const { name, sigmas, note } of rows)
    for (const heightM of heights) {
      // a height that is off by more than a third of itself is no first-order matter
      if (sigmas.heightM > heightM / 5) continue;
      const cells = pitches.map((pitchDeg, i) => {
        const { ellipse, drawn95M, share } = simulate(poseAt(heightM, pitchDeg), middle, sigmas, seed++);
        expect(share, `${name}, ${heightM} m, ${pitchDeg}°`).toBeGreaterThan(0.93);
        expect(share, `${name}, ${heightM} m, ${pitchDeg}°`).toBeLessThan(0.97);
        expect(ellipse.radius95M / drawn95M).toBeGreaterThan(0.93);
        expect(ellipse.radius95M / drawn95M).toBeLessThan(1.07);
        const told = heightM === 100 ? note?.[i] : undefined;
        if (told !== undefined) {
          expect(ellipse.radius95M / told, `${name} ${pitchDeg}°`).toBeGreaterThan(0.88);
          expect(ellipse.radius95M / told, `${name} ${pitchDeg}°`).toBeLessThan(1.12);
        }
        const figures = `${ellipse.radius95M.toFixed(1)} / ${drawn95M.toFixed(1)}${told === undefined ? "" : ` (${told})`}`;
        return `${figures} ${(share * 100).toFixed(1)} %`.padEnd(26);
      });
      lines.push(`${name.padEnd(40)} ${String(heightM).padStart(3)} m │ ${cells.join("│ ")}`);
    }
  console.log(
    [
      "95 % radius of the middle of the picture, metres: first order / drawn (ingest note §2.2), and what share of draws the ellipse holds",
      `${"".padEnd(45)} │ ${pitches.map((pitch) => `${pitch}°`.padEnd(26)).join("│ ")}`,
      ...lines,
    ].join("\n"),
  );
});

test("away from the middle, with roll and an uncalibrated lens, the ellipse still holds 93–97 %", () => {
  const all: PoseSigmas = {
    ...base,
    heightM: 5,
    rollDeg: 0.5,
    focalShare: 0.05,
    timeS: 0.2,
    speedMS: 8,
    courseDeg: 120,
  };
  let seed = 1_000;
  for (const pixel of [
    [0, 0],
    [4000, 3000],
    [1000, 2500],
    [3500, 500],
  ] as const)
    for (const pitchDeg of [-90, -60, -45] as const) {
      const { share } = simulate(poseAt(100, pitchDeg), pixel, all, seed++);
      expect(share, `${pixel.join()} ${pitchDeg}°`).toBeGreaterThan(0.93);
      expect(share, `${pixel.join()} ${pitchDeg}°`).toBeLessThan(0.97);
    }
});

test("the radius is that of the two limits: a circle 2.448 σ, a line 1.960 σ", () => {
  expect(radius95(1, 1)).toBeCloseTo(2.4477, 3);
  expect(radius95(3, 0)).toBeCloseTo(3 * 1.96, 2);
});

test("the ellipse points where the camera does: an oblique picture is worst across the bearing by yaw, along it by height", () => {
  const byHeight = pixelCovariance(poseAt(100, -30), lens, middle, {
    ...base,
    yawDeg: 0,
    horizontalM: 0.1,
    heightM: 5,
  });
  const byYaw = pixelCovariance(poseAt(100, -30), lens, middle, { ...base, pitchDeg: 0, horizontalM: 0.1 });
  expect(byHeight && ellipseOf(byHeight).bearingDeg).toBeCloseTo(35, 0);
  expect(byYaw && ellipseOf(byYaw).bearingDeg).toBeCloseTo(125, 0);
});
