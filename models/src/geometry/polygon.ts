import type { BoxNorm, PointNorm } from "./box.ts";

/** Closed polygon, at least three points, not repeated at the end. */
export type PolygonNorm = readonly PointNorm[];

/** Area by the shoelace formula; never negative, whatever the direction of the points. */
export function polygonArea(polygon: PolygonNorm): number {
  let twice = 0;
  for (let i = 0; i < polygon.length; i++) {
    const a = polygon[i] as PointNorm;
    const b = polygon[(i + 1) % polygon.length] as PointNorm;
    twice += a[0] * b[1] - b[0] * a[1];
  }
  return Math.abs(twice) / 2;
}

/** Centre of the area; the mean of the corners where the area is nil. */
export function polygonCentroid(polygon: PolygonNorm): PointNorm {
  let [twice, x, y] = [0, 0, 0];
  // From the first corner, so that small areas far from the origin keep their digits.
  const [x0, y0] = polygon[0] as PointNorm;
  for (let i = 0; i < polygon.length; i++) {
    const [ax, ay] = polygon[i] as PointNorm;
    const [bx, by] = polygon[(i + 1) % polygon.length] as PointNorm;
    const cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
    twice += cross;
    x += cross * (ax + bx - 2 * x0);
    y += cross * (ay + by - 2 * y0);
  }
  if (Math.abs(twice) > 1e-12) return [x0 + x / (3 * twice), y0 + y / (3 * twice)];
  const mean = (axis: 0 | 1): number => polygon.reduce((sum, p) => sum + p[axis], 0) / polygon.length;
  return [mean(0), mean(1)];
}

/** Even-odd test; a point exactly on an edge may fall on either side. */
export function polygonContains(polygon: PolygonNorm, point: PointNorm): boolean {
  let inside = false;
  for (let i = 0; i < polygon.length; i++) {
    const a = polygon[i] as PointNorm;
    const b = polygon[(i + 1) % polygon.length] as PointNorm;
    if (a[1] > point[1] === b[1] > point[1]) continue;
    if (point[0] < ((b[0] - a[0]) * (point[1] - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

/** Cuts off what lies beyond one axis-parallel line (one step of Sutherland and Hodgman, CACM 17(1), 1974). */
function cut(polygon: PolygonNorm, axis: 0 | 1, limit: number, keepBelow: boolean): PolygonNorm {
  const kept: PointNorm[] = [];
  for (let i = 0; i < polygon.length; i++) {
    const a = polygon[i] as PointNorm;
    const b = polygon[(i + 1) % polygon.length] as PointNorm;
    const aIn = keepBelow ? a[axis] <= limit : a[axis] >= limit;
    const bIn = keepBelow ? b[axis] <= limit : b[axis] >= limit;
    if (aIn) kept.push(a);
    if (aIn === bIn) continue;
    const share = (limit - a[axis]) / (b[axis] - a[axis]);
    const other = axis === 0 ? a[1] + share * (b[1] - a[1]) : a[0] + share * (b[0] - a[0]);
    kept.push(axis === 0 ? [limit, other] : [other, limit]);
  }
  return kept;
}

/** The part of a polygon inside a box. A concave polygon may come back joined by zero-width bridges: its area is still right. */
export function clipPolygonToBox(polygon: PolygonNorm, box: BoxNorm): PolygonNorm {
  const left = cut(polygon, 0, box[0], false);
  const right = cut(left, 0, box[0] + box[2], true);
  const top = cut(right, 1, box[1], false);
  return cut(top, 1, box[1] + box[3], true);
}

/** Share of a box that a polygon covers, 0..1. */
export function boxShareInPolygon(box: BoxNorm, polygon: PolygonNorm): number {
  const area = Math.max(0, box[2]) * Math.max(0, box[3]);
  return area > 0 ? Math.min(1, polygonArea(clipPolygonToBox(polygon, box)) / area) : 0;
}

/** Cuts off what lies to the right of the line from `from` to `to`, seen along it with y upwards. */
function cutBeside(polygon: PolygonNorm, from: PointNorm, to: PointNorm): PolygonNorm {
  const sideOf = (p: PointNorm): number => (to[0] - from[0]) * (p[1] - from[1]) - (to[1] - from[1]) * (p[0] - from[0]);
  const kept: PointNorm[] = [];
  for (let i = 0; i < polygon.length; i++) {
    const a = polygon[i] as PointNorm;
    const b = polygon[(i + 1) % polygon.length] as PointNorm;
    const [sideA, sideB] = [sideOf(a), sideOf(b)];
    if (sideA >= 0) kept.push(a);
    if (sideA >= 0 === sideB >= 0) continue;
    const share = sideA / (sideA - sideB);
    kept.push([a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]);
  }
  return kept;
}

/** Share of a convex polygon that another one covers, 0..1; either direction of points. The other may be concave. */
export function convexShareInPolygon(convex: PolygonNorm, polygon: PolygonNorm): number {
  const area = polygonArea(convex);
  if (!(area > 0)) return 0;
  const centre = polygonCentroid(convex);
  let part = polygon;
  for (let i = 0; i < convex.length && part.length > 0; i++) {
    const a = convex[i] as PointNorm;
    const b = convex[(i + 1) % convex.length] as PointNorm;
    const isLeft = (b[0] - a[0]) * (centre[1] - a[1]) - (b[1] - a[1]) * (centre[0] - a[0]) >= 0;
    part = isLeft ? cutBeside(part, a, b) : cutBeside(part, b, a);
  }
  return part.length < 3 ? 0 : Math.min(1, polygonArea(part) / area);
}
