import { type Manifest, type ModelInput, wantedOutputs } from "@mingcha/models/onnx";
import type { InferenceSession } from "onnxruntime-node";

export const inputDims = (input: ModelInput, batch: number): number[] =>
  input.layout === "NCHW" ? [batch, 3, input.height, input.width] : [batch, input.height, input.width, 3];

const isSymbolic = (dim: number | string | undefined): boolean => typeof dim !== "number" || dim <= 0;

/** Whether the graph leaves open how many frames it takes at once. */
export const takesAnyBatch = (session: InferenceSession, input: ModelInput): boolean => {
  const meta = session.inputMetadata.find(({ name }) => name === input.name);
  return meta?.isTensor === true && isSymbolic(meta.shape[0]);
};

/** Where a graph and a manifest disagree about the picture that goes in; undefined where they agree. */
export function inputMismatch(session: InferenceSession, input: ModelInput): [en: string, zh: string] | undefined {
  const meta = session.inputMetadata.find((m) => m.name === input.name);
  const inputs = session.inputNames.join(", ");
  if (meta === undefined || !meta.isTensor)
    return [`it has no input "${input.name}", only ${inputs}`, `没有输入“${input.name}”，只有 ${inputs}`];
  if (meta.type !== input.dtype)
    return [
      `it wants ${meta.type} input, its manifest says ${input.dtype}`,
      `输入类型为 ${meta.type}，说明文件为 ${input.dtype}`,
    ];
  const wanted = inputDims(input, 1);
  const fits = meta.shape.length === 4 && meta.shape.every((dim, i) => isSymbolic(dim) || dim === wanted[i]);
  if (!fits)
    return [
      `it wants input [${meta.shape.join(",")}], its manifest says [${wanted.join(",")}]`,
      `输入形状为 [${meta.shape.join(",")}]，说明文件为 [${wanted.join(",")}]`,
    ];
  return undefined;
}

/** Where a graph and its manifest disagree about names, types or sizes; undefined where they agree. */
export function mismatch(
  session: InferenceSession,
  manifest: Manifest,
  input: ModelInput,
): [en: string, zh: string] | undefined {
  const wrongInput = inputMismatch(session, input);
  if (wrongInput !== undefined) return wrongInput;
  const inputs = session.inputNames.join(", ");
  const sizeInput = manifest.family === "detr" ? manifest.sizeInput : undefined;
  const named = [input.name, ...(sizeInput === undefined ? [] : [sizeInput])];
  const unfed = session.inputNames.find((name) => !named.includes(name));
  if (unfed !== undefined)
    return [`it wants a further input "${unfed}" its manifest does not name`, `需要说明文件未列出的输入“${unfed}”`];
  if (sizeInput !== undefined && !session.inputNames.includes(sizeInput))
    return [`it has no input "${sizeInput}", only ${inputs}`, `没有输入“${sizeInput}”，只有 ${inputs}`];
  const missing = wantedOutputs(manifest).find(({ name }) => !session.outputNames.includes(name));
  const outputs = session.outputNames.join(", ");
  return missing === undefined
    ? undefined
    : [`it has no output "${missing.name}", only ${outputs}`, `没有输出“${missing.name}”，只有 ${outputs}`];
}
