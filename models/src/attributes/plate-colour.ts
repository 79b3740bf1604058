import type { StageInput } from "./manifest.ts";

/** Colour of a rectified plate; what it makes of white and black plates is not known, so they should stay below the threshold. */
export const plateColour = {
  id: "plate-colour",
  title: "Plate colour, 96×96 (HyperLPR3)",
  family: "values",
  file: "litemodel_cls_96x_r1.onnx",
  sha256: "fe123688d3bf08b9ef029fcd57f3ac4644ac2e5ef8b9e7a676aacd5fad152142",
  bytes: 1_604_473,
  licence: "Apache-2.0",
  origin: "HyperLPR3 (szad670401/HyperLPR), file litemodel_cls_96x_r1.onnx; training data not stated",
  input: {
    name: "data",
    width: 96,
    height: 96,
    layout: "NCHW",
    dtype: "float32",
    channels: "RGB",
    resize: { mode: "stretch" },
    scale: 1 / 255,
  },
  sees: { what: "plate" },
  output: "output",
  classes: ["yellow", "blue", "green"],
  attributes: { plate_colour: { yellow: ["yellow"], blue: ["blue"], green: ["green"] } },
  threshold: 0.9,
} as const satisfies StageInput;
