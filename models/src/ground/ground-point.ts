import type { PointNorm } from "../geometry/box.ts";
import { coverage, type GroundFit, markingLimitShare, type PointM, sigmaOfLimit } from "./ground-fit.ts";
import { mapPoint, slope, transform } from "./matrix.ts";

/** 2×9 derivative of a ground point by the numbers of `toGround`, rows x and y. */
function derivativeByFit(fit: GroundFit, [x, y]: PointNorm): [readonly number[], readonly number[]] {
  const [u, v, w] = transform(fit.toGround, [x, y]);
  const [mx, my] = [u / w, v / w];
  return [
    [x / w, y / w, 1 / w, 0, 0, 0, (-mx * x) / w, (-mx * y) / w, -mx / w],
    [0, 0, 0, x / w, y / w, 1 / w, (-my * x) / w, (-my * y) / w, -my / w],
  ];
}

/** Derivative of n·(ground point) by the numbers of `toGround`: errors of the fit that two points share cancel where these are subtracted. */
export function fitGradient(fit: GroundFit, px: PointNorm, [nx, ny]: PointM): number[] {
  const [ofX, ofY] = derivativeByFit(fit, px);
  return ofX.map((value, i) => nx * value + ny * (ofY[i] as number));
}

/** gᵀ Σ g with the covariance of the fit. */
export function fitVariance(fit: GroundFit, gradient: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < 9; i++)
    for (let j = 0; j < 9; j++)
      sum += (gradient[i] as number) * (gradient[j] as number) * (fit.covariance[i * 9 + j] as number);
  return Math.max(0, sum);
}

/** Variance of n·(ground point) from the point's own error in the picture, sigmas in shares of the width (x) and of the width (y). */
export function pointVariance(fit: GroundFit, px: PointNorm, [nx, ny]: PointM, sigma: PointM): number {
  const [a, b, c, d] = slope(fit.toGround, px);
  return ((nx * a + ny * c) * sigma[0]) ** 2 + (((nx * b + ny * d) * sigma[1]) / fit.aspect) ** 2;
}

/**
 * Is the point so near the horizon that its own error may lift it above? Three sigmas: beyond, first-order propagation says nothing
 * true any more. Also true above the horizon.
 */
export function isTooFar(fit: GroundFit, px: PointNorm, sigmaShare: number): boolean {
  const w = transform(fit.toGround, px)[2];
  const p = fit.toGround[6] as number;
  const q = fit.toGround[7] as number;
  const own = (p * sigmaShare) ** 2 + ((q * sigmaShare) / fit.aspect) ** 2;
  const shared = fitVariance(fit, [0, 0, 0, 0, 0, 0, px[0], px[1], 1]);
  return !(w > 3 * Math.sqrt(own + shared));
}

/**
 * Where a picture point lies on the ground, and how far it may be off. Undefined at, above or too near the horizon.
 * Σ = J_h Σ_h J_hᵀ + J_x Σ_x J_xᵀ (Hartley and Zisserman, 2nd ed., §5.2.6: point transfer): the error of the marks, widened by their
 * residual, and that of the point itself. `errorM` is twice the longer half axis of the ellipse.
 * @param limitShare how far the point itself may be off in the picture, shares of the width
 */
export function groundPoint(
  fit: GroundFit,
  px: PointNorm,
  limitShare = markingLimitShare,
): { m: PointM; errorM: number } | undefined {
  const sigma = sigmaOfLimit(limitShare);
  if (isTooFar(fit, px, sigma)) return undefined;
  const variance = (n: PointM): number =>
    fitVariance(fit, fitGradient(fit, px, n)) + pointVariance(fit, px, n, [sigma, sigma]);
  const xx = variance([1, 0]);
  const yy = variance([0, 1]);
  const diagonal = variance([Math.SQRT1_2, Math.SQRT1_2]);
  const xy = diagonal - (xx + yy) / 2;
  const longest = (xx + yy) / 2 + Math.hypot((xx - yy) / 2, xy);
  return { m: mapPoint(fit.toGround, px), errorM: coverage * Math.sqrt(longest) };
}

/** Where a ground point is seen, shares of the picture (may lie outside it); undefined behind the camera. */
export function picturePoint(fit: GroundFit, m: PointM): PointNorm | undefined {
  return transform(fit.toPicture, m)[2] > 0 ? mapPoint(fit.toPicture, m) : undefined;
}
