import type { ManifestInput } from "./manifest.ts";
import { yoloxNano } from "./yolox-nano.ts";

/**
 * The next sizes of the same release, for machines with time or a graphics card. The project publishes no hashes; these are what several
 * public projects pin independently for these addresses (yolox_s is also the file of OpenCV Zoo, whose LFS pointer names the same).
 */
const release = "https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0";

export const yoloxTiny = {
  ...yoloxNano,
  id: "yolox_tiny",
  title: "YOLOX-tiny 416, COCO",
  file: "yolox_tiny.onnx",
  url: `${release}/yolox_tiny.onnx`,
  sha256: "427cc366d34e27ff7a03e2899b5e3671425c262ea2291f88bb942bc1cc70b0f7",
  bytes: 20_219_662,
} as const satisfies ManifestInput;

export const yoloxS = {
  ...yoloxNano,
  id: "yolox_s",
  title: "YOLOX-s 640, COCO",
  file: "yolox_s.onnx",
  url: `${release}/yolox_s.onnx`,
  sha256: "c5c2d13e59ae883e6af3b45daea64af4833a4951c92d116ec270d9ddbe998063",
  bytes: 35_858_002,
  input: { ...yoloxNano.input, width: 640, height: 640 },
} as const satisfies ManifestInput;
