import { sigmoid, softmax } from "./activation.ts";
import { boxReader } from "./box-format.ts";
import type { DecodedBox } from "./decoded-box.ts";
import type { ManifestOf } from "./manifest.ts";
import type { Priors } from "./manifest-heads.ts";
import { suppressDuplicates } from "./suppress-duplicates.ts";

/** Largest exponent of a side, so that a wild offset gives a large box and no infinity. Source: torchvision `BoxCoder`, log(1000 ÷ 16). */
const exponentMax = Math.log(1000 / 16);

/** Default boxes in the order of the graph: cx, cy, w, h in shares of the input, four numbers a box. */
export function listPriors({ boxes }: Priors): Float64Array {
  const flat: number[] = [];
  for (const item of boxes) {
    if (Array.isArray(item)) {
      flat.push(...item);
      continue;
    }
    for (let row = 0; row < item.rows; row++)
      for (let column = 0; column < item.columns; column++)
        for (const [w, h] of item.sizes) flat.push((column + 0.5) / item.columns, (row + 0.5) / item.rows, w, h);
  }
  return Float64Array.from(flat);
}

/** Reader of offsets to default boxes, arXiv 1512.02325 §2.2: centre = prior centre + offset × variance × prior size; size = prior size × exp(offset × variance). */
function offsetReader(offsets: Float32Array, priors: Priors, input: { width: number; height: number }) {
  const list = listPriors(priors);
  const [vx, vy, vw, vh] = priors.variances;
  const [ix, iy, iw, ih] = priors.order === "xywh" ? [0, 1, 2, 3] : [1, 0, 3, 2];
  return (index: number) => {
    const at = index * 4;
    const [px = 0, py = 0, pw = 0, ph = 0] = list.subarray(at, at + 4);
    const offset = (i: number): number => offsets[at + i] as number;
    const cx = (px + offset(ix as number) * vx * pw) * input.width;
    const cy = (py + offset(iy as number) * vy * ph) * input.height;
    const w = pw * Math.exp(Math.min(offset(iw as number) * vw, exponentMax)) * input.width;
    const h = ph * Math.exp(Math.min(offset(ih as number) * vh, exponentMax)) * input.height;
    return { x1: cx - w / 2, y1: cy - h / 2, x2: cx + w / 2, y2: cy + h / 2 };
  };
}

/**
 * Boxes of an SSD head: `boxes` Float32Array [N, 4], `scores` Float32Array [N, columns]. Every class over the threshold counts for its box,
 * as in torchvision `SSD.postprocess_detections`; duplicates go class by class.
 */
export function decodeSsd(
  out: { boxes: Float32Array; scores: Float32Array },
  manifest: Omit<ManifestOf<"ssd">, "outputs" | "family" | "id">,
): DecodedBox[] {
  const { priors, input, labels, backgroundId, activation, scoreThreshold } = manifest;
  const edges = priors === undefined ? boxReader(out.boxes, manifest, input) : offsetReader(out.boxes, priors, input);
  const count = out.boxes.length / 4;
  const columns = out.scores.length / count;
  const shares = new Float64Array(columns);
  const found: DecodedBox[] = [];
  for (let i = 0; i < count; i++) {
    const from = i * columns;
    if (activation === "softmax") softmax(out.scores, from, columns, shares);
    for (let classId = 0; classId < labels.length; classId++) {
      const column = backgroundId !== undefined && classId >= backgroundId ? classId + 1 : classId;
      const raw = out.scores[from + column] as number;
      const score =
        activation === "softmax" ? (shares[column] as number) : activation === "sigmoid" ? sigmoid(raw) : raw;
      if (score >= scoreThreshold) found.push({ classId, score, ...edges(i) });
    }
  }
  return suppressDuplicates(found, manifest.nmsIou);
}
