import {
  type DecodedBox,
  decodeOutputs,
  type Manifest,
  type ModelInput,
  type ModelProblem,
  modelProblem,
  wantedOutputs,
} from "@mingcha/models/onnx";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { createInputFiller, type PixelFormat, pixelFormatOf } from "./fill-input.ts";
import { type Folding, foldInput } from "./fold-input.ts";
import { inputDims, mismatch, takesAnyBatch } from "./onnx-session-fit.ts";
import { type CreatedSession, createSession, type Provider } from "./onnx-session-provider.ts";
import { warmUpFrames } from "./onnx-session-warmup.ts";

type Frame = Uint8Array<ArrayBuffer>;

/** A loaded model: frames in, boxes in pixels of the model input out. One call at a time. */
export type OnnxSession = {
  /** What the graph runs on, and why not on something faster. */
  provider: Provider;
  providerNote?: string;
  threads: number;
  /** How the bytes of a frame become the input: `folded` into the graph, `none` needed, or through tables here, with the reason. */
  folding: { kind: "folded" } | { kind: "none" } | { kind: "left"; reason: string };
  /** Bytes a frame must have. */
  pixelFormat: PixelFormat;
  /** Whether several frames go through the graph in one run. */
  canBatch: boolean;
  /** Throws a sentence where the output is not usable. */
  detect: (frame: Frame) => Promise<DecodedBox[]>;
  /** Boxes of each frame, in their order; one run where `canBatch`. */
  detectBatch: (frames: readonly Frame[]) => Promise<DecodedBox[][]>;
  /** Bare `session.run` on the input of the last `detect`, for measuring. */
  runBare: () => Promise<void>;
  close: () => Promise<void>;
};

export type SessionOptions = {
  /** A second thread costs more than it gives on busy cores: more speed comes from more processes. */
  threads?: number;
  /** `false` leaves the graph as it is, to compare. */
  fold?: boolean;
};

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Opens the folded graph where there is one, else the file as it is. */
async function openGraph(bytes: Uint8Array, input: ModelInput, folding: Folding, threads: number) {
  if (folding.kind === "folded")
    try {
      return { ...(await createSession(folding.bytes, threads)), input: folding.input, folding };
    } catch (error) {
      const reason = `the runtime refuses the longer graph · 推理引擎不接受加长的图 (${sentenceOf(error)})`;
      return { ...(await createSession(bytes, threads)), input, folding: { kind: "left", reason } as const };
    }
  return { ...(await createSession(bytes, threads)), input, folding };
}

/** Feeds of a run: frames one after the other in one tensor, and the size the boxes shall be scaled to where the model asks. */
function createFeeder(session: InferenceSession, manifest: Manifest, input: ModelInput) {
  const fill = createInputFiller(input);
  const sizeInput = manifest.family === "detr" ? manifest.sizeInput : undefined;
  const sizeType = session.inputMetadata.find(({ name }) => name === sizeInput);
  const sizes = (batch: number): Tensor => {
    const values = Array.from({ length: batch }, () => [input.width, input.height]).flat();
    const dims = [batch, 2];
    if (sizeType?.isTensor && sizeType.type === "float32")
      return new Tensor("float32", Float32Array.from(values), dims);
    if (sizeType?.isTensor && sizeType.type === "int32") return new Tensor("int32", Int32Array.from(values), dims);
    return new Tensor("int64", BigInt64Array.from(values, BigInt), dims);
  };
  const sizeOf = new Map<number, Tensor>();
  const joined = (frames: readonly Frame[]): Uint8Array | Float32Array => {
    const [first] = frames;
    if (first !== undefined && frames.length === 1) return fill(first);
    const length = input.width * input.height * 3;
    const data = new (input.dtype === "uint8" ? Uint8Array : Float32Array)(length * frames.length);
    frames.forEach((frame, i) => {
      data.set(fill(frame), i * length);
    });
    return data;
  };
  return (frames: readonly Frame[]): InferenceSession.OnnxValueMapType => {
    const data = joined(frames);
    const dims = inputDims(input, frames.length);
    const feeds: Record<string, Tensor> = {
      [input.name]: data instanceof Float32Array ? new Tensor("float32", data, dims) : new Tensor("uint8", data, dims),
    };
    if (sizeInput !== undefined) {
      const size = sizeOf.get(frames.length) ?? sizes(frames.length);
      sizeOf.set(frames.length, size);
      feeds[sizeInput] = size;
    }
    return feeds;
  };
}

/** Outputs of one picture of a batch; undefined where an output does not have one part a picture. */
function outputsOf(
  outputs: InferenceSession.OnnxValueMapType,
  names: readonly string[],
  picture: number,
  batch: number,
): Record<string, unknown> | undefined {
  const parts: Record<string, unknown> = {};
  for (const name of names) {
    const value = outputs[name];
    const data: unknown = value?.data;
    if (batch === 1) {
      parts[name] = data;
      continue;
    }
    if (value?.dims[0] !== batch || !ArrayBuffer.isView(data)) return undefined;
    const whole = data as Float32Array;
    const length = whole.length / batch;
    parts[name] = whole.subarray(picture * length, (picture + 1) * length);
  }
  return parts;
}

/**
 * Loads a model once, with one thread unless told otherwise. Includes inferences on frames that make the model work, so one that loads but
 * cannot run, or whose answers are not finite, is refused here.
 */
export async function openOnnxSession(
  bytes: Uint8Array,
  manifest: Manifest,
  { threads = 1, fold = true }: SessionOptions = {},
): Promise<OnnxSession | ModelProblem> {
  const folding: Folding = fold
    ? foldInput(bytes, manifest.input)
    : { kind: "left", reason: "asked to leave it · 按要求保持原样" };
  let opened: CreatedSession & { input: ModelInput; folding: Folding };
  try {
    opened = await openGraph(bytes, manifest.input, folding, threads);
  } catch (error) {
    const why = sentenceOf(error);
    return modelProblem(
      manifest.id,
      `the file is no model this runtime can load (${why})`,
      "文件不是推理引擎能够加载的模型",
    );
  }
  const { session, input, provider, providerNote } = opened;
  const why = mismatch(session, manifest, input);
  if (why !== undefined) return modelProblem(manifest.id, ...why);

  const feed = createFeeder(session, manifest, input);
  const names = wantedOutputs(manifest).map(({ name }) => name);
  let feeds: InferenceSession.OnnxValueMapType = {};

  /** One run; undefined where a batch does not come back picture by picture. */
  const run = async (frames: readonly Frame[], isThorough = false): Promise<DecodedBox[][] | undefined> => {
    feeds = feed(frames);
    const outputs = await session.run(feeds, names);
    const found: DecodedBox[][] = [];
    for (let picture = 0; picture < frames.length; picture++) {
      const parts = outputsOf(outputs, names, picture, frames.length);
      if (parts === undefined) return undefined;
      const decoded = decodeOutputs(manifest, parts, { isThorough });
      if (decoded.kind === "bad") throw new Error(decoded.text);
      found.push(decoded.boxes);
    }
    return found;
  };
  const detect = async (frame: Frame): Promise<DecodedBox[]> => (await run([frame]))?.[0] ?? [];

  const frames = warmUpFrames(input);
  try {
    for (const frame of frames) await run([frame], true);
  } catch (error) {
    const text = sentenceOf(error);
    // What the decoder says is a sentence already; the rest comes from the runtime.
    return text.startsWith(`model ${manifest.id}: `)
      ? { kind: "bad", text }
      : modelProblem(manifest.id, `it cannot run (${text})`, "无法运行");
  }
  const canBatch = takesAnyBatch(session, input) && (await run(frames).catch(() => undefined)) !== undefined;
  await run([frames[0]]);
  return {
    provider,
    ...(providerNote === undefined ? {} : { providerNote }),
    threads,
    folding: opened.folding.kind === "left" ? opened.folding : { kind: opened.folding.kind },
    pixelFormat: pixelFormatOf(input),
    canBatch,
    detect,
    detectBatch: async (batch) => {
      const together = canBatch && batch.length > 1 ? await run(batch) : undefined;
      if (together !== undefined) return together;
      const found: DecodedBox[][] = [];
      for (const frame of batch) found.push(await detect(frame));
      return found;
    },
    runBare: async () => {
      await session.run(feeds, names);
    },
    close: () => session.release(),
  };
}
