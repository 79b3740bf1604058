import type { BoxNorm } from "./box.ts";
import { boxShareInPolygon, type PolygonNorm } from "./polygon.ts";

/**
 * The part of a box that touches the ground: its lowest `bandShare` of the height, full width.
 * A zone is a piece of ground, so the picture above the ground must not count: the roof of a van "covers" the shop behind it.
 */
export function groundContactBand(box: BoxNorm, bandShare: number): BoxNorm {
  const height = box[3] * bandShare;
  return [box[0], box[1] + box[3] - height, box[2], height];
}

/** Share of the ground-contact band that lies in the zone, 0..1. */
export function groundContactShare(box: BoxNorm, bandShare: number, zone: PolygonNorm): number {
  return boxShareInPolygon(groundContactBand(box, bandShare), zone);
}
