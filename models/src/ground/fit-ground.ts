import { Matrix } from "ml-matrix";
import type { PointNorm } from "../geometry/box.ts";
import { problemOfMarks } from "./check-marks.ts";
import { estimateHomography, type Homography, type MarkPair } from "./estimate-homography.ts";
import { findCamera } from "./find-camera.ts";
import {
  type GroundFit,
  markingLimitShare,
  type PointM,
  residualShareMax,
  type Sentence,
  sigmaOfLimit,
  tapeLimitM,
} from "./ground-fit.ts";
import { invert, mapPoint, multiply, transform } from "./matrix.ts";

/** One point of `scene.calibration.points`: picture shares (may lie a little outside the picture) and metres. */
export type Mark = { px: PointNorm; m: PointM };

export type FitResult = { kind: "ok"; fit: GroundFit } | { kind: "bad"; text: Sentence };

const sigma = { pictureShare: sigmaOfLimit(markingLimitShare), groundM: sigmaOfLimit(tapeLimitM) };
/** A street camera; used where nothing says how large the picture is. */
const usualSize = { widthPx: 1920, heightPx: 1080 };

/** Covariance of the numbers of `toGround` = scale · (P⁻¹ F G)⁻¹ · D, first order: d(M⁻¹) = −M⁻¹ dM M⁻¹. */
function covarianceOf(found: Homography, toGround: readonly number[]): number[] {
  const left = multiply(invert(found.toPicture), invert(found.pictureFrame));
  const right = multiply(found.groundFrame, toGround);
  const jacobian = new Matrix(9, 8);
  for (let k = 0; k < 8; k++) {
    const unit = Array.from({ length: 9 }, (_, i) => (i === k ? 1 : 0));
    multiply(multiply(left, unit), right).forEach((value, i) => {
      jacobian.set(i, k, -value);
    });
  }
  return jacobian.mmul(found.covariance).mmul(jacobian.transpose()).to1DArray();
}

type Plain = Pick<GroundFit, "toGround" | "residual"> & { found: Homography };

/** The fit without what needs further fits; a sentence where the marks fold the ground over. */
function fitPlain(marks: readonly Mark[], aspect: number): Plain | Sentence {
  const pairs = marks.map(({ px, m }): MarkPair => ({ m, u: [px[0], px[1] * aspect] }));
  const text = problemOfMarks(
    pairs.map((pair) => pair.u),
    pairs.map((pair) => pair.m),
  );
  if (text !== undefined) return text;
  const found = estimateHomography(pairs, sigma);
  if (found === undefined)
    return {
      zh: "这些标定点不足以确定地面：请把点分散到画面的更大范围",
      en: "these marks do not fix the ground: spread them over more of the picture",
    };
  const unscaled = multiply(invert(found.toPicture), [1, 0, 0, 0, aspect, 0, 0, 0, 1]);
  const depths = marks.map(({ px }) => transform(unscaled, px)[2]);
  const mean = depths.reduce((sum, w) => sum + w, 0) / depths.length;
  if (!depths.every((w) => w / mean > 0))
    return {
      zh: "标定点的次序自相矛盾（地面被折叠）：很可能有两个点互相填反了",
      en: "the marks contradict each other (the ground would be folded over): two of them are probably exchanged",
    };
  const toGround = unscaled.map((value) => value / mean);
  const offM = marks.map(({ px, m }) => distance(mapPoint(toGround, px), m));
  const offShare = pairs.map(({ m, u }) => distance(mapPoint(found.toPicture, m), u));
  const residual = {
    rmsM: rootMeanSquare(offM),
    maxM: Math.max(...offM),
    rmsShare: rootMeanSquare(offShare),
    maxShare: Math.max(...offShare),
  };
  return { toGround, residual, found };
}

const distance = (a: PointM, b: PointM): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

const without = (marks: readonly Mark[], i: number): Mark[] => marks.filter((_, other) => other !== i);

/** Each mark found from all others, metres; null where the others fix nothing. */
function leaveOneOut(marks: readonly Mark[], aspect: number): GroundFit["leaveOneOut"] {
  if (marks.length < 5) return null;
  const offM = marks.flatMap(({ px, m }, i) => {
    const others = fitPlain(without(marks, i), aspect);
    if (!("found" in others) || transform(others.toGround, px)[2] <= 0) return [];
    return [distance(mapPoint(others.toGround, px), m)];
  });
  return offM.length === 0 ? null : { rmsM: rootMeanSquare(offM), maxM: Math.max(...offM) };
}

/** Which mark is to blame when marks do not fit: the one without which the rest fit best. Five marks cannot tell: any four fit. */
function worstMark(marks: readonly Mark[], aspect: number): number | undefined {
  if (marks.length < 6) return undefined;
  const rest = marks.map((_, i) => {
    const others = fitPlain(without(marks, i), aspect);
    return "found" in others ? others.residual.rmsShare : Number.POSITIVE_INFINITY;
  });
  return rest.indexOf(Math.min(...rest));
}

/**
 * Ground of a source from its marks: the homography picture → metres with its errors, as plain JSON. `pictureSize` is the upright size;
 * left out, 16:9. Refuses in one sentence what does not fix one flat ground. Axes of either handedness are taken: many people measure
 * "y towards the camera", and no distance depends on it.
 */
export function fitGround(
  marks: readonly Mark[],
  pictureSize: { widthPx: number; heightPx: number } = usualSize,
): FitResult {
  const aspect = pictureSize.heightPx / pictureSize.widthPx;
  const plain = fitPlain(marks, aspect);
  if (!("found" in plain)) return { kind: "bad", text: plain };
  const { toGround, residual, found } = plain;
  if (residual.rmsShare > residualShareMax) {
    const worst = worstMark(marks, aspect);
    const percent = (residual.rmsShare * 100).toFixed(1);
    const zh = worst === undefined ? "" : `；第 ${worst + 1} 个点最可疑`;
    const en = worst === undefined ? "" : `; mark ${worst + 1} is the likeliest to be wrong`;
    return {
      kind: "bad",
      text: {
        zh: `标定点不在同一平整地面上：平均偏差为画面宽度的 ${percent}%${zh}`,
        en: `the marks do not fit one flat ground: they are off by ${percent} % of the picture width${en}`,
      },
    };
  }
  return {
    kind: "ok",
    fit: {
      toGround,
      toPicture: invert(toGround),
      covariance: covarianceOf(found, toGround),
      aspect,
      markCount: marks.length,
      residual,
      leaveOneOut: leaveOneOut(marks, aspect),
      widening: found.widening,
      camera: findCamera(found.toPicture, aspect),
    },
  };
}
