import { type BoxNorm, boxArea, boxIou, coveredShare, type PointNorm, unionBox } from "../geometry/box.ts";
import { endOf } from "../occupancy/spot.ts";
import type { TrackSighting } from "../tracking/index.ts";
import type { Passage } from "./gate-state.ts";
import { footOf, sizeOf, velocityOf } from "./sighting.ts";

/** A box this much inside the whole box of a vehicle is a part of it: cab, bed. */
const partShare = 0.7;
/** A part is recognised while it is young, later it has a history of its own; the whole was seen as lately. */
const partAgeLooks = 2;

/** Where a vehicle's box is expected at an instant, from its last one and its way. */
export function expectedBox({ spot, velocity }: Passage, atMs: number): BoxNorm {
  const [x, y, width, height] = spot.anchor;
  const s = (atMs - endOf(spot)) / 1000;
  return [x + velocity[0] * s, y + velocity[1] * s, width, height];
}

/** Whether a track came up inside a vehicle that is seen, as a part of it. Something that comes out from behind it lies beside its box. */
export function isPartOf(
  { capturedAtMs, first, boxNorm }: TrackSighting,
  passage: Passage,
  lookEveryMs: number,
): boolean {
  const limitMs = (partAgeLooks + 0.5) * lookEveryMs;
  if (capturedAtMs - first.atMs > limitMs || capturedAtMs - endOf(passage.spot) > limitMs) return false;
  const whole = expectedBox(passage, capturedAtMs);
  return boxArea(boxNorm) < boxArea(whole) && coveredShare(boxNorm, whole) >= partShare;
}

/** Distance of a point from the way between two others. */
function distanceToWay(p: PointNorm, a: PointNorm, b: PointNorm): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2));
  return Math.hypot(p[0] - a[0] - along * dx, p[1] - a[1] - along * dy);
}

/** Areas of one vehicle before and after it was hidden differ at most by this factor. */
const areaRatioMax = 3;

/**
 * How far a track that began after a vehicle was last seen came up from that vehicle's way, or undefined where it cannot be the same: it
 * must come up where the vehicle was lost or on the way it was going. One that was seen elsewhere first is another, however close it follows.
 */
export function continues(track: TrackSighting, passage: Passage): number | undefined {
  const lastMs = endOf(passage.spot);
  if (passage.isOutside || track.first.atMs <= lastMs) return undefined;
  const { anchor } = passage.spot;
  const ratio = boxArea(track.first.boxNorm) / boxArea(anchor);
  if (ratio > areaRatioMax || ratio < 1 / areaRatioMax) return undefined;
  const from = footOf(anchor);
  const to = footOf(expectedBox(passage, track.first.atMs));
  const way = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const distance = distanceToWay(footOf(track.first.boxNorm), from, to);
  if (distance > 0.5 * sizeOf(anchor) + 0.25 * way) return undefined;
  const going = velocityOf(track);
  const isTurned = going !== undefined && going[0] * passage.velocity[0] + going[1] * passage.velocity[1] < 0;
  return isTurned && !passage.isStanding ? undefined : distance;
}

/** Whether a box has grown to what two vehicles' boxes were together: they were two parts of one. */
export function isUnionOf(now: BoxNorm, own: BoxNorm, other: BoxNorm): boolean {
  const union = unionBox([own, other]);
  return (
    union !== undefined &&
    boxArea(now) >= 1.3 * boxArea(own) &&
    boxIou(now, union) >= 0.6 &&
    coveredShare(other, now) >= 0.8
  );
}

/** Free ground between two boxes, as a share of the smaller one, along the picture's axes: parts of one vehicle have none. */
export function gapShare(a: BoxNorm, b: BoxNorm): number {
  const gapX = Math.max(a[0] - (b[0] + b[2]), b[0] - (a[0] + a[2]), 0) / Math.min(a[2], b[2]);
  const gapY = Math.max(a[1] - (b[1] + b[3]), b[1] - (a[1] + a[3]), 0) / Math.min(a[3], b[3]);
  return Math.max(gapX, gapY);
}
