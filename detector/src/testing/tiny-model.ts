import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest } from "@mingcha/models/onnx";
import type { LocatedModel } from "../runtime/load-model.ts";
import { attribute, float32, node, onnxFile, tensor, uint8, value } from "./tiny-graph.ts";

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
  const bytes = onnxFile({
    nodes: [
      node("Cast", ["images"], "pixels", attribute("to", float32)),
      node("ReduceMean", ["pixels"], "mean", attribute("keepdims", 0)),
      node("Mul", ["mean", "zero"], "nothing"),
      node("Add", ["predictions", "nothing"], "output"),
    ],
    initializers: [tensor("zero", [], new Float32Array(1)), tensor("predictions", [1, outputRows, 7], predictions)],
    inputs: [value("images", uint8, [1, heightPx, widthPx, 3])],
    outputs: [value("output", float32, [1, outputRows, 7])],
  });
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
