import type { BoxNorm } from "./box.ts";
import type { ContactBand } from "./contact-bands.ts";
import { boxShareInPolygon, type PolygonNorm } from "./polygon.ts";

/**
 * The part of the picture that stands for the ground a thing takes: full width of its box, between the lines of the band.
 * A zone is a piece of ground, so the picture above the ground must not count: the roof of a van "covers" the shop behind it.
 */
export function groundContactBand([x, y, width, height]: BoxNorm, { fromShare, toShare }: ContactBand): BoxNorm {
  return [x, y + height * fromShare, width, height * (toShare - fromShare)];
}

/** Share of the ground-contact band that lies in the zone, 0..1. */
export function groundContactShare(box: BoxNorm, band: ContactBand, zone: PolygonNorm): number {
  return boxShareInPolygon(groundContactBand(box, band), zone);
}
