import { type CameraPose, type Lens, rayOf } from "./camera-pose.ts";
import type { Covariance2, ErrorEllipse } from "./error-ellipse.ts";
import { level, riseOf, type Slope } from "./ground-slope.ts";
import type { GroundPlace } from "./project-pixel.ts";

/** One standard deviation of everything a place on the ground is computed from. */
export interface PoseSigmas {
  /** Of north and of east alike, metres. */
  readonly horizontalM: number;
  readonly heightM: number;
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  /** Share of the focal length. */
  readonly focalShare: number;
  /** How far telemetry and picture may be apart in time, and how fast the camera moved (metres a second, towards `courseDeg`). */
  readonly timeS: number;
  readonly speedMS: number;
  readonly courseDeg: number;
}

/**
 * A plain receiver, a compass, a stabilised gimbal; a lens that was not calibrated; telemetry once a second, interpolated (ingest note
 * §2.1–2.2). Roll is held by the gimbal.
 */
export const plainSigmas: PoseSigmas = {
  horizontalM: 1.5,
  heightM: 5,
  yawDeg: 2,
  pitchDeg: 0.5,
  rollDeg: 0.3,
  focalShare: 0.05,
  timeS: 0.1,
  speedMS: 0,
  courseDeg: 0,
};

type Offset = readonly [northM: number, eastM: number];

/** Errors of one draw, in the order of `sigmaList`: north, east, height, yaw, pitch, roll, focal share, time. */
export type PoseError = readonly [number, number, number, number, number, number, number, number];

export const sigmaList = (s: PoseSigmas): PoseError => [
  s.horizontalM,
  s.horizontalM,
  s.heightM,
  s.yawDeg,
  s.pitchDeg,
  s.rollDeg,
  s.focalShare,
  s.timeS,
];

/**
 * Where a pixel would lie, metres from the true camera, if pose and lens were off by this; null where its ray misses the ground. The ground is a
 * plane through the foot of the camera, `heightAboveGroundM` below it, that rises by the slope g for each metre: at h(x) = g·x, x horizontal from
 * that foot. The ray (r horizontally, d down) of a camera that is off by c horizontally and by δ upwards is at x = c + t·r in height H + δ − t·d,
 * and meets the plane where these are alike (intersection of a line and a plane):
 *
 *     t = (H + δ − g·c) / (d + g·r)
 *
 * Level ground is g = 0. Against it the denominator is larger where the ground rises along the sight: the same error of an angle or a height
 * then moves the place by less; where it falls away, by more, without bound as the ray comes to graze it.
 */
export function placeWithError(
  pose: CameraPose,
  lens: Lens,
  pixel: readonly [number, number],
  error: PoseError,
  { speedMS, courseDeg }: Pick<PoseSigmas, "speedMS" | "courseDeg">,
  slope: Slope = level,
): Offset | null {
  const [north, east, height, yaw, pitch, roll, focal, timeS] = error;
  const [n, e, down] = rayOf(
    { yawDeg: pose.yawDeg + yaw, pitchDeg: pose.pitchDeg + pitch, rollDeg: pose.rollDeg + roll },
    { ...lens, focalXPx: lens.focalXPx * (1 + focal), focalYPx: lens.focalYPx * (1 + focal) },
    pixel,
  );
  const course = (courseDeg / 180) * Math.PI;
  const alongM = speedMS * timeS;
  const moved: Offset = [north + alongM * Math.cos(course), east + alongM * Math.sin(course)];
  const overM = pose.heightAboveGroundM + height - riseOf(slope, moved);
  const into = down + riseOf(slope, [n, e]);
  if (!(down > 0 && into > 0 && overM > 0)) return null;
  return [moved[0] + (overM * n) / into, moved[1] + (overM * e) / into];
}

/** Steps of the numeric Jacobian: metres, degrees, shares and seconds, small against every sigma. */
const steps: PoseError = [0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 1e-4, 1e-3];

/**
 * Covariance of a pixel's place on ground of this slope to first order: J·Σ·Jᵀ with a numeric Jacobian (GUM §5.1, JCGM 100:2008) of
 * {@link placeWithError}. Null above the horizon.
 */
export function pixelCovariance(
  pose: CameraPose,
  lens: Lens,
  pixel: readonly [number, number],
  sigmas: PoseSigmas,
  slope: Slope = level,
): Covariance2 | null {
  const variance = sigmaList(sigmas);
  let [nn, ne, ee] = [0, 0, 0];
  for (const [i, step] of steps.entries()) {
    const shifted = (by: number): PoseError => variance.map((_, k) => (k === i ? by : 0)) as unknown as PoseError;
    const more = placeWithError(pose, lens, pixel, shifted(step), sigmas, slope);
    const less = placeWithError(pose, lens, pixel, shifted(-step), sigmas, slope);
    if (more === null || less === null) return null;
    const sigma = variance[i] as number;
    const north = ((more[0] - less[0]) / (2 * step)) * sigma;
    const east = ((more[1] - less[1]) / (2 * step)) * sigma;
    nn += north * north;
    ne += north * east;
    ee += east * east;
  }
  return { nn, ne, ee };
}

export type PlacedPixel = Extract<GroundPlace, { kind: "ok" }> & { readonly ellipse: ErrorEllipse };
