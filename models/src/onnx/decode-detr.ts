import type { DecodedBox } from "./decoded-box.ts";
import { suppressDuplicates } from "./suppress-duplicates.ts";

/**
 * Boxes of a DETR-style head that decodes itself. `labels` [1, N] class ids, `boxes` Float32Array [1, N, 4] x1 y1 x2 y2 in pixels of
 * the size given to the model (here always its own input size), `scores` Float32Array [1, N] 0..1.
 */
export function decodeDetr(
  out: { labels: ArrayLike<number | bigint>; boxes: Float32Array; scores: Float32Array },
  { scoreThreshold, nmsIou, classCount }: { scoreThreshold: number; nmsIou?: number; classCount: number },
): DecodedBox[] {
  const found: DecodedBox[] = [];
  for (let i = 0; i < out.scores.length; i++) {
    const score = out.scores[i] as number;
    if (!(score >= scoreThreshold)) continue;
    const classId = Number(out.labels[i]);
    if (classId < 0 || classId >= classCount) continue;
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = out.boxes.subarray(i * 4, i * 4 + 4);
    found.push({ classId, score, x1, y1, x2, y2 });
  }
  return nmsIou === undefined ? found.sort((a, b) => b.score - a.score) : suppressDuplicates(found, nmsIou);
}
