import { Matrix, SVD, solve } from "ml-matrix";
import type { Matrix9, PointM } from "./ground-fit.ts";
import { invert, mapPoint, multiply, slope, transform } from "./matrix.ts";

/** The same point on the ground (metres) and in the picture (shares of its width on both axes: square pixels). */
export type MarkPair = { m: PointM; u: PointM };

export type Homography = {
  /** Metres → picture, shares of the width on both axes. */
  toPicture: Matrix9;
  /** Covariance of the eight free numbers in the balanced frames, already widened. */
  covariance: Matrix;
  /** Balanced frames: `toPicture` = inverse(`pictureFrame`) · free numbers · `groundFrame`. */
  pictureFrame: Matrix9;
  groundFrame: Matrix9;
  widening: number;
};

/** Moves the centre of points to the origin and their mean distance to √2 (Hartley and Zisserman, 2nd ed., §4.4.4). */
export function balance(points: readonly PointM[]): Matrix9 {
  const x = points.reduce((sum, p) => sum + p[0], 0) / points.length;
  const y = points.reduce((sum, p) => sum + p[1], 0) / points.length;
  const spread = points.reduce((sum, p) => sum + Math.hypot(p[0] - x, p[1] - y), 0) / points.length;
  const scale = Math.SQRT2 / spread;
  return [scale, 0, -scale * x, 0, scale, -scale * y, 0, 0, 1];
}

/** Direct linear transformation (same book, §4.1): the null vector, and how far the next singular value is from zero. */
function directLinear(pairs: readonly MarkPair[]): { matrix: number[]; condition: number } {
  const rows = pairs.flatMap(({ m: [x, y], u: [p, q] }) => [
    [0, 0, 0, -x, -y, -1, q * x, q * y, q],
    [x, y, 1, 0, 0, 0, -p * x, -p * y, -p],
  ]);
  // Four pairs give eight rows; the ninth lets the decomposition carry the null vector too.
  while (rows.length < 9) rows.push(new Array<number>(9).fill(0));
  const svd = new SVD(new Matrix(rows), { computeLeftSingularVectors: false });
  const order = svd.diagonal.map((value, i) => ({ value, i })).sort((a, b) => b.value - a.value);
  const matrix = svd.rightSingularVectors.getColumn((order[8] as { i: number }).i);
  return { matrix, condition: (order[7] as { value: number }).value / (order[0] as { value: number }).value };
}

/** Inverse Cholesky factor of a symmetric 2×2 matrix: turns residuals of that covariance into ones of sigma 1. */
function whitenerOf([a, b, c]: readonly [xx: number, xy: number, yy: number]): [number, number, number] {
  const l11 = Math.sqrt(a);
  const l21 = b / l11;
  const l22 = Math.sqrt(c - l21 * l21);
  return [1 / l11, -l21 / (l11 * l22), 1 / l22];
}

/** Residuals and their derivatives by the eight free numbers, each mark weighed by its own error in both planes (§4.2.6, first order). */
function linearise(g: readonly number[], pairs: readonly MarkPair[], sigma: { picture: number; ground: number }) {
  const residuals: number[] = [];
  const rows: number[][] = [];
  const matrix = [...g, 1];
  for (const { m, u } of pairs) {
    const [p, q, w] = transform(matrix, m);
    const [a, b, c, d] = slope(matrix, m);
    const s = sigma.ground ** 2;
    const [w11, w21, w22] = whitenerOf([
      sigma.picture ** 2 + s * (a * a + b * b),
      s * (a * c + b * d),
      sigma.picture ** 2 + s * (c * c + d * d),
    ]);
    const dx = u[0] - p / w;
    const dy = u[1] - q / w;
    const jx = [m[0] / w, m[1] / w, 1 / w, 0, 0, 0, (-p / w / w) * m[0], (-p / w / w) * m[1]];
    const jy = [0, 0, 0, m[0] / w, m[1] / w, 1 / w, (-q / w / w) * m[0], (-q / w / w) * m[1]];
    residuals.push(w11 * dx, w21 * dx + w22 * dy);
    rows.push(
      jx.map((value) => w11 * value),
      jx.map((value, k) => w21 * value + w22 * (jy[k] as number)),
    );
  }
  return { residuals, jacobian: new Matrix(rows) };
}

const stepsMax = 30;

/**
 * Ground → picture by the normalised direct linear transformation, then, with more than four marks, Gauss-Newton on the reprojection error.
 * The covariance is (JᵀJ)⁻¹ of the whitened residuals (§5.2.2), widened by χ² per degree of freedom where the marks fit worse than assumed.
 * Undefined where the marks do not fix the eight numbers.
 */
export function estimateHomography(
  pairs: readonly MarkPair[],
  sigma: { pictureShare: number; groundM: number },
): Homography | undefined {
  const groundFrame = balance(pairs.map((pair) => pair.m));
  const pictureFrame = balance(pairs.map((pair) => pair.u));
  const balanced = pairs.map(({ m, u }) => ({ m: mapPoint(groundFrame, m), u: mapPoint(pictureFrame, u) }));
  const first = directLinear(balanced);
  const last = first.matrix[8] as number;
  // Singular values of well spread marks lie within two decades; a third one means three of four on a line.
  if (!(first.condition > 1e-3) || Math.abs(last) < 1e-9) return undefined;
  let free = first.matrix.slice(0, 8).map((value) => value / last);
  const scaled = {
    picture: sigma.pictureShare * (pictureFrame[0] as number),
    ground: sigma.groundM * (groundFrame[0] as number),
  };
  for (let step = 0; pairs.length > 4 && step < stepsMax; step++) {
    const { residuals, jacobian } = linearise(free, balanced, scaled);
    const change = solve(jacobian, Matrix.columnVector(residuals)).getColumn(0);
    free = free.map((value, k) => value + (change[k] as number));
    if (Math.max(...change.map(Math.abs)) < 1e-10) break;
  }
  const { residuals, jacobian } = linearise(free, balanced, scaled);
  const chiSquare = residuals.reduce((sum, r) => sum + r * r, 0);
  const freedom = 2 * pairs.length - 8;
  const widening = freedom > 0 ? Math.sqrt(Math.max(1, chiSquare / freedom)) : 1;
  const information = jacobian.transpose().mmul(jacobian);
  const covariance = solve(information, Matrix.eye(8)).mul(widening ** 2);
  const toPicture = multiply(multiply(invert(pictureFrame), [...free, 1]), groundFrame);
  if (![...toPicture, ...covariance.to1DArray()].every(Number.isFinite)) return undefined;
  return { toPicture, covariance, pictureFrame, groundFrame, widening };
}
