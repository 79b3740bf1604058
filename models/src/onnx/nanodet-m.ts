import { cocoLabels, cocoRoles } from "./coco.ts";
import type { ManifestInput } from "./manifest.ts";

/**
 * NanoDet with three strides as OpenCV Zoo ships it. Mean and deviation are those of its `nanodet.py`, given for blue, green, red; its demo
 * feeds red first, the training (RangiLyu/nanodet) blue first.
 */
export const nanodetM = {
  id: "object_detection_nanodet_2022nov",
  title: "NanoDet-m 416, COCO (OpenCV Zoo)",
  family: "nanodet",
  file: "object_detection_nanodet_2022nov.onnx",
  url: "https://media.githubusercontent.com/media/opencv/opencv_zoo/main/models/object_detection_nanodet/object_detection_nanodet_2022nov.onnx",
  sha256: "4b82da9944b88577175ee23a459dce2e26e6e4be573def65b1055dc2d9720186",
  bytes: 3_800_954,
  licence: "Apache-2.0",
  origin: "RangiLyu NanoDet, trained on COCO 2017, exported by OpenCV Zoo (models/object_detection_nanodet)",
  input: {
    name: "input.1",
    width: 416,
    height: 416,
    layout: "NCHW",
    dtype: "float32",
    channels: "BGR",
    resize: { mode: "letterbox", anchor: "centre", pad: 0 },
    mean: [103.53, 116.28, 123.675],
    std: [57.375, 57.12, 58.395],
  },
  outputs: { scores: ["792", "814", "836"], distances: ["795", "817", "839"] },
  strides: [8, 16, 32],
  bins: 8,
  cellPoint: "pixel_middle",
  labels: cocoLabels,
  roles: cocoRoles,
  scoreThreshold: 0.15,
  nmsIou: 0.6,
} as const satisfies ManifestInput;
