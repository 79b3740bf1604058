/** Axis-aligned box [x, y, width, height] in shares of the picture, 0..1, origin top left. */
export type BoxNorm = readonly [x: number, y: number, width: number, height: number];

/** Point [x, y] in shares of the picture, 0..1, origin top left. */
export type PointNorm = readonly [x: number, y: number];

export const boxArea = (box: BoxNorm): number => Math.max(0, box[2]) * Math.max(0, box[3]);

/** Area shared by two boxes, in squared shares of the picture. */
export function intersectionArea(a: BoxNorm, b: BoxNorm): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Intersection over union, 0..1. */
export function boxIou(a: BoxNorm, b: BoxNorm): number {
  const shared = intersectionArea(a, b);
  const union = boxArea(a) + boxArea(b) - shared;
  return union > 0 ? shared / union : 0;
}

/** Share of `inner` that lies inside `outer`, 0..1. */
export function coveredShare(inner: BoxNorm, outer: BoxNorm): number {
  const area = boxArea(inner);
  return area > 0 ? intersectionArea(inner, outer) / area : 0;
}

/** Smallest box around all given boxes; undefined for none. */
export function unionBox(boxes: readonly BoxNorm[]): BoxNorm | undefined {
  if (boxes.length === 0) return undefined;
  const left = Math.min(...boxes.map((b) => b[0]));
  const top = Math.min(...boxes.map((b) => b[1]));
  const right = Math.max(...boxes.map((b) => b[0] + b[2]));
  const bottom = Math.max(...boxes.map((b) => b[1] + b[3]));
  return [left, top, right - left, bottom - top];
}

/** Middle value; the lower one of two, so that a median is always a value that occurred. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
}

/** Box whose four edges are the medians of the edges: one box that was cut or swollen by a passer-by does not move it. */
export function medianBox(boxes: readonly BoxNorm[]): BoxNorm {
  const left = median(boxes.map((b) => b[0]));
  const top = median(boxes.map((b) => b[1]));
  const right = median(boxes.map((b) => b[0] + b[2]));
  const bottom = median(boxes.map((b) => b[1] + b[3]));
  return [left, top, right - left, bottom - top];
}
