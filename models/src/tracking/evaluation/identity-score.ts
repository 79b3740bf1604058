import { pairUp } from "../assign.ts";
import { addTo, countIds, overlapsOf, type PairCounts, type TrackFrame, total } from "./frames.ts";

const iouMin = 0.5;

/**
 * IDF1 = 2·IDTP / (true boxes + tracked boxes), IDTP being the most boxes that agree when every true thing is given one tracked identity
 * for the whole time (Ristani et al., ECCV workshops 2016, arXiv 1609.01775).
 */
export function identityScore(frames: readonly TrackFrame[]): number {
  const agree: PairCounts = new Map();
  for (const frame of frames) {
    const { iou, cols } = overlapsOf(frame);
    frame.truth.forEach((a, r) => {
      frame.tracked.forEach((b, c) => {
        if ((iou[r * cols + c] ?? 0) >= iouMin) addTo(agree, a.id, b.id, 1);
      });
    });
  }
  const truthCounts = countIds(frames, "truth");
  const trackedCounts = countIds(frames, "tracked");
  const truths = [...truthCounts.keys()];
  const given = [...trackedCounts.keys()];
  const both = (r: number, c: number): number => agree.get(truths[r] ?? -1)?.get(given[c] ?? -1) ?? 0;
  // Leaving a pair out costs nothing more than the boxes that would have agreed, so the greatest sum of agreements is the least cost.
  const partner = pairUp(truths.length, given.length, both);
  const agreed = partner.reduce((sum, c, r) => sum + (c < 0 ? 0 : both(r, c)), 0);
  return (2 * agreed) / (total(truthCounts) + total(trackedCounts));
}
