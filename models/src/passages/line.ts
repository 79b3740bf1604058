import type { PointNorm } from "../geometry/box.ts";

/** Which side of the line through a and b a point lies on: positive to the right hand of somebody going from a to b (y points down). */
const side = (a: PointNorm, b: PointNorm, p: PointNorm): number =>
  (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);

/**
 * How often a step from one point to another crosses a line of any number of points: +1 for every crossing from its left to its right hand
 * side, seen from its first point on, -1 for the other way.
 */
export function crossings(line: readonly PointNorm[], from: PointNorm, to: PointNorm): number {
  let count = 0;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    if (a === undefined || b === undefined) continue;
    const [before, after] = [side(a, b, from), side(a, b, to)];
    // Half open: a point on the line lies on its right, so that a stop on it is one crossing and not two.
    if (before >= 0 === after >= 0) continue;
    const [start, end] = [side(from, to, a), side(from, to, b)];
    if (start >= 0 !== end >= 0) count += after >= 0 ? 1 : -1;
  }
  return count;
}
