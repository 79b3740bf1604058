import type { PointNorm } from "../geometry/box.ts";
import type { PolygonNorm } from "../geometry/polygon.ts";
import type { GroundFit, PointM } from "./ground-fit.ts";
import { picturePoint } from "./ground-point.ts";
import { mapPoint, transform } from "./matrix.ts";

/** One piece of a line of equal metres, to be drawn over the picture. */
export type GridLine = { axis: "x" | "y"; atM: number; from: PointNorm; to: PointNorm };

/** Ground farther than this share of the marks' own depth is not drawn: the lines would only blacken the horizon. */
const depthMin = 0.02;
/** More lines than a person can tell apart. */
const linesMax = 200;

/** The part of a polygon that is nearer than the drawing limit (one half-plane of Sutherland and Hodgman, CACM 17(1), 1974). */
function belowHorizon(fit: GroundFit, polygon: PolygonNorm): PointNorm[] {
  const depth = (px: PointNorm): number => transform(fit.toGround, px)[2] - depthMin;
  return polygon.flatMap((a, i) => {
    const b = polygon[(i + 1) % polygon.length] as PointNorm;
    const [da, db] = [depth(a), depth(b)];
    const t = da / (da - db);
    const crossing: PointNorm = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    return [...(da >= 0 ? [a] : []), ...(da >= 0 !== db >= 0 ? [crossing] : [])];
  });
}

/** Where the line "axis = atM" runs inside a polygon on the ground (even-odd), as stretches of the other axis. */
function stretches(polygonM: readonly PointM[], axis: 0 | 1, atM: number): [number, number][] {
  const other = axis === 0 ? 1 : 0;
  const crossings: number[] = [];
  polygonM.forEach((a, i) => {
    const b = polygonM[(i + 1) % polygonM.length] as PointM;
    if (a[axis] > atM === b[axis] > atM) return;
    crossings.push(a[other] + ((atM - a[axis]) / (b[axis] - a[axis])) * (b[other] - a[other]));
  });
  crossings.sort((a, b) => a - b);
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < crossings.length; i += 2) pairs.push([crossings[i] as number, crossings[i + 1] as number]);
  return pairs;
}

/**
 * Lines of a metre grid inside a polygon of the picture, at whole multiples of `stepM` from the calibration's origin. The step is doubled until
 * at most 200 lines are left; the one used comes back with them.
 */
export function zoneGrid(fit: GroundFit, polygon: PolygonNorm, stepM: number): { stepM: number; lines: GridLine[] } {
  const polygonM = belowHorizon(fit, polygon).map((px) => mapPoint(fit.toGround, px));
  if (polygonM.length < 3 || !(stepM > 0)) return { stepM, lines: [] };
  const range = ([0, 1] as const).map((axis) => {
    const values = polygonM.map((m) => m[axis]);
    return [Math.min(...values), Math.max(...values)] as const;
  });
  const extentM = range.reduce((sum, [from, to]) => sum + to - from, 0);
  let step = stepM;
  while (extentM / step > linesMax) step *= 2;
  const lines = ([0, 1] as const).flatMap((axis) => {
    const [from, to] = range[axis] as readonly [number, number];
    const found: GridLine[] = [];
    for (let k = Math.ceil(from / step); k * step <= to; k++)
      for (const [start, end] of stretches(polygonM, axis, k * step)) {
        const at = (value: number): PointM => (axis === 0 ? [k * step, value] : [value, k * step]);
        const [a, b] = [picturePoint(fit, at(start)), picturePoint(fit, at(end))];
        if (a !== undefined && b !== undefined)
          found.push({ axis: axis === 0 ? "x" : "y", atM: k * step, from: a, to: b });
      }
    return found;
  });
  return { stepM: step, lines };
}
