import { type BoxNorm, boxIou } from "../../geometry/box.ts";

/** Boxes of one look, each with the identity it has (truth) or was given (tracker). */
export type IdBox = { id: number; boxNorm: BoxNorm };
/** One look: what is there and what was tracked. */
export type TrackFrame = { truth: readonly IdBox[]; tracked: readonly IdBox[] };

export type Overlaps = { iou: Float64Array; rows: number; cols: number };

/** Overlap of every true with every tracked box, row-major [truth × tracked]. */
export function overlapsOf({ truth, tracked }: TrackFrame): Overlaps {
  const iou = new Float64Array(truth.length * tracked.length);
  truth.forEach((a, r) => {
    tracked.forEach((b, c) => {
      iou[r * tracked.length + c] = boxIou(a.boxNorm, b.boxNorm);
    });
  });
  return { iou, rows: truth.length, cols: tracked.length };
}

/** Pairs (identity of truth, identity of tracker) → number. */
export type PairCounts = Map<number, Map<number, number>>;

export function addTo(counts: PairCounts, a: number, b: number, value: number): void {
  let row = counts.get(a);
  if (row === undefined) {
    row = new Map();
    counts.set(a, row);
  }
  row.set(b, (row.get(b) ?? 0) + value);
}

export function countIds(frames: readonly TrackFrame[], side: "truth" | "tracked"): Map<number, number> {
  const counts = new Map<number, number>();
  for (const frame of frames) for (const { id } of frame[side]) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

export const total = (counts: ReadonlyMap<unknown, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);
