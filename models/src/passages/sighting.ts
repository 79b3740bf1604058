import { type BoxNorm, median, type PointNorm } from "../geometry/box.ts";
import type { WatchLook } from "../occupancy/clock.ts";
import { type Candidate, fitOf } from "../occupancy/spot.ts";
import type { TrackSighting } from "../tracking/index.ts";
import { leftShare, stillSightings, stillWidthsPerS } from "./settings.ts";

/** A tracked thing of a wanted role that touches the zone in one look. */
export type PlaceSighting = { candidate: Candidate; track: TrackSighting };

/**
 * One look as the rules over movement see it. Everything is in shares of the picture, masked by the scene's privacy zones.
 * `inZone`: wanted things in the zone. `all`: every tracked thing of the look. `things`: untracked candidates of other roles in the zone.
 * `hiders`: people and vehicles, which may stand before something.
 */
export type PassageLook = WatchLook & {
  inZone: readonly PlaceSighting[];
  all: readonly TrackSighting[];
  things: readonly Candidate[];
  hiders?: readonly BoxNorm[];
};

/** Middle of the lower edge: where a thing touches the ground, as far as a box tells. */
export const footOf = ([x, y, width, height]: BoxNorm): PointNorm => [x + width / 2, y + height];

export const sizeOf = (box: BoxNorm): number => Math.sqrt(Math.max(0, box[2] * box[3]));

export function footDistance(a: BoxNorm, b: BoxNorm): number {
  const [ax, ay] = footOf(a);
  const [bx, by] = footOf(b);
  return Math.hypot(ax - bx, ay - by);
}

/** Whether a box lies elsewhere than `home`, beyond what jitter, a neighbour or half a box explain. */
export const isAway = (box: BoxNorm, home: BoxNorm): boolean =>
  fitOf(box, home) === 0 && footDistance(box, home) >= leftShare * sizeOf(home);

/**
 * Way of a thing over its latest observations, shares of the picture per second; undefined while there are too few.
 * Median foot of the newer half against that of the older half: a box that is cut or swollen now and then moves nothing.
 */
export function velocityOf({ seen }: Pick<TrackSighting, "seen">): readonly [number, number] | undefined {
  if (seen.length < stillSightings) return undefined;
  const half = Math.floor(seen.length / 2);
  const at = (list: typeof seen): [number, number, number] => {
    const feet = list.map(({ boxNorm }) => footOf(boxNorm));
    return [
      median(feet.map(([x]) => x)),
      median(feet.map(([, y]) => y)),
      list.reduce((sum, { atMs }) => sum + atMs, 0) / list.length / 1000,
    ];
  };
  const [x0, y0, s0] = at(seen.slice(0, half));
  const [x1, y1, s1] = at(seen.slice(-half));
  return [(x1 - x0) / (s1 - s0), (y1 - y0) / (s1 - s0)];
}

export function isStill(track: Pick<TrackSighting, "seen">): boolean {
  const velocity = velocityOf(track);
  if (velocity === undefined) return false;
  return Math.hypot(...velocity) < stillWidthsPerS * median(track.seen.map(({ boxNorm }) => boxNorm[2]));
}
