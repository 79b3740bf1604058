import type { Stage, StageOf } from "@mingcha/models/attributes";
import { type ModelProblem, modelProblem } from "@mingcha/models/onnx";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { createInputFiller } from "../runtime/fill-input.ts";
import { readModelFile } from "../runtime/load-model.ts";
import { inputDims, inputMismatch } from "../runtime/onnx-session-fit.ts";
import { createSession } from "../runtime/onnx-session-provider.ts";
import { stageFrame } from "./stage-frame.ts";

/** A loaded second-stage model. */
export type StageSession<S extends Stage = Stage> = {
  stage: S;
  /** RGB bytes of the input's size in, each output the manifest names out. Throws a sentence where one is not usable. One call at a time. */
  run: (rgb: Uint8Array<ArrayBuffer>) => Promise<Record<string, Float32Array>>;
  close: () => Promise<void>;
};

/** Whether a model is of a family: what it answers follows from that. */
export const isFamily =
  <F extends Stage["family"]>(family: F) =>
  (session: StageSession): session is StageSession<StageOf<F>> =>
    session.stage.family === family;

/** Outputs a stage must give, and how many numbers each: exactly `length`, or whole rows of `row`. */
function wantedOf(stage: Stage): { name: string; length?: number; row?: number }[] {
  if (stage.family === "values") return [{ name: stage.output, length: stage.classes.length }];
  if (stage.family === "plate_boxes") return [{ name: stage.output, row: 13 + stage.linesOfClass.length }];
  return [
    { name: stage.outputs.characters, row: 1 + [...stage.charset].length },
    { name: stage.outputs.layout, length: stage.layouts.length },
  ];
}

type Values = InferenceSession.OnnxValueMapType;

function usable(outputs: Values, stage: Stage): Record<string, Float32Array> | ModelProblem {
  const out: Record<string, Float32Array> = {};
  for (const { name, length, row } of wantedOf(stage)) {
    const data = outputs[name]?.data;
    if (!(data instanceof Float32Array))
      return modelProblem(stage.id, `output "${name}" is not float32`, `输出“${name}”不是 float32`);
    if (length !== undefined ? data.length !== length : data.length === 0 || data.length % (row ?? 1) !== 0)
      return modelProblem(
        stage.id,
        `output "${name}" holds ${data.length} numbers, its manifest asks for ${length ?? `rows of ${row}`}`,
        `输出“${name}”有 ${data.length} 个数，与说明文件（${length ?? `每行 ${row} 个`}）不符`,
      );
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum += (data[i] as number) * 0;
    if (sum !== 0)
      return modelProblem(stage.id, `output "${name}" holds numbers that are not finite`, `输出“${name}”含有非有限数`);
    out[name] = data;
  }
  return out;
}

/**
 * Loads a second-stage model once, with one thread. A wrong file, hash, input, output or an answer that is no number is refused here, with
 * one sentence: it runs once on a grey crop.
 */
export async function openStage<S extends Stage>(stage: S, file: string): Promise<StageSession<S> | ModelProblem> {
  const read = await readModelFile({ manifest: stage, file });
  if (read.kind === "bad") return read;
  let session: InferenceSession;
  try {
    ({ session } = await createSession(read.bytes, 1));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return modelProblem(
      stage.id,
      `the file is no model this runtime can load (${reason})`,
      "文件不是推理引擎可加载的模型",
    );
  }
  const { input } = stage;
  const refuse = async (problem: ModelProblem): Promise<ModelProblem> => {
    await session.release();
    return problem;
  };
  const wrongInput = inputMismatch(session, input);
  if (wrongInput !== undefined) return refuse(modelProblem(stage.id, ...wrongInput));
  const missing = wantedOf(stage).find(({ name }) => !session.outputNames.includes(name));
  if (missing !== undefined) {
    const names = session.outputNames.join(", ");
    return refuse(
      modelProblem(
        stage.id,
        `it has no output "${missing.name}", only ${names}`,
        `没有输出“${missing.name}”，只有 ${names}`,
      ),
    );
  }
  const fill = createInputFiller(input);
  const dims = inputDims(input, 1);
  const run = async (rgb: Uint8Array<ArrayBuffer>): Promise<Values> => {
    const data = fill(stageFrame(rgb, input));
    const tensor = data instanceof Float32Array ? new Tensor("float32", data, dims) : new Tensor("uint8", data, dims);
    return session.run({ [input.name]: tensor });
  };
  try {
    const first = usable(await run(new Uint8Array(input.width * input.height * 3).fill(114)), stage);
    if (isProblem(first)) return refuse(first);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(modelProblem(stage.id, `it cannot run (${reason})`, "模型无法运行"));
  }
  return {
    stage,
    run: async (rgb) => {
      const outputs = usable(await run(rgb), stage);
      if (isProblem(outputs)) throw new Error(outputs.text);
      return outputs;
    },
    close: () => session.release(),
  };
}

const isProblem = (value: Record<string, Float32Array> | ModelProblem): value is ModelProblem =>
  "kind" in value && value.kind === "bad";
