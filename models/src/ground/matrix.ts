import type { Matrix9, PointM } from "./ground-fit.ts";

/** Row-major 3×3 product. */
export function multiply(a: Matrix9, b: Matrix9): number[] {
  return Array.from({ length: 9 }, (_, i) => {
    const row = i - (i % 3);
    const column = i % 3;
    return [0, 1, 2].reduce((sum, k) => sum + (a[row + k] as number) * (b[k * 3 + column] as number), 0);
  });
}

/** Inverse by the adjugate; numbers that are not finite where there is none. */
export function invert(m: Matrix9): number[] {
  const [a, b, c, d, e, f, g, h, i] = m as [number, number, number, number, number, number, number, number, number];
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    ...[e * i - f * h, c * h - b * i, b * f - c * e],
    ...[f * g - d * i, a * i - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d],
  ].map((value) => value / determinant);
}

/** Homogeneous image of a point. */
export function transform(m: Matrix9, [x, y]: PointM): [u: number, v: number, w: number] {
  const at = (i: number): number => (m[i] as number) * x + (m[i + 1] as number) * y + (m[i + 2] as number);
  return [at(0), at(3), at(6)];
}

/** Image of a point; only right where its third coordinate is positive. */
export function mapPoint(m: Matrix9, point: PointM): PointM {
  const [u, v, w] = transform(m, point);
  return [u / w, v / w];
}

/** Derivative of the image by the point, row-major 2×2. */
export function slope(m: Matrix9, point: PointM): [number, number, number, number] {
  const [u, v, w] = transform(m, point);
  const at = (i: number): number => m[i] as number;
  return [
    (at(0) - (u / w) * at(6)) / w,
    (at(1) - (u / w) * at(7)) / w,
    (at(3) - (v / w) * at(6)) / w,
    (at(4) - (v / w) * at(7)) / w,
  ];
}
