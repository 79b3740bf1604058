import type { CameraPose, Lens } from "./camera-pose.ts";
import type { ElevationAt } from "./elevation-grid.ts";
import { ellipseOf } from "./error-ellipse.ts";
import type { HeightAboveGround } from "./height-above-ground.ts";
import { type PlacedPixel, type PoseError, type PoseSigmas, pixelCovariance, placeWithError } from "./pixel-error.ts";
import { projectPixel } from "./project-pixel.ts";
import { heightOverTerrain } from "./terrain-height.ts";

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

/** Where a boxed thing stands, with its error; null where its pixel has no place. Over known elevations its ray is followed to the ground. */
export function placeBox(
  view: { pose: CameraPose; lens: Lens; height: HeightAboveGround; sigmas: PoseSigmas },
  box: BoxNorm,
  elevationAt: ElevationAt,
): PlacedPixel | null {
  const { lens, sigmas } = view;
  const { pixel, sigmaPx } = contactPixel(box, lens, view.pose.pitchDeg);
  // another source of height says nothing of the datum the elevations are in
  const overM = view.height.from === "elevation" ? heightOverTerrain(view.pose, lens, pixel, elevationAt) : null;
  const pose = overM === null ? view.pose : { ...view.pose, heightAboveGroundM: overM };
  const place = projectPixel(pose, lens, pixel);
  const covariance = pixelCovariance(pose, lens, pixel, sigmas);
  if (place.kind === "refused" || covariance === null) return null;
  let { nn, ne, ee } = covariance;
  for (const side of [0, 1] as const) {
    const shifted = (by: number) =>
      placeWithError(pose, lens, [pixel[0] + (side === 0 ? by : 0), pixel[1] + (side === 1 ? by : 0)], noError, sigmas);
    const [more, less] = [shifted(1), shifted(-1)];
    if (more === null || less === null) return null;
    const north = ((more[0] - less[0]) / 2) * sigmaPx[side];
    const east = ((more[1] - less[1]) / 2) * sigmaPx[side];
    nn += north * north;
    ne += north * east;
    ee += east * east;
  }
  return { ...place, ellipse: ellipseOf({ nn, ne, ee }) };
}
