import { pairUp } from "../assign.ts";
import { addTo, countIds, overlapsOf, type PairCounts, type TrackFrame, total } from "./frames.ts";

export type Hota = { hota: number; detection: number; association: number };

/** Localisation thresholds of the paper. */
const alphas = Array.from({ length: 19 }, (_, i) => 0.05 * (i + 1));

/**
 * HOTA, the mean over 19 overlap thresholds of √(detection accuracy × association accuracy) (Luiten et al., IJCV 129, 2021,
 * arXiv 2009.07736 §5). Boxes are paired once per look, for the greatest sum of overlap × how well the two identities agree over the
 * whole sequence (§5.1 and supplement), then counted for every threshold their overlap reaches.
 */
export function hotaOf(frames: readonly TrackFrame[]): Hota {
  const truthCounts = countIds(frames, "truth");
  const trackedCounts = countIds(frames, "tracked");
  const truths = total(truthCounts);
  const tracked = total(trackedCounts);

  const potential: PairCounts = new Map();
  const overlaps = frames.map(overlapsOf);
  frames.forEach((frame, f) => {
    const { iou, rows, cols } = overlaps[f] ?? { iou: new Float64Array(), rows: 0, cols: 0 };
    const rowSum = new Float64Array(rows);
    const colSum = new Float64Array(cols);
    iou.forEach((value, i) => {
      const r = Math.floor(i / cols);
      rowSum[r] = (rowSum[r] ?? 0) + value;
      colSum[i % cols] = (colSum[i % cols] ?? 0) + value;
    });
    iou.forEach((value, i) => {
      const [r, c] = [Math.floor(i / cols), i % cols];
      const either = (rowSum[r] ?? 0) + (colSum[c] ?? 0) - value;
      if (value > 0) addTo(potential, frame.truth[r]?.id ?? -1, frame.tracked[c]?.id ?? -1, value / either);
    });
  });
  const jaccard = (a: number, b: number, both: number): number =>
    both / ((truthCounts.get(a) ?? 0) + (trackedCounts.get(b) ?? 0) - both);

  const matched: PairCounts[] = alphas.map(() => new Map());
  frames.forEach((frame, f) => {
    const { iou, cols } = overlaps[f] ?? { iou: new Float64Array(), cols: 0 };
    const partner = pairUp(frame.truth.length, frame.tracked.length, (r, c) => {
      const a = frame.truth[r]?.id ?? -1;
      const b = frame.tracked[c]?.id ?? -1;
      return jaccard(a, b, potential.get(a)?.get(b) ?? 0) * (iou[r * cols + c] ?? 0);
    });
    partner.forEach((c, r) => {
      if (c < 0) return;
      const overlap = iou[r * cols + c] ?? 0;
      alphas.forEach((alpha, i) => {
        const counts = matched[i];
        if (counts !== undefined && overlap >= alpha - 1e-12)
          addTo(counts, frame.truth[r]?.id ?? -1, frame.tracked[c]?.id ?? -1, 1);
      });
    });
  });

  const perAlpha = matched.map((counts) => {
    let hits = 0;
    let agreed = 0;
    for (const [a, row] of counts)
      for (const [b, both] of row) {
        hits += both;
        agreed += both * jaccard(a, b, both);
      }
    const detection = hits / (truths + tracked - hits);
    const association = hits === 0 ? 0 : agreed / hits;
    return { hota: Math.sqrt(detection * association), detection, association };
  });
  const mean = (key: keyof Hota): number => perAlpha.reduce((sum, one) => sum + one[key], 0) / perAlpha.length;
  return { hota: mean("hota"), detection: mean("detection"), association: mean("association") };
}
