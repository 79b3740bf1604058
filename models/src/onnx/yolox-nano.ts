import { cocoLabels, cocoRoles } from "./coco.ts";
import type { ManifestInput } from "./manifest.ts";

/** Input and head of every YOLOX release of 0.1.1rc0: letterbox top left, grey 114, BGR 0..255, no normalisation. */
export const yoloxNano = {
  id: "yolox_nano",
  title: "YOLOX-nano 416, COCO",
  family: "yolox",
  file: "yolox_nano.onnx",
  url: "https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/yolox_nano.onnx",
  sha256: "c789161ed43c8269fcd4e67c67eeeb4e80c622da2eb296a20bc6007bd18a0b7d",
  bytes: 3_659_407,
  licence: "Apache-2.0",
  origin: "Megvii YOLOX 0.1.1rc0, trained on COCO 2017 (arXiv 2107.08430)",
  input: {
    name: "images",
    width: 416,
    height: 416,
    layout: "NCHW",
    dtype: "float32",
    channels: "BGR",
    resize: { mode: "letterbox", anchor: "top-left", pad: 114 },
  },
  outputs: { predictions: "output" },
  strides: [8, 16, 32],
  labels: cocoLabels,
  roles: cocoRoles,
  scoreThreshold: 0.15,
  nmsIou: 0.45,
} as const satisfies ManifestInput;
