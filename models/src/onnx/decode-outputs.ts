import { decodeDetr, decodeDetrLogits } from "./decode-detr.ts";
import { decodeNanodet, decodeNanodetJoined } from "./decode-nanodet.ts";
import { decodeSsd, listPriors } from "./decode-ssd.ts";
import { decodeYolox } from "./decode-yolox.ts";
import type { DecodedBox } from "./decoded-box.ts";
import type { Manifest } from "./manifest.ts";
import { type ModelProblem, modelProblem } from "./model-text.ts";
import { type WantedOutput, wantedOutputs } from "./wanted-outputs.ts";

/** What one output of a run holds for one picture. */
export type OutputData = Record<string, unknown>;

export type Decoded = { kind: "ok"; boxes: DecodedBox[] } | ModelProblem;

const isClasses = (data: unknown): data is ArrayLike<number | bigint> =>
  data instanceof BigInt64Array || data instanceof Int32Array || data instanceof Float32Array;

/** Any NaN or infinity poisons the sum. */
function isFiniteAll(values: Float32Array, { first, every }: { first: number; every: number }): boolean {
  let sum = 0;
  for (let i = first; i < values.length; i += every) sum += (values[i] as number) * 0;
  return sum === 0;
}

function problemOf(wanted: WantedOutput, data: unknown, isThorough: boolean): [en: string, zh: string] | undefined {
  const { name, count } = wanted;
  if (wanted.holds === "classes")
    return isClasses(data) ? undefined : [`output "${name}" holds no class numbers`, `输出“${name}”不是类别编号`];
  if (!(data instanceof Float32Array)) return [`output "${name}" is not float32`, `输出“${name}”不是 float32`];
  if (count !== undefined && data.length !== count)
    return [
      `${data.length} numbers came out of "${name}", its manifest asks for ${count}`,
      `输出“${name}”有 ${data.length} 个数，说明文件要求 ${count} 个`,
    ];
  const looked = isThorough || wanted.sampled === undefined ? { first: 0, every: 1 } : wanted.sampled;
  return isFiniteAll(data, looked)
    ? undefined
    : [`output "${name}" holds numbers that are not finite`, `输出“${name}”含有非有限数`];
}

/** Sentence where the outputs do not fit each other. */
function disagreement(manifest: Manifest, outputs: OutputData): string | undefined {
  const length = (name: string): number => (outputs[name] as ArrayLike<unknown>).length;
  if (manifest.family === "detr") {
    const { labels, boxes, scores } = manifest.outputs;
    const [l, b, s] = [length(labels), length(boxes), length(scores)];
    return l === s && b === s * 4 ? undefined : `${l} labels, ${b} edges, ${s} scores`;
  }
  if (manifest.family === "detr_logits") {
    const [b, s] = [length(manifest.outputs.boxes), length(manifest.outputs.logits)];
    const columns = manifest.labels.length + (manifest.activation === "softmax" ? 1 : 0);
    return b % 4 === 0 && s === (b / 4) * columns ? undefined : `${b} edges, ${s} logits, ${columns} classes`;
  }
  if (manifest.family === "ssd") {
    const [b, s] = [length(manifest.outputs.boxes), length(manifest.outputs.scores)];
    const columns = manifest.labels.length + (manifest.backgroundId === undefined ? 0 : 1);
    if (b % 4 !== 0 || s !== (b / 4) * columns) return `${b} edges, ${s} scores, ${columns} classes`;
    if (manifest.priors === undefined) return undefined;
    const priors = listPriors(manifest.priors).length;
    return priors === b ? undefined : `${b / 4} boxes, ${priors / 4} default boxes`;
  }
  return undefined;
}

function decode(manifest: Manifest, outputs: OutputData): DecodedBox[] {
  const numbers = (name: string): Float32Array => outputs[name] as Float32Array;
  switch (manifest.family) {
    case "yolox": {
      const { width: inputWidth, height: inputHeight } = manifest.input;
      const shape = { inputWidth, inputHeight, strides: manifest.strides, classCount: manifest.labels.length };
      return decodeYolox(numbers(manifest.outputs.predictions), shape, manifest);
    }
    case "nanodet": {
      if ("joined" in manifest.outputs) return decodeNanodetJoined(numbers(manifest.outputs.joined), manifest);
      const { scores, distances } = manifest.outputs;
      return decodeNanodet({ scores: scores.map(numbers), distances: distances.map(numbers) }, manifest);
    }
    case "detr": {
      const { labels, boxes, scores } = manifest.outputs;
      const classes = outputs[labels] as ArrayLike<number | bigint>;
      return decodeDetr({ labels: classes, boxes: numbers(boxes), scores: numbers(scores) }, manifest);
    }
    case "detr_logits": {
      const { logits, boxes } = manifest.outputs;
      return decodeDetrLogits({ logits: numbers(logits), boxes: numbers(boxes) }, manifest);
    }
    case "ssd": {
      const { boxes, scores } = manifest.outputs;
      return decodeSsd({ boxes: numbers(boxes), scores: numbers(scores) }, manifest);
    }
  }
}

/**
 * Boxes in pixels of the model input out of the raw outputs for one picture, by name. Wrong types, lengths, and numbers that are not
 * finite give a sentence; `isThorough` looks at every number, without it one of each row: a model that breaks, breaks everywhere.
 */
export function decodeOutputs(manifest: Manifest, outputs: OutputData, { isThorough = false } = {}): Decoded {
  for (const wanted of wantedOutputs(manifest)) {
    const problem = problemOf(wanted, outputs[wanted.name], isThorough);
    if (problem !== undefined) return modelProblem(manifest.id, ...problem);
  }
  const why = disagreement(manifest, outputs);
  if (why !== undefined)
    return modelProblem(manifest.id, `its outputs do not fit each other: ${why}`, `各输出互不相符：${why}`);
  return { kind: "ok", boxes: decode(manifest, outputs) };
}
