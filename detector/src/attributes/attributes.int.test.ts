import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Picture, type Stage, stageSchema } from "@mingcha/models/attributes";
import type { Detection } from "@mingcha/models/scene";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, float32, node, onnxFile, tensor, uint8, value } from "../testing/tiny-graph.ts";
import { judgeAttributes } from "./judge-attributes.ts";
import { openStage } from "./open-stage.ts";
import { openStages } from "./open-stages.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "attributes-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const side = 16;

/** A stage whose model answers the same numbers whatever it sees, as the output `answer` of the given shape. */
async function constantStage(
  id: string,
  answers: readonly number[],
  head: Record<string, unknown>,
  { dims = [1, answers.length], inputType = uint8 }: { dims?: number[]; inputType?: number } = {},
): Promise<Stage> {
  const bytes = onnxFile({
    nodes: [
      node("Cast", ["images"], "pixels", attribute("to", float32)),
      node("ReduceMean", ["pixels"], "mean", attribute("keepdims", 0)),
      node("Mul", ["mean", "zero"], "nothing"),
      node("Add", ["answers", "nothing"], "answer"),
    ],
    initializers: [tensor("zero", [], new Float32Array(1)), tensor("answers", dims, Float32Array.from(answers))],
    inputs: [value("images", inputType, [1, side, side, 3])],
    outputs: [value("answer", float32, dims)],
  });
  await writeFile(join(folder, `${id}.onnx`), bytes);
  return stageSchema.parse({
    id,
    title: "constant answers",
    file: `${id}.onnx`,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    licence: "Apache-2.0",
    origin: "made by a test",
    input: {
      name: "images",
      width: side,
      height: side,
      layout: "NHWC",
      dtype: "uint8",
      channels: "RGB",
      resize: { mode: "stretch" },
    },
    output: "answer",
    ...head,
  });
}

const coverHead = {
  family: "values",
  sees: { what: "thing", crop: { roles: ["truck"], marginNorm: 0.05, minSidePx: 20 } },
  classes: ["covered", "open"],
  attributes: { cover: { covered: ["covered"], open: ["open"] } },
  threshold: 0.7,
};
const picture: Picture = { rgb: new Uint8Array(100 * 80 * 3).fill(90), widthPx: 100, heightPx: 80 };
const truck: Detection = { label: "truck", role: "truck", score: 0.9, boxNorm: [0.1, 0.1, 0.5, 0.6] };

test("a certain answer is a value with the model that gave it", async () => {
  const stage = await constantStage("certain", [0.9, 0.1], coverHead);
  const stages = await openStages([folder], [stage]);
  const [reading, ...more] = await judgeAttributes(stages, picture, [truck], { truck: ["cover"] });
  expect(more).toEqual([]);
  expect(reading).toMatchObject({
    detection: 0,
    attribute: "cover",
    value: "covered",
    outcome: "judged",
    modelId: "certain",
    modelSha256: stage.sha256,
  });
  await stages.close();
});

test("an answer below the threshold is left to a person, with what was measured", async () => {
  const stages = await openStages([folder], [await constantStage("unsure", [0.6, 0.4], coverHead)]);
  const [reading] = await judgeAttributes(stages, picture, [truck], { truck: ["cover"] });
  expect(reading).toMatchObject({ value: null, outcome: "uncertain" });
  expect(reading?.confidence).toBeCloseTo(0.6, 6);
  await stages.close();
});

test("without a model every wanted attribute is left to a person, and nothing fails", async () => {
  const absent = { ...(await constantStage("certain", [0.9, 0.1], coverHead)), id: "absent", file: "absent.onnx" };
  const stages = await openStages([folder], [absent]);
  expect(stages.problems).toEqual([]);
  const wanted = { truck: ["cover", "cleanliness", "plate", "plate_colour"] };
  const readings = await judgeAttributes(stages, picture, [truck], wanted);
  expect(readings.map((reading) => [reading.attribute, reading.value, reading.outcome])).toEqual(
    wanted.truck.map((name) => [name, null, "no_model"]),
  );
});

test("things too small or of another role are left to a person, things nobody asked about are left alone", async () => {
  const stages = await openStages([folder], [await constantStage("certain", [0.9, 0.1], coverHead)]);
  const things: Detection[] = [
    { ...truck, boxNorm: [0, 0, 0.5, 0.2] },
    { ...truck, label: "car", role: "car" },
    { ...truck, label: "person", role: "person" },
    { ...truck, role: null },
  ];
  const readings = await judgeAttributes(stages, picture, things, { truck: ["cover"], car: ["cover"] });
  expect(readings.map((reading) => [reading.detection, reading.outcome])).toEqual([
    [0, "too_small"],
    [1, "not_asked_of_role"],
  ]);
  await stages.close();
});

test("a changed file is refused by its hash, and its attributes go to a person", async () => {
  const stage = await constantStage("changed", [0.9, 0.1], coverHead);
  const stages = await openStages([folder], [{ ...stage, sha256: "0".repeat(64) }]);
  expect(stages.problems.join()).toContain("SHA-256");
  const [reading] = await judgeAttributes(stages, picture, [truck], { truck: ["cover"] });
  expect(reading).toMatchObject({ value: null, outcome: "no_model" });
});

test.each([
  ["numbers that are not finite", { answers: [Number.NaN, 0.5] }, "not finite"],
  ["another number of classes", { answers: [0.2, 0.3, 0.5] }, "holds 3 numbers"],
  ["another type of input", { answers: [0.9, 0.1], inputType: float32 }, "float32 input"],
  ["no such output", { answers: [0.9, 0.1], head: { output: "elsewhere" } }, 'no output "elsewhere"'],
  ["another size of input", { answers: [0.9, 0.1], width: 32 }, "wants input"],
])("a model with %s is refused at load with one sentence", async (name, change, says) => {
  const {
    answers,
    head = {},
    inputType = uint8,
    width = side,
  } = { ...change } as {
    answers: number[];
    head?: Record<string, unknown>;
    inputType?: number;
    width?: number;
  };
  const id = `bad-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
  const made = await constantStage(id, answers, { ...coverHead, ...head }, { inputType });
  const stage = { ...made, input: { ...made.input, width } };
  const opened = await openStage(stage, join(folder, stage.file));
  expect("kind" in opened && opened.text).toContain(says);
});

test("what is told of a plate is told of the plate that was found, and of none where nothing finds plates", async () => {
  const crop = { roles: ["truck"], marginNorm: 0, minSidePx: 20 };
  const corners = [2, 6, 14, 6, 14, 10, 2, 10];
  const finder = await constantStage("finder", [8, 8, 12, 4, 0.9, ...corners, 1, 0], {
    family: "plate_boxes",
    crop,
    linesOfClass: [1, 2],
    scoreThreshold: 0.5,
    nmsIou: 0.3,
  });
  const reader = await constantStage("reader", [0.95, 0.05], { ...coverHead, sees: { what: "plate" } });
  const stages = await openStages([folder], [finder, reader]);
  const [reading] = await judgeAttributes(stages, picture, [truck], { truck: ["cover"] });
  expect(reading).toMatchObject({ value: "covered", outcome: "judged", modelId: "reader" });
  const nothing = await openStages([folder], [reader]);
  const [unfound] = await judgeAttributes(nothing, picture, [truck], { truck: ["cover"] });
  expect(unfound).toMatchObject({ value: null, outcome: "no_model" });
  await stages.close();
  await nothing.close();
});
