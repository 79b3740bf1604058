import facts from "../../weights/plate-reader.manifest.json" with { type: "json" };
import type { StageInput } from "./manifest.ts";

/** Text of a rectified plate, trained on plates this project renders. What changes with every training is read from the file it writes. */
export const plateReader = {
  id: "plate-reader",
  title: "Mingcha plate reader, 128×32",
  family: "characters",
  file: "plate-reader.onnx",
  sha256: facts.sha256,
  bytes: facts.bytes,
  licence: "Apache-2.0",
  origin: "trained by this project on rendered plates only; see models/training/plates",
  input: {
    name: facts.input.name,
    width: facts.input.width,
    height: facts.input.height,
    layout: "NHWC",
    dtype: "uint8",
    channels: "RGB",
    resize: { mode: "stretch" },
  },
  outputs: facts.outputs,
  charset: facts.charset,
  layouts: facts.layouts,
  tilts: facts.tilts,
  threshold: 0.9,
} satisfies StageInput;
