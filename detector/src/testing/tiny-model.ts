import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest } from "@mingcha/models/onnx";
import type { LocatedModel } from "../runtime/load-model.ts";

/** Protocol-buffer fields: a number as varint, bytes or text as length-delimited. */
function field(id: number, value: number | string | Buffer): Buffer {
  const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))]);
  if (typeof value === "number") return Buffer.from([...varint(id * 8), ...varint(value)]);
  const bytes = Buffer.from(value as string);
  return Buffer.concat([Buffer.from([...varint(id * 8 + 2), ...varint(bytes.length)]), bytes]);
}
const message = (...fields: Buffer[]): Buffer => Buffer.concat(fields);

const float32 = 1;
const uint8 = 2;
const value = (name: string, type: number, dims: number[]): Buffer => {
  const shape = message(...dims.map((d) => field(1, message(field(1, d)))));
  return message(field(1, name), field(2, message(field(1, message(field(1, type), field(2, shape))))));
};
const tensor = (name: string, dims: number[], data: Float32Array): Buffer =>
  message(...dims.map((d) => field(1, d)), field(2, float32), field(8, name), field(9, Buffer.from(data.buffer)));
const node = (op: string, inputs: string[], output: string, ...attributes: Buffer[]): Buffer =>
  message(...inputs.map((i) => field(1, i)), field(2, output), field(4, op), ...attributes.map((a) => field(5, a)));
const attribute = (name: string, i: number): Buffer => message(field(1, name), field(3, i), field(20, 2));

const widthPx = 64;
const heightPx = 32;
/** Rows of strides 8, 16, 32: 32 + 8 + 2. */
const rows = 42;

/**
 * An ONNX file of about 1.5 KB (onnx.proto, opset 13) that always answers the same YOLOX predictions, whatever it sees: for tests of
 * everything around a model. `fill` writes the predictions [rows, 5 + 2].
 */
export async function writeTinyModel(
  folder: string,
  fill: (predictions: Float32Array) => void = () => {},
  change: Partial<Manifest> & { outputRows?: number } = {},
): Promise<LocatedModel> {
  const { outputRows = rows, ...manifestChange } = change;
  const predictions = new Float32Array(outputRows * 7);
  fill(predictions);
  const graph = message(
    field(1, node("Cast", ["images"], "pixels", attribute("to", float32))),
    field(1, node("ReduceMean", ["pixels"], "mean", attribute("keepdims", 0))),
    field(1, node("Mul", ["mean", "zero"], "nothing")),
    field(1, node("Add", ["predictions", "nothing"], "output")),
    field(2, "tiny"),
    field(5, tensor("zero", [], new Float32Array(1))),
    field(5, tensor("predictions", [1, outputRows, 7], predictions)),
    field(11, value("images", uint8, [1, heightPx, widthPx, 3])),
    field(12, value("output", float32, [1, outputRows, 7])),
  );
  const bytes = message(field(1, 8), field(7, graph), field(8, message(field(1, ""), field(2, 13))));
  const file = join(folder, "tiny.onnx");
  await writeFile(file, bytes);
  const manifest: Manifest = {
    id: "tiny",
    title: "constant answers",
    family: "yolox",
    file: "tiny.onnx",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    licence: "Apache-2.0",
    origin: "made by a test",
    input: {
      name: "images",
      width: widthPx,
      height: heightPx,
      layout: "NHWC",
      dtype: "uint8",
      channels: "RGB",
      resize: { mode: "stretch" },
      scale: 1,
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    outputs: { predictions: "output" },
    strides: [8, 16, 32],
    labels: ["crate", "car"],
    roles: { crate: "goods", car: "car" },
    scoreThreshold: 0.1,
    nmsIou: 0.45,
    ...manifestChange,
  } as Manifest;
  return { manifest, file };
}
