import { pairUp } from "../assign.ts";
import { overlapsOf, type TrackFrame } from "./frames.ts";

export type ClearMot = { mota: number; misses: number; falseBoxes: number; switches: number; truths: number };

const iouMin = 0.5;

/**
 * MOTA = 1 − (misses + false boxes + identity switches) / true boxes (CLEAR MOT: Bernardin & Stiefelhagen, EURASIP J. Image and Video
 * Processing, 2008). Pairs that held in the look before and still overlap by 0.5 stay; the rest are paired for the greatest overlap.
 */
export function clearMot(frames: readonly TrackFrame[]): ClearMot {
  let [misses, falseBoxes, switches, truths] = [0, 0, 0, 0];
  /** Latest identity each true thing was given, and the one in the look just before. */
  const lastGiven = new Map<number, number>();
  let held = new Map<number, number>();
  for (const frame of frames) {
    const { iou, cols } = overlapsOf(frame);
    const at = (r: number, c: number): number => iou[r * cols + c] ?? 0;
    const isHeld = (r: number, c: number): boolean =>
      held.get(frame.truth[r]?.id ?? Number.NaN) === frame.tracked[c]?.id;
    // A pair that holds outweighs any gain in overlap.
    const partner = pairUp(frame.truth.length, frame.tracked.length, (r, c) =>
      at(r, c) < iouMin ? 0 : at(r, c) + (isHeld(r, c) ? 1000 : 0),
    );
    const now = new Map<number, number>();
    partner.forEach((c, r) => {
      const truth = frame.truth[r]?.id;
      const given = frame.tracked[c]?.id;
      if (truth === undefined || given === undefined) return;
      const before = lastGiven.get(truth);
      if (before !== undefined && before !== given) switches++;
      lastGiven.set(truth, given);
      now.set(truth, given);
    });
    held = now;
    misses += frame.truth.length - now.size;
    falseBoxes += frame.tracked.length - now.size;
    truths += frame.truth.length;
  }
  return { mota: 1 - (misses + falseBoxes + switches) / truths, misses, falseBoxes, switches, truths };
}
