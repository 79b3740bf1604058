import facts from "../../weights/truck-cover.manifest.json" with { type: "json" };
import type { StageInput } from "./manifest.ts";

/**
 * Whether a lorry's body is covered, and whether an open one is loaded, trained on lorries this project renders. Its graph looks twice: it finds the
 * load on the whole lorry, and judges it from all the pixels there are of it. Class `hidden` (the body
 * cannot be looked into, or it is too dark to) is a value of no attribute: it leaves the question to a person.
 */
export const truckCover = {
  id: "truck-cover",
  title: "Mingcha lorry cover and load, two looks of 256×256",
  family: "values",
  file: "truck-cover.onnx",
  sha256: facts.sha256,
  bytes: facts.bytes,
  licence: "Apache-2.0",
  origin: "trained by this project on lorries it renders, real pictures only around them; see models/training/cover",
  input: {
    name: facts.input.name,
    width: facts.input.width,
    height: facts.input.height,
    layout: "NHWC",
    dtype: "uint8",
    channels: "RGB",
    resize: { mode: "stretch" },
  },
  sees: { what: "thing", crop: { roles: ["truck"], marginNorm: 0.06, minSidePx: 64 } },
  output: facts.output.name,
  classes: facts.classes,
  attributes: {
    cover: { covered: ["covered"], open: ["open", "empty"] },
    load: { loaded: ["open"], empty: ["empty"] },
  },
  threshold: facts.threshold,
} satisfies StageInput;
