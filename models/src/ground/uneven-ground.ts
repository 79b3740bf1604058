import { type CameraPose, type Lens, movedBy, rayOf } from "./camera-pose.ts";
import type { Elevation } from "./elevation-grid.ts";
import type { Covariance2 } from "./error-ellipse.ts";
import { riseOf, type Slope } from "./ground-slope.ts";
import { heightOverTerrain } from "./terrain-height.ts";

/** Standard deviations to each side at which the ground is looked at beyond its slope: where the ellipse of 95 % ends, nearly. */
const sideSigmas = 2;
/** Error along the sight that is this many times that on the slope has no ellipse any more: the ray may as well pass over a crest (house rule). */
const widerMax = 3;

/**
 * Error of a place where the ground is no plane: rays that are off by two standard deviations along the line of sight are followed to the ground as
 * it is known, and the error along the sight is as many times larger as the farther of them comes down farther away than it would on the slope.
 * `frame`: the camera over the ground straight below it. Null where one of them goes over a crest and comes down far beyond, or nowhere known.
 */
export function onUnevenGround(
  { nn, ne, ee }: Covariance2,
  frame: CameraPose,
  lens: Lens,
  pixel: readonly [number, number],
  slope: Slope,
  elevation: Elevation,
): Covariance2 | null {
  const [north, east, down] = rayOf(frame, lens, pixel);
  const flatM = Math.hypot(north, east);
  // straight down there is no line of sight along the ground
  if (flatM < down * 1e-6) return { nn, ne, ee };
  const [n, e] = [north / flatM, east / flatM];
  const alongM = sideSigmas * Math.sqrt(nn * n * n + 2 * ne * n * e + ee * e * e);
  // a ray moved sideways by c comes down c·d/(d + g·r) away on the slope
  const shiftM = (alongM * (down + riseOf(slope, [north, east]))) / down;
  const meets = meetsAt(frame, lens, pixel, elevation);
  const middleM = meets(0, [n, e]);
  const [more, less] = [meets(shiftM, [n, e]), meets(-shiftM, [n, e])];
  if (middleM === null || more === null || less === null) return null;
  const wider = Math.max(1, Math.abs(more - middleM) / alongM, Math.abs(less - middleM) / alongM);
  if (wider > widerMax) return null;
  const added = ((wider * wider - 1) * alongM * alongM) / (sideSigmas * sideSigmas);
  return { nn: nn + added * n * n, ne: ne + added * n * e, ee: ee + added * e * e };
}

/** How far along the sight from the camera the ray of one moved by so many metres that way, at its own altitude, comes down. */
const meetsAt =
  (frame: CameraPose, lens: Lens, pixel: readonly [number, number], elevation: Elevation) =>
  (shiftM: number, [n, e]: readonly [number, number]): number | null => {
    const there = movedBy(frame, shiftM * n, shiftM * e);
    const [here, below] = [elevation.at(frame), elevation.at(there)];
    if (here === null || below === null) return null;
    const heightAboveGroundM = here.elevationM + frame.heightAboveGroundM - below.elevationM;
    const overM = heightOverTerrain({ ...frame, ...there, heightAboveGroundM }, lens, pixel, elevation);
    if (overM === null) return null;
    const [north, east, down] = rayOf(frame, lens, pixel);
    return shiftM + (overM * Math.hypot(north, east)) / down;
  };
