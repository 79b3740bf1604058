import type { Detection, Role } from "@mingcha/models/scene";
import { matchBoxes, type TrueBox } from "./match-boxes.ts";
import type { Rate } from "./score-clip.ts";

/** Counts per role over one picture, of the detections from a score up; boxes on a crowd count neither way. */
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
  const kept = detections.filter(({ score }) => score >= minScore);
  for (const { role, verdict } of matchBoxes(truths, kept)) {
    if (verdict === "ignored") continue;
    of(role).found++;
    if (verdict === "right") of(role).right++;
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
