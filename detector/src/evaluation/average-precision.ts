import type { Detection, Role } from "@mingcha/models/scene";
import { type Judged, matchBoxes, type TrueBox } from "./match-boxes.ts";

/**
 * Area under the interpolated precision–recall curve, 0..1: at every recall the best precision reached there or further on, all points, as
 * the PASCAL VOC development kit of 2010 and later computes it (Everingham et al., IJCV 2015, §4.2). `judged` of all pictures together, without
 * those ignored; NaN where there is no true box.
 */
export function averagePrecision(judged: readonly Pick<Judged, "score" | "verdict">[], truths: number): number {
  if (truths === 0) return Number.NaN;
  let right = 0;
  const points = [...judged]
    .sort((a, b) => b.score - a.score)
    .map(({ verdict }, i) => {
      if (verdict === "right") right++;
      return { recall: right / truths, precision: right / (i + 1) };
    });
  let area = 0;
  let best = 0;
  for (let i = points.length - 1; i >= 0; i--) {
    const point = points[i] as (typeof points)[number];
    best = Math.max(best, point.precision);
    area += best * (point.recall - (points[i - 1]?.recall ?? 0));
  }
  return area;
}

export type RoleAp = { role: Role; truths: number; ap50: number };

/** Average precision at IoU 0.5 of each role, over the pictures of a set; roles without a true box are left out. */
export function apPerRole(
  pictures: readonly { truths: readonly TrueBox[]; detections: readonly Detection[] }[],
  roles: readonly Role[],
): RoleAp[] {
  const judged = pictures.flatMap(({ truths, detections }) => matchBoxes(truths, detections));
  return roles.flatMap((role) => {
    const truths = pictures.flatMap((picture) => picture.truths).filter((t) => t.role === role && !t.isCrowd).length;
    const own = judged.filter((one) => one.role === role && one.verdict !== "ignored");
    return truths === 0 ? [] : [{ role, truths, ap50: averagePrecision(own, truths) }];
  });
}
