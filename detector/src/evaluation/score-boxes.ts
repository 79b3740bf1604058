import { type BoxNorm, boxIou, type Detection, type Role } from "@mingcha/models/scene";
import type { Rate } from "./score-clip.ts";

export type TrueBox = { role: Role; boxNorm: BoxNorm; isCrowd: boolean };

/** A box is right when it overlaps a free true box of its role by half (PASCAL VOC). */
const rightIou = 0.5;

/** Counts per role over one picture: best scores choose first; boxes on a crowd count neither way. */
export function scoreBoxes(
  truths: readonly TrueBox[],
  detections: readonly Detection[],
  minScore: number,
): Map<Role, { truths: number; found: number; right: number }> {
  const counts = new Map<Role, { truths: number; found: number; right: number }>();
  const of = (role: Role) => {
    const count = counts.get(role) ?? { truths: 0, found: 0, right: 0 };
    counts.set(role, count);
    return count;
  };
  for (const truth of truths) if (!truth.isCrowd) of(truth.role).truths++;
  const free = new Set(truths);
  for (const { role, score, boxNorm } of [...detections].sort((a, b) => b.score - a.score)) {
    if (role === null || score < minScore) continue;
    const [best] = [...free]
      .filter((truth) => truth.role === role && boxIou(truth.boxNorm, boxNorm) >= rightIou)
      .sort((a, b) => Number(a.isCrowd) - Number(b.isCrowd) || boxIou(b.boxNorm, boxNorm) - boxIou(a.boxNorm, boxNorm));
    if (best?.isCrowd) continue;
    of(role).found++;
    if (best === undefined) continue;
    of(role).right++;
    free.delete(best);
  }
  return counts;
}

/** Sums the pictures of a set to precision and recall per role. */
export function ratesOfBoxes(pictures: readonly ReturnType<typeof scoreBoxes>[]): Rate[] {
  const roles = [...new Set(pictures.flatMap((picture) => [...picture.keys()]))].sort();
  return roles.map((name) => {
    const all = pictures.flatMap((picture) => picture.get(name) ?? []);
    const truths = all.reduce((sum, c) => sum + c.truths, 0);
    const found = all.reduce((sum, c) => sum + c.found, 0);
    const right = all.reduce((sum, c) => sum + c.right, 0);
    return {
      name,
      truths,
      found,
      right,
      precision: found === 0 ? 1 : right / found,
      recall: truths === 0 ? 1 : right / truths,
    };
  });
}
