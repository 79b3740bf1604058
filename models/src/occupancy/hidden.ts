import { type BoxNorm, coveredShare } from "../geometry/box.ts";

/** A place of which this share lies behind something cannot be told from an empty one (house choice). */
const hiddenShare = 0.5;
/** How much lower in the picture the foot of what stands before it lies, as a share of its height: another box of the same thing ends beside its own. */
const nearerShare = 0.2;
/** The place is asked at so many points a side: boxes that stand before it may overlap. */
const pointsPerSide = 6;

/**
 * Whether something stands before a place: nearer to the camera, as its foot lies lower in the picture, and over at least half of the place.
 * What is not seen then may still be there.
 */
export function isHidden(place: BoxNorm, others: readonly BoxNorm[]): boolean {
  const [x, y, width, height] = place;
  const before = others.filter(
    (box) => box[1] + box[3] >= y + (1 + nearerShare) * height && coveredShare(place, box) > 0,
  );
  if (before.length === 0) return false;
  let covered = 0;
  for (let i = 0; i < pointsPerSide; i++)
    for (let j = 0; j < pointsPerSide; j++) {
      const [px, py] = [x + ((i + 0.5) / pointsPerSide) * width, y + ((j + 0.5) / pointsPerSide) * height];
      if (before.some((box) => px >= box[0] && px <= box[0] + box[2] && py >= box[1] && py <= box[1] + box[3]))
        covered++;
    }
  return covered >= hiddenShare * pointsPerSide ** 2;
}
