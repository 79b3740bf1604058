import { type Manifest, type ModelInput, manifestSchema } from "@mingcha/models/onnx";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { attribute, float32, node, onnxFile, tensor, uint8, value } from "../testing/tiny-graph.ts";
import { createInputFiller, pixelFormatOf } from "./fill-input.ts";
import { foldInput } from "./fold-input.ts";
import { openOnnxSession } from "./onnx-session.ts";

const [width, height] = [8, 4];
const frame = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37) % 256);
/** The same picture as the planes green, blue, red that the tables read. */
function planesOf(pixels: Uint8Array, channels: "RGB" | "BGR"): Uint8Array<ArrayBuffer> {
  const order = channels === "RGB" ? [1, 2, 0] : [1, 0, 2];
  const area = pixels.length / 3;
  return Uint8Array.from(
    { length: pixels.length },
    (_, i) => pixels[(i % area) * 3 + (order[Math.floor(i / area)] ?? 0)] ?? 0,
  );
}
const frameFor = (input: ModelInput): Uint8Array<ArrayBuffer> =>
  pixelFormatOf(input) === "gbrp" ? planesOf(frame, input.channels) : frame;

const baseInput: ModelInput = {
  name: "images",
  width,
  height,
  layout: "NCHW",
  dtype: "float32",
  channels: "RGB",
  resize: { mode: "stretch" },
  scale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
};
const dimsOf = ({ layout }: ModelInput, batch: number | string): (number | string)[] =>
  layout === "NCHW" ? [batch, 3, height, width] : [batch, height, width, 3];

describe("a folded graph sees what the tables would give it", () => {
  const normalised = { scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
  const cases: [string, Partial<ModelInput>][] = [
    ["planes", {}],
    ["planes, blue first", { channels: "BGR" }],
    ["planes 0..1", { scale: 1 / 255 }],
    ["planes normalised", normalised as Partial<ModelInput>],
    ["planes normalised, blue first", { ...normalised, channels: "BGR" } as Partial<ModelInput>],
    ["planes of bytes", { dtype: "uint8" }],
    ["interleaved floats", { layout: "NHWC" }],
    ["interleaved floats normalised", { ...normalised, layout: "NHWC" } as Partial<ModelInput>],
  ];
  const versions = [
    { irVersion: 3, opset: 7 },
    { irVersion: 6, opset: 11 },
    { irVersion: 8, opset: 17 },
    { irVersion: 10, opset: 21 },
  ];
  test.each(
    cases.flatMap(([name, change]) => versions.map((version) => ({ name, change, ...version }))),
  )("$name, IR $irVersion, operator set $opset", async ({ change, irVersion, opset }) => {
    const input = { ...baseInput, ...change };
    const type = input.dtype === "uint8" ? uint8 : float32;
    const file = onnxFile(
      {
        nodes: [node("Identity", ["images"], "seen")],
        inputs: [value("images", type, dimsOf(input, 1))],
        outputs: [value("seen", type, dimsOf(input, 1))],
      },
      { irVersion, opset },
    );
    const folding = foldInput(file, input);
    if (folding.kind !== "folded") throw new Error(JSON.stringify(folding));
    const session = await InferenceSession.create(folding.bytes, { logSeverityLevel: 3 });
    const feeds = { [folding.input.name]: new Tensor("uint8", frame, [1, height, width, 3]) };
    const seen = (await session.run(feeds)).seen?.data as ArrayLike<number>;
    const wanted = createInputFiller(input)(frameFor(input));
    expect(seen.length).toBe(wanted.length);
    for (let i = 0; i < wanted.length; i++) expect(seen[i]).toBeCloseTo(wanted[i] ?? Number.NaN, 5);
    await session.release();
  });
});

/** A model of two boxes whose scores follow the picture: the mean of its pixels ÷ 255, and half of it. */
function manifestOf(change: object = {}): Manifest {
  return manifestSchema.parse({
    id: "tiny",
    title: "follows the light",
    family: "ssd",
    file: "tiny.onnx",
    sha256: "0".repeat(64),
    bytes: 1,
    licence: "Apache-2.0",
    origin: "made by a test",
    input: baseInput,
    outputs: { boxes: "boxes", scores: "scores" },
    labels: ["lamp"],
    roles: {},
    scoreThreshold: 0.01,
    nmsIou: 0.5,
    ...change,
  });
}
/** `spoil` are further nodes from "scored" to "scores", which is otherwise the same. */
function lightModel(batch: number | string = 1, spoil: Buffer[] = [node("Identity", ["scored"], "scores")]): Buffer {
  return onnxFile({
    nodes: [
      node("GlobalAveragePool", ["images"], "means"),
      node("ReduceMean", ["means"], "light", attribute("keepdims", 1)),
      node("Reshape", ["means", "shape"], "flat"),
      node("ReduceMean", ["flat"], "mean", axes(1)),
      node("Mul", ["mean", "halves"], "scored"),
      node("Mul", ["mean", "none"], "nothing"),
      node("Reshape", ["nothing", "shape"], "column"),
      node("Add", ["column", "corners"], "boxes"),
      ...spoil,
    ],
    initializers: [
      tensor("halves", [1, 2, 1], Float32Array.of(1 / 255, 0.5 / 255)),
      tensor("none", [1, 8, 1], new Float32Array(8)),
      tensor("corners", [1, 8, 1], Float32Array.of(0, 0, 2, 2, 4, 0, 8, 4)),
      tensor("one", [], Float32Array.of(1)),
      longs("shape", [0, -1, 1]),
    ],
    inputs: [value("images", float32, dimsOf(baseInput, batch))],
    outputs: [value("boxes", float32, [batch, 8, 1]), value("scores", float32, [batch, 2, 1])],
  });
}
function longs(name: string, values: number[]): Buffer {
  const data = Buffer.from(BigInt64Array.from(values, BigInt).buffer);
  const int64 = 7;
  return Buffer.concat([
    Buffer.from([8, values.length, 16, int64]),
    Buffer.from([(8 << 3) | 2, name.length, ...Buffer.from(name)]),
    Buffer.from([(9 << 3) | 2, data.length]),
    data,
  ]);
}
/** Attribute `axes` of one number: ints, field 8, type INTS. */
const axes = (axis: number): Buffer => Buffer.from([10, 4, ...Buffer.from("axes"), (8 << 3) | 0, axis, 160, 1, 7]);

async function open(bytes: Buffer, manifest = manifestOf(), options = {}) {
  const session = await openOnnxSession(bytes, manifest, options);
  if ("kind" in session) throw new Error(session.text);
  return session;
}
const refusalOf = async (bytes: Buffer, manifest = manifestOf()): Promise<string> => {
  const session = await openOnnxSession(bytes, manifest);
  return "kind" in session ? session.text : "opened";
};

describe("a session", () => {
  test("gives the same boxes folded and through tables, and says which it is", async () => {
    const folded = await open(lightModel());
    const plain = await open(lightModel(), manifestOf(), { fold: false });
    expect([folded.folding.kind, folded.pixelFormat]).toEqual(["folded", "rgb24"]);
    expect([plain.folding.kind, plain.pixelFormat]).toEqual(["left", "gbrp"]);
    const boxes = await folded.detect(frame);
    expect(boxes.length).toBe(2);
    expect(boxes[1]).toMatchObject({ x1: 4, y1: 0, x2: 8, y2: 4 });
    const others = await plain.detect(planesOf(frame, "RGB"));
    boxes.forEach((box, i) => {
      expect(box.score).toBeCloseTo(others[i]?.score ?? 0, 5);
    });
  });

  test("says what it runs on, how many threads, and why on nothing faster", async () => {
    const session = await open(lightModel());
    expect(session.threads).toBe(1);
    expect(session.provider === "cuda" || session.providerNote?.includes("CUDA")).toBe(true);
  });

  test("takes several frames at once where the batch is open, with the answers of each", async () => {
    const dark = frame.map((v) => Math.floor(v / 4));
    const batched = await open(lightModel("N"));
    expect(batched.canBatch).toBe(true);
    const single = await open(lightModel());
    expect(single.canBatch).toBe(false);
    const together = await batched.detectBatch([frame, dark, frame]);
    expect(together).toEqual(await single.detectBatch([frame, dark, frame]));
    expect(together[1]?.[0]?.score).toBeLessThan(together[0]?.[0]?.score ?? 0);
  });
});

describe("a model that does not fit is refused at load with one sentence", () => {
  test.each([
    ["another input name", { input: { ...baseInput, name: "picture" } }, 'no input "picture"', "没有输入"],
    ["another input type", { input: { ...baseInput, dtype: "uint8" } }, "wants float32 input", "输入类型"],
    ["another layout", { input: { ...baseInput, layout: "NHWC" } }, "wants input [1,3,4,8]", "输入形状"],
    ["another size", { input: { ...baseInput, width: 16 } }, "wants input [1,3,4,8]", "输入形状"],
    ["another output name", { outputs: { boxes: "boxes", scores: "points" } }, 'no output "points"', "没有输出"],
    ["another number of classes", { labels: ["lamp", "sun"] }, "do not fit each other", "互不相符"],
  ])("%s", async (_what, change, en, zh) => {
    const text = await refusalOf(lightModel(), manifestOf(change));
    expect(text).toContain(en);
    expect(text).toContain(zh);
    expect(text).not.toContain("\n");
  });

  test("an input the manifest does not name", async () => {
    const file = onnxFile({
      nodes: [node("Identity", ["images"], "scores"), node("Identity", ["size"], "boxes")],
      inputs: [value("images", float32, dimsOf(baseInput, 1)), value("size", float32, [1, 2])],
      outputs: [value("boxes", float32, [1, 2]), value("scores", float32, [1, 2])],
    });
    expect(await refusalOf(file)).toContain('further input "size"');
  });

  test("answers that are finite on a grey frame only", async () => {
    const contrast = [
      node("ReduceMax", ["images"], "most", attribute("keepdims", 0)),
      node("ReduceMin", ["images"], "least", attribute("keepdims", 0)),
      node("Sub", ["most", "least"], "contrast"),
      node("Sub", ["one", "contrast"], "left"),
      node("Sqrt", ["left"], "root"),
      node("Add", ["scored", "root"], "scores"),
    ];
    expect(await refusalOf(lightModel(1, contrast))).toContain("not finite");
  });

  test("answers that are infinite on a black frame", async () => {
    const perLight = [
      node("Div", ["one", "light"], "gain"),
      node("Mul", ["scored", "gain"], "bright"),
      node("Reshape", ["bright", "shape"], "scores"),
    ];
    expect(await refusalOf(lightModel(1, perLight))).toContain("not finite");
  });

  test("a file that is no model, and one cut short", async () => {
    expect(await refusalOf(Buffer.alloc(500, 7))).toContain("no model this runtime can load");
    const whole = lightModel();
    expect(await refusalOf(whole.subarray(0, whole.length - 40))).toContain("no model this runtime can load");
  });
});
