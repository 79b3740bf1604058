import type { CameraPose, Lens } from "./camera-pose.ts";
import type { Elevation } from "./elevation-grid.ts";
import { type Covariance2, ellipseOf } from "./error-ellipse.ts";
import { grazingDeg, level, riseOf, type Slope, slopeAround } from "./ground-slope.ts";
import type { HeightAboveGround } from "./height-above-ground.ts";
import { type PlacedPixel, type PoseError, type PoseSigmas, pixelCovariance, placeWithError } from "./pixel-error.ts";
import { projectPixel } from "./project-pixel.ts";
import { heightOverTerrain } from "./terrain-height.ts";
import { onUnevenGround } from "./uneven-ground.ts";

/** Left, top, width, height as shares of the picture. */
type BoxNorm = readonly [number, number, number, number];

/**
 * The pixel where a boxed thing stands, and how far the true one may be off (one standard deviation, pixels). Seen straight down the middle of
 * its box is the middle of its ground; seen from the side its ground lies at the box's lower edge. Between the two the box's height is its
 * depth on the ground, seen under the sine of the angle, and its height, under the cosine, taken as alike: so much of half the box the middle of
 * its ground lies above the lower edge. What is not alike is within a quarter of the box, its sides within a tenth (house rules).
 */
export function contactPixel(
  [x, y, width, height]: BoxNorm,
  lens: Lens,
  pitchDeg: number,
): { readonly pixel: readonly [number, number]; readonly sigmaPx: readonly [number, number] } {
  const angle = (Math.min(90, Math.max(0, -pitchDeg)) / 180) * Math.PI;
  const depthShare = Math.sin(angle) / (Math.sin(angle) + Math.cos(angle));
  return {
    pixel: [(x + width / 2) * lens.widthPx, (y + height * (1 - depthShare / 2)) * lens.heightPx],
    sigmaPx: [0.1 * width * lens.widthPx, 0.25 * height * lens.heightPx],
  };
}

const noError: PoseError = [0, 0, 0, 0, 0, 0, 0, 0];
/**
 * How much ground may rise or fall away from where a laser measured its height, as a share of the way (house rule: streets rise by less than one
 * in twenty).
 */
const laserSlope = 0.05;

export interface FrameView {
  readonly pose: CameraPose;
  readonly lens: Lens;
  readonly height: HeightAboveGround;
  readonly sigmas: PoseSigmas;
}

/** Why a pixel of a frame has no place. */
export interface NoPlace {
  readonly kind: "refused";
  readonly code: "noGround" | "noElevation" | "grazing";
}
const refuse = (code: NoPlace["code"]): NoPlace => ({ kind: "refused", code });

/** Ground seen at a flatter angle than this, degrees, has no place: below it the ellipse holds too few draws (`slope.test.ts`). */
export const grazingMinDeg = 6;
/** As far around a place as its ground is looked at for its slope, metres. */
const slopeReachM = { least: 10, most: 100 } as const;

/**
 * Where a pixel of a frame lies, with its error; `sigmaPx`: how far the true pixel may be off. Where the height comes from known elevations its
 * ray is followed to the ground and the error is that on the slope of the ground there; where that leaves the known ground nothing is said: flat
 * ground would be made up.
 */
export function placeOnGround(
  { pose: frame, lens, height, sigmas: known }: FrameView,
  pixel: readonly [number, number],
  sigmaPx: readonly [number, number],
  elevation: Elevation | null,
): PlacedPixel | NoPlace {
  // another source of height says nothing of the datum the elevations are in
  const isFollowed = height.from === "elevation";
  if (isFollowed && elevation === null) return refuse("noElevation");
  const ground = isFollowed ? elevation : null;
  const overM = ground === null ? frame.heightAboveGroundM : heightOverTerrain(frame, lens, pixel, ground);
  if (overM === null) return refuse("noElevation");
  const pose = { ...frame, heightAboveGroundM: overM };
  const place = projectPixel(pose, lens, pixel);
  if (place.kind === "refused") return refuse("noGround");
  const sigmas = height.from === "laser" ? awayFromLaser(frame, lens, known, place) : known;
  const onLevel = sigmas === null ? null : boxCovariance(pose, lens, pixel, sigmaPx, sigmas);
  if (sigmas === null || onLevel === null) return refuse("noGround");
  if (ground === null) return { ...place, ellipse: ellipseOf(onLevel) };

  const reachM = Math.min(slopeReachM.most, Math.max(slopeReachM.least, ellipseOf(onLevel).longM / 2));
  const slope = slopeAround(place.at, reachM, ground);
  if (slope === null) return refuse("noElevation");
  if (grazingDeg(pose, lens, pixel, slope) < grazingMinDeg) return refuse("grazing");
  // the plane through the place, as high below the camera as it is there
  const tilted = { ...pose, heightAboveGroundM: overM + riseOf(slope, [place.northM, place.eastM]) };
  const onSlope = boxCovariance(tilted, lens, pixel, sigmaPx, sigmas, slope);
  const covariance = onSlope === null ? null : onUnevenGround(onSlope, frame, lens, pixel, slope, ground);
  return covariance === null ? refuse("grazing") : { ...place, ellipse: ellipseOf(covariance) };
}

/** Covariance of a place by what pose and lens are off by and by what the pixel itself is. */
function boxCovariance(
  pose: CameraPose,
  lens: Lens,
  pixel: readonly [number, number],
  sigmaPx: readonly [number, number],
  sigmas: PoseSigmas,
  slope: Slope = level,
): Covariance2 | null {
  const covariance = pixelCovariance(pose, lens, pixel, sigmas, slope);
  if (covariance === null) return null;
  let { nn, ne, ee } = covariance;
  for (const side of [0, 1] as const) {
    const shifted = (by: number) => {
      const there = [pixel[0] + (side === 0 ? by : 0), pixel[1] + (side === 1 ? by : 0)] as const;
      return placeWithError(pose, lens, there, noError, sigmas, slope);
    };
    const [more, less] = [shifted(1), shifted(-1)];
    if (more === null || less === null) return null;
    const north = ((more[0] - less[0]) / 2) * sigmaPx[side];
    const east = ((more[1] - less[1]) / 2) * sigmaPx[side];
    nn += north * north;
    ne += north * east;
    ee += east * east;
  }
  return { nn, ne, ee };
}

/** A laser measures in the middle of the picture: elsewhere the ground may lie higher or lower. */
function awayFromLaser(
  pose: CameraPose,
  lens: Lens,
  sigmas: PoseSigmas,
  place: { readonly northM: number; readonly eastM: number },
): PoseSigmas | null {
  const measured = projectPixel(pose, lens, [lens.middleXPx, lens.middleYPx]);
  if (measured.kind === "refused") return null;
  const awayM = Math.hypot(place.northM - measured.northM, place.eastM - measured.eastM);
  return { ...sigmas, heightM: Math.hypot(sigmas.heightM, laserSlope * awayM) };
}

/** Where a boxed thing stands, with its error, or why its pixel has no place. */
export function placeBox(view: FrameView, box: BoxNorm, elevation: Elevation | null): PlacedPixel | NoPlace {
  const { pixel, sigmaPx } = contactPixel(box, view.lens, view.pose.pitchDeg);
  return placeOnGround(view, pixel, sigmaPx, elevation);
}
