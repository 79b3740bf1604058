import { type BoxNorm, boxIou, coveredShare, type Detection, type Role } from "@mingcha/models/scene";

export type TrueBox = { role: Role; boxNorm: BoxNorm; isCrowd: boolean };

/** What became of one detection: it found a true box, found none, or lies on a crowd and counts neither way. */
export type Judged = { role: Role; score: number; verdict: "right" | "wrong" | "ignored" };

/** A box is right when it overlaps a free true box of its role by half (PASCAL VOC). */
export const rightIou = 0.5;

/**
 * Judges the detections of one picture, best scores first: each takes the free true box of its role it overlaps most. What is left lies on
 * a crowd where half of it does (as pycocotools measures crowds: shared area ÷ area of the detection); a crowd takes any number.
 */
export function matchBoxes(truths: readonly TrueBox[], detections: readonly Detection[]): Judged[] {
  const free = new Set(truths.filter((truth) => !truth.isCrowd));
  const crowds = truths.filter((truth) => truth.isCrowd);
  const judged: Judged[] = [];
  for (const { role, score, boxNorm } of [...detections].sort((a, b) => b.score - a.score)) {
    if (role === null) continue;
    const [best] = [...free]
      .filter((truth) => truth.role === role && boxIou(truth.boxNorm, boxNorm) >= rightIou)
      .sort((a, b) => boxIou(b.boxNorm, boxNorm) - boxIou(a.boxNorm, boxNorm));
    if (best !== undefined) free.delete(best);
    const isOnCrowd = crowds.some((crowd) => crowd.role === role && coveredShare(boxNorm, crowd.boxNorm) >= rightIou);
    judged.push({ role, score, verdict: best !== undefined ? "right" : isOnCrowd ? "ignored" : "wrong" });
  }
  return judged;
}
