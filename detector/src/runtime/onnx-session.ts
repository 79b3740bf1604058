import { type DecodedBox, decodeDetr, decodeYolox, type Manifest, yoloxRowCount } from "@mingcha/models/onnx";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { createInputFiller } from "./fill-input.ts";
import type { ModelProblem } from "./load-model.ts";

/** A loaded model: a frame in, boxes in pixels of the model input out. One call at a time. */
export type OnnxSession = {
  provider: string;
  /** Frame in the bytes `pixelFormatOf(manifest.input)` asks for. Throws a sentence where the output is not usable. */
  detect: (frame: Uint8Array<ArrayBuffer>) => Promise<DecodedBox[]>;
  /** Bare `session.run` on the input of the last `detect`, for measuring. */
  runBare: () => Promise<void>;
};

const bad = (text: string): ModelProblem => ({ kind: "bad", text });

const tensorType = { float32: "float32", uint8: "uint8" } as const;

/** Where the model and its manifest disagree about names, types or sizes; undefined where they agree. */
function mismatch(session: InferenceSession, manifest: Manifest): string | undefined {
  const { input } = manifest;
  const meta = session.inputMetadata.find((m) => m.name === input.name);
  if (meta === undefined || !meta.isTensor)
    return `has no input "${input.name}", only ${session.inputNames.join(", ")}`;
  if (meta.type !== tensorType[input.dtype]) return `wants ${meta.type} input, its manifest says ${input.dtype}`;
  const wanted = input.layout === "NCHW" ? [1, 3, input.height, input.width] : [1, input.height, input.width, 3];
  const differs =
    meta.shape.length !== 4 || meta.shape.some((d, i) => typeof d === "number" && d > 0 && d !== wanted[i]);
  if (differs) return `wants input [${meta.shape.join(",")}], its manifest says [${wanted.join(",")}]`;
  const missing = Object.values(manifest.outputs).find((name) => !session.outputNames.includes(name));
  return missing === undefined ? undefined : `has no output "${missing}", only ${session.outputNames.join(", ")}`;
}

function floats(outputs: InferenceSession.OnnxValueMapType, name: string, id: string): Float32Array {
  const data = outputs[name]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`model ${id}: output "${name}" is not float32`);
  return data;
}

/** Any NaN or infinity poisons the sum. `every` looks only at one number of each row: a model that breaks, breaks everywhere. */
function assertFinite(values: Float32Array, name: string, id: string, { first = 0, every = 1 } = {}): void {
  let sum = 0;
  for (let i = first; i < values.length; i += every) sum += (values[i] as number) * 0;
  if (sum !== 0) throw new Error(`model ${id}: output "${name}" holds numbers that are not finite`);
}

const objectnessAt = 4;

function decode(outputs: InferenceSession.OnnxValueMapType, manifest: Manifest): DecodedBox[] {
  const { id, labels, scoreThreshold } = manifest;
  if (manifest.family === "yolox") {
    const predictions = floats(outputs, manifest.outputs.predictions, id);
    const { width: inputWidth, height: inputHeight } = manifest.input;
    const shape = { inputWidth, inputHeight, strides: manifest.strides, classCount: labels.length };
    const wanted = yoloxRowCount(shape) * (5 + labels.length);
    if (predictions.length !== wanted)
      throw new Error(`model ${id}: ${predictions.length} numbers came out, its manifest asks for ${wanted}`);
    assertFinite(predictions, manifest.outputs.predictions, id, { first: objectnessAt, every: 5 + labels.length });
    return decodeYolox(predictions, shape, { scoreThreshold, nmsIou: manifest.nmsIou });
  }
  const scores = floats(outputs, manifest.outputs.scores, id);
  const boxes = floats(outputs, manifest.outputs.boxes, id);
  const classes = outputs[manifest.outputs.labels]?.data;
  if (!(classes instanceof BigInt64Array || classes instanceof Int32Array || classes instanceof Float32Array))
    throw new Error(`model ${id}: output "${manifest.outputs.labels}" holds no class numbers`);
  if (boxes.length !== scores.length * 4 || classes.length !== scores.length)
    throw new Error(
      `model ${id}: its outputs disagree: ${classes.length} labels, ${boxes.length} edges, ${scores.length} scores`,
    );
  assertFinite(scores, manifest.outputs.scores, id);
  assertFinite(boxes, manifest.outputs.boxes, id);
  const { nmsIou } = manifest;
  const options = { scoreThreshold, classCount: labels.length, ...(nmsIou === undefined ? {} : { nmsIou }) };
  return decodeDetr({ labels: classes, boxes, scores }, options);
}

/**
 * Loads a model once, on the CPU, with one thread: a second thread costs more than it gives on busy cores, more speed comes from more
 * processes. Includes one inference on a grey frame, so a model that loads but cannot run is refused here.
 */
export async function openOnnxSession(bytes: Uint8Array, manifest: Manifest): Promise<OnnxSession | ModelProblem> {
  const { id, input } = manifest;
  const options: InferenceSession.SessionOptions = {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
  };
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(bytes, options);
  } catch (error) {
    return bad(
      `model ${id}: the file is no model this runtime can load (${error instanceof Error ? error.message : error})`,
    );
  }
  const why = mismatch(session, manifest);
  if (why !== undefined) return bad(`model ${id}: it ${why}`);

  const fill = createInputFiller(input);
  const dims = input.layout === "NCHW" ? [1, 3, input.height, input.width] : [1, input.height, input.width, 3];
  const size =
    manifest.family === "detr" && manifest.sizeInput !== undefined
      ? {
          [manifest.sizeInput]: new Tensor(
            "int64",
            BigInt64Array.of(BigInt(input.width), BigInt(input.height)),
            [1, 2],
          ),
        }
      : {};
  const feedsOf = (data: Uint8Array | Float32Array): InferenceSession.OnnxValueMapType => ({
    [input.name]: data instanceof Float32Array ? new Tensor("float32", data, dims) : new Tensor("uint8", data, dims),
    ...size,
  });
  let feeds = feedsOf(fill(new Uint8Array(input.width * input.height * 3).fill(114)));
  try {
    decode(await session.run(feeds), manifest);
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
  return {
    provider: "cpu",
    detect: async (frame) => {
      feeds = feedsOf(fill(frame));
      return decode(await session.run(feeds), manifest);
    },
    runBare: async () => {
      await session.run(feeds);
    },
  };
}
