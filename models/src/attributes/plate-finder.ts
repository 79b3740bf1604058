import type { StageInput } from "./manifest.ts";

/** Plates with their four corners, one or two lines of text, on the crop of a vehicle. */
export const plateFinder = {
  id: "plate-finder",
  title: "Chinese plate detector with corners, 320×320 (HyperLPR3)",
  family: "plate_boxes",
  file: "y5fu_320x_sim.onnx",
  sha256: "2a985dc63a5cc947ec36d18503d6fc0fd54525b9dba17f2fe29a71e86b44456d",
  bytes: 2_343_161,
  licence: "Apache-2.0",
  origin: "HyperLPR3 (szad670401/HyperLPR), file y5fu_320x_sim.onnx; training data not stated",
  input: {
    name: "input",
    width: 320,
    height: 320,
    layout: "NCHW",
    dtype: "float32",
    channels: "RGB",
    resize: { mode: "letterbox", anchor: "centre", pad: 0 },
    scale: 1 / 255,
  },
  crop: { roles: ["car", "truck"], marginNorm: 0.06, minSidePx: 60 },
  output: "output",
  linesOfClass: [1, 2],
  scoreThreshold: 0.5,
  nmsIou: 0.3,
} as const satisfies StageInput;
