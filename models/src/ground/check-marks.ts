import { balance } from "./estimate-homography.ts";
import type { PointM, Sentence } from "./ground-fit.ts";
import { mapPoint } from "./matrix.ts";

/** Smallest height of the four triangles of four points: near zero where three lie on a line. */
function flatness(points: readonly PointM[]): number {
  const heights = points.map((_, skipped) => {
    const [a, b, c] = points.filter((_point, i) => i !== skipped) as [PointM, PointM, PointM];
    const twiceArea = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
    const longest = Math.max(
      Math.hypot(b[0] - a[0], b[1] - a[1]),
      Math.hypot(c[0] - b[0], c[1] - b[1]),
      Math.hypot(a[0] - c[0], a[1] - c[1]),
    );
    return longest > 0 ? twiceArea / longest : 0;
  });
  return Math.min(...heights);
}

/** Heights below this, where the mean distance from the centre is √2, count as "on one line" (house choice: 2 % of the spread). */
const flatnessMin = 0.03;

/** Are there four points of which no three lie on a line? Only these fix a homography (Hartley and Zisserman, 2nd ed., §4.1.3). */
function hasFourFree(points: readonly PointM[]): boolean {
  const frame = balance(points);
  const balanced = points.map((point) => mapPoint(frame, point));
  const count = balanced.length;
  const at = (i: number): PointM => balanced[i] as PointM;
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++)
      for (let c = b + 1; c < count; c++)
        for (let d = c + 1; d < count; d++) if (flatness([at(a), at(b), at(c), at(d)]) >= flatnessMin) return true;
  return false;
}

/** More marks than a person sets; four of twenty are 4,845 quadruples. */
const marksMax = 20;

/** Why these marks cannot fix the ground, before anything is computed; undefined where nothing speaks against them. */
export function problemOfMarks(picture: readonly PointM[], ground: readonly PointM[]): Sentence | undefined {
  const count = picture.length;
  if (count < 4)
    return {
      zh: `标定需要至少四个点，现有 ${count} 个`,
      en: `calibration needs at least four marks, there are ${count}`,
    };
  if (count > marksMax)
    return {
      zh: `标定点不应超过 ${marksMax} 个，现有 ${count} 个`,
      en: `calibration takes at most ${marksMax} marks, there are ${count}`,
    };
  if (![...picture, ...ground].flat().every(Number.isFinite))
    return { zh: "标定点含有无效数字", en: "a calibration mark holds a number that is not finite" };
  const same = (points: readonly PointM[]): boolean =>
    points.some((a, i) => points.some((b, j) => j > i && Math.hypot(a[0] - b[0], a[1] - b[1]) < 1e-6));
  if (same(picture) || same(ground))
    return { zh: "两个标定点落在同一位置", en: "two calibration marks lie at the same spot" };
  if (!hasFourFree(picture))
    return {
      zh: "标定点在画面中几乎共线：需要四个点，其中任意三点不在一条直线上",
      en: "the marks lie almost on one line in the picture: four are needed of which no three are on a line",
    };
  if (!hasFourFree(ground))
    return {
      zh: "标定点的米制坐标几乎共线：需要四个点，其中任意三点不在一条直线上",
      en: "the marks lie almost on one line on the ground: four are needed of which no three are on a line",
    };
  return undefined;
}
