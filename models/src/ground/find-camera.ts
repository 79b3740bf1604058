import type { GroundFit, Matrix9, PointM } from "./ground-fit.ts";
import { invert, mapPoint } from "./matrix.ts";

type Vector = readonly [number, number, number];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const times = (a: Vector, factor: number): Vector => [a[0] * factor, a[1] * factor, a[2] * factor];

/** Lenses from 14° to 110° wide: beyond, the ground did not tell the focal length (house choice). */
const focalShareMin = 0.35;
const focalShareMax = 4;
/** The two axes of the ground must come out square and equally long within this, else marks or lens do not fit the model (house choice). */
const squareMax = 0.1;

/**
 * Focal length and pose from a ground → picture homography: its first two columns are images of two directions at right angles and of
 * equal length (Zhang, IEEE TPAMI 22(11), 2000, §2.3; Hartley and Zisserman, 2nd ed., §8.8). `toPicture` is in shares of the width on both axes.
 */
export function findCamera(toPicture: Matrix9, aspect: number): GroundFit["camera"] {
  const at = (i: number): number => toPicture[i] as number;
  const column = (i: number): Vector => [at(i) - 0.5 * at(i + 6), at(i + 3) - (aspect / 2) * at(i + 6), at(i + 6)];
  const norm = Math.hypot(...column(0), ...column(1));
  const a = times(column(0), 1 / norm);
  const b = times(column(1), 1 / norm);
  const right = { slope: a[0] * b[0] + a[1] * b[1], rest: a[2] * b[2] };
  const equal = { slope: a[0] ** 2 + a[1] ** 2 - b[0] ** 2 - b[1] ** 2, rest: a[2] ** 2 - b[2] ** 2 };
  // Twice the first stands beside the second as the sine of the doubled angle beside its cosine.
  const inverseSquare =
    -(4 * right.slope * right.rest + equal.slope * equal.rest) / (4 * right.slope ** 2 + equal.slope ** 2);
  const focalShare = 1 / Math.sqrt(inverseSquare);
  if (!(focalShare >= focalShareMin && focalShare <= focalShareMax)) return null;
  const ray = (v: Vector): Vector => [v[0] / focalShare, v[1] / focalShare, v[2]];
  const [p, q, t] = [ray(column(0)), ray(column(1)), ray(column(2))];
  const [pLength, qLength] = [Math.sqrt(dot(p, p)), Math.sqrt(dot(q, q))];
  if (Math.abs(dot(p, q)) / (pLength * qLength) > squareMax || Math.abs(pLength / qLength - 1) > squareMax) return null;
  const scale = 2 / (pLength + qLength);
  const [r1, r2, shift] = [times(p, scale), times(q, scale), times(t, scale)];
  const r3 = cross(r1, r2);
  // Camera centre is −Rᵀt; its height has the sign of the side of the ground the axes of the caller call "up".
  const height = -dot(r3, shift);
  return {
    focalShare,
    heightM: Math.abs(height),
    heightSign: height < 0 ? -1 : 1,
    axes: [...r1, ...r2, ...r3],
    t: [...shift],
  };
}

/** Ground point straight below what is seen at `px` and hangs `heightM` above the ground; undefined without a camera or above it. */
export function footBelow(fit: GroundFit, [x, y]: PointM, heightM: number): PointM | undefined {
  const { camera, aspect } = fit;
  if (camera === null || heightM >= camera.heightM) return undefined;
  const z = heightM * camera.heightSign;
  const at = (i: number): number => camera.axes[i] as number;
  const shift = (i: number): number => at(6 + i) * z + (camera.t[i] as number);
  const plane = [at(0), at(3), shift(0), at(1), at(4), shift(1), at(2), at(5), shift(2)];
  const ray: PointM = [(x - 0.5) / camera.focalShare, ((y - 0.5) * aspect) / camera.focalShare];
  const foot = mapPoint(invert(plane), ray);
  const depth = at(2) * foot[0] + at(5) * foot[1] + shift(2);
  return depth > 0 && foot.every(Number.isFinite) ? foot : undefined;
}
