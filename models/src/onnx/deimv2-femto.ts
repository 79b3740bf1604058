import { cocoLabels, cocoRoles } from "./coco.ts";
import type { ManifestInput } from "./manifest.ts";

export const deimv2Femto = {
  id: "deimv2_hgnetv2_femto_coco",
  title: "DEIMv2 HGNetv2-Femto 416, COCO",
  family: "detr",
  file: "deimv2_hgnetv2_femto_coco.onnx",
  sha256: "c6ad358f750132b891165e034c2ba507abefc5ebe1c1d2732a0acbcacc47e52c",
  bytes: 4_116_144,
  licence: "Apache-2.0",
  origin: "Intellindust DEIMv2, trained on COCO 2017 (arXiv 2509.20787)",
  input: {
    name: "images",
    width: 416,
    height: 416,
    layout: "NCHW",
    dtype: "float32",
    channels: "RGB",
    resize: { mode: "stretch" },
    scale: 1 / 255,
  },
  sizeInput: "orig_target_sizes",
  outputs: { labels: "labels", boxes: "boxes", scores: "scores" },
  labels: cocoLabels,
  roles: cocoRoles,
  scoreThreshold: 0.15,
  nmsIou: 0.7,
} as const satisfies ManifestInput;
