import type { Point, Quad } from "./picture.ts";

/**
 * A quad as it would be if the thing in it were tilted otherwise: its left edge moves by `tilt` of its height down the edge, its right edge as far
 * up, so that what is cut out by it appears with the left side up and the right side down.
 */
export function tiltQuad([a, b, c, d]: Quad, tilt: number): Quad {
  const along = (from: Point, to: Point, share: number): Point => ({
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
  });
  return [along(a, d, tilt), along(b, c, -tilt), along(c, b, tilt), along(d, a, -tilt)];
}
