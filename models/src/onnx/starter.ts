import facts from "../../weights/starter.manifest.json" with { type: "json" };
import { roleSchema } from "../scene/role.ts";
import type { ManifestInput } from "./manifest.ts";

/**
 * The model the product ships, trained on pictures it renders itself. Its labels are our roles. What changes with every training
 * (hash, size, labels) is read from the file the training writes beside the weights.
 */
export const starter = {
  id: "starter",
  title: "Mingcha starter, street goods and vehicles, 512×288",
  family: "yolox",
  file: "starter.onnx",
  sha256: facts.sha256,
  bytes: facts.bytes,
  licence: "Apache-2.0",
  origin:
    "trained by this project on street scenes it renders and 110 openly licensed pictures; see models/weights/starter.md",
  input: {
    name: facts.input.name,
    width: facts.input.width,
    height: facts.input.height,
    layout: "NHWC",
    dtype: "uint8",
    channels: "RGB",
    resize: { mode: "stretch" },
  },
  outputs: { predictions: facts.output.name },
  strides: facts.strides,
  labels: facts.labels,
  roles: Object.fromEntries(facts.labels.map((label) => [label, roleSchema.parse(label)])),
  scoreThreshold: 0.15,
  nmsIou: 0.5,
} satisfies ManifestInput;
