import { sigmoid, softmax } from "./activation.ts";
import { boxReader } from "./box-format.ts";
import type { DecodedBox } from "./decoded-box.ts";
import type { ManifestOf } from "./manifest.ts";
import { suppressDuplicates } from "./suppress-duplicates.ts";

const finish = (found: DecodedBox[], nmsIou: number | undefined): DecodedBox[] =>
  nmsIou === undefined ? found.sort((a, b) => b.score - a.score) : suppressDuplicates(found, nmsIou);

type DetrFields = "labels" | "input" | "scoreThreshold" | "boxFormat" | "boxUnit" | "nmsIou";

/**
 * Boxes of a head that decodes itself. `labels` [N] class numbers of any type, `boxes` Float32Array [N, 4] as the manifest says, `scores`
 * Float32Array [N] 0..1. Class numbers outside the labels are left out: graphs pad with them.
 */
export function decodeDetr(
  out: { labels: ArrayLike<number | bigint>; boxes: Float32Array; scores: Float32Array },
  manifest: Pick<ManifestOf<"detr">, DetrFields | "firstClassId">,
): DecodedBox[] {
  const edges = boxReader(out.boxes, manifest, manifest.input);
  const found: DecodedBox[] = [];
  for (let i = 0; i < out.scores.length; i++) {
    const score = out.scores[i] as number;
    if (!(score >= manifest.scoreThreshold)) continue;
    const classId = Number(out.labels[i]) - manifest.firstClassId;
    if (manifest.labels[classId] !== undefined) found.push({ classId, score, ...edges(i) });
  }
  return finish(found, manifest.nmsIou);
}

/** Boxes of a DETR head without postprocessor: `logits` Float32Array [queries, classes], `boxes` Float32Array [queries, 4]. */
export function decodeDetrLogits(
  out: { logits: Float32Array; boxes: Float32Array },
  manifest: Pick<ManifestOf<"detr_logits">, DetrFields | "activation">,
): DecodedBox[] {
  const edges = boxReader(out.boxes, manifest, manifest.input);
  const { scoreThreshold, nmsIou, activation } = manifest;
  const queries = out.boxes.length / 4;
  const columns = out.logits.length / queries;
  const classCount = manifest.labels.length;
  const found: DecodedBox[] = [];
  const shares = new Float64Array(columns);
  for (let query = 0; query < queries; query++) {
    const from = query * columns;
    if (activation === "sigmoid") {
      for (let classId = 0; classId < classCount; classId++) {
        const score = sigmoid(out.logits[from + classId] as number);
        if (score >= scoreThreshold) found.push({ classId, score, ...edges(query) });
      }
      continue;
    }
    softmax(out.logits, from, columns, shares);
    let classId = 0;
    for (let c = 1; c < classCount; c++) if ((shares[c] as number) > (shares[classId] as number)) classId = c;
    const score = shares[classId] as number;
    if (score >= scoreThreshold) found.push({ classId, score, ...edges(query) });
  }
  return finish(found, nmsIou).slice(0, queries);
}
