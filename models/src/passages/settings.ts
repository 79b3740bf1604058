import type { PointNorm } from "../geometry/box.ts";
import type { OccupancySettings } from "../occupancy/settings.ts";

/** How a place is watched for things that move: as one for things that stand, and the line across it, if any, shares of the picture. */
export type PassageSettings = OccupancySettings & { line?: readonly PointNorm[] };

/** Below this speed a thing stands: box widths per second (a car across the picture: 0.7 m/s, slower than anybody walks). */
export const stillWidthsPerS = 0.15;
/** Least observations that can tell standing from moving. */
export const stillSightings = 3;
/** A thing has left a place when its box no longer fits there and its foot lies this share of its size away. */
export const leftShare = 0.35;
/** Sightings elsewhere that prove it: one may be a swollen box. */
export const leftSightings = 2;
/** Something that stands this long where things pass, from the first look on, is scenery (a van parked at the gate). */
export const sceneryMs = 120_000;
/** A vehicle that stood when it was last seen is expected at the same spot this long, hidden or not. */
export const standingHoldMs = 120_000;
