import { cocoLabels, cocoRoles } from "./coco.ts";
import type { ManifestInput } from "./manifest.ts";

/**
 * The category numbers of COCO that its 80 classes leave free (cocodataset.org, `instances_val2017.json`). TensorFlow's models number by
 * category, so their label list has holes.
 */
const freeCategories = new Set([12, 26, 29, 30, 45, 66, 68, 69, 71, 83]);
const labelsByCategory: string[] = [];
for (let category = 1, next = 0; category <= 90; category++)
  labelsByCategory.push(freeCategories.has(category) ? `unused ${category}` : (cocoLabels[next++] as string));

/** TensorFlow's SSD with suppression inside the graph: takes bytes of any size, gives edges y1 x1 y2 x2 in shares and class numbers as floats from 1. */
export const ssdMobilenetV1 = {
  id: "ssd_mobilenet_v1_12",
  title: "SSD MobileNet v1 300, COCO (ONNX Model Zoo, opset 12)",
  family: "detr",
  file: "ssd_mobilenet_v1_12.onnx",
  url: "https://github.com/onnx/models/raw/main/validated/vision/object_detection_segmentation/ssd-mobilenetv1/model/ssd_mobilenet_v1_12.onnx",
  sha256: "b8fba5e404077d4048d27fcd1667e85e27e192eb9bf51e696c46a3acd7d21058",
  bytes: 29_461_455,
  licence: "MIT",
  origin: "TensorFlow object detection, trained on COCO, converted by the ONNX Model Zoo (ssd-mobilenetv1)",
  input: {
    name: "inputs",
    width: 300,
    height: 300,
    layout: "NHWC",
    dtype: "uint8",
    channels: "RGB",
    resize: { mode: "stretch" },
  },
  outputs: { labels: "detection_classes", boxes: "detection_boxes", scores: "detection_scores" },
  boxFormat: "yxyx",
  boxUnit: "input_share",
  firstClassId: 1,
  labels: labelsByCategory,
  roles: cocoRoles,
  scoreThreshold: 0.3,
} as const satisfies ManifestInput;
