import type { DecodedBox } from "./decoded-box.ts";
import { suppressDuplicates } from "./suppress-duplicates.ts";

export type YoloxShape = {
  inputWidth: number;
  inputHeight: number;
  strides: readonly number[];
  classCount: number;
};

/** Rows of predictions a YOLOX head of this shape gives: one a grid cell, all strides together. */
export const yoloxRowCount = ({ inputWidth, inputHeight, strides }: Omit<YoloxShape, "classCount">): number =>
  strides.reduce((sum, s) => sum + Math.floor(inputWidth / s) * Math.floor(inputHeight / s), 0);

/**
 * Boxes of a YOLOX head. `predictions` is Float32Array [1, rows, 5 + classes], rows in the order of the strides, each grid row by row:
 * centre x, centre y (cells from the grid cell), log width, log height (in strides), objectness, class scores, the last two already 0..1.
 * Source: Megvii YOLOX demo/ONNXRuntime, `demo_postprocess` and `multiclass_nms`.
 */
export function decodeYolox(
  predictions: Float32Array,
  shape: YoloxShape,
  { scoreThreshold, nmsIou }: { scoreThreshold: number; nmsIou: number },
): DecodedBox[] {
  const width = 5 + shape.classCount;
  const boxes: DecodedBox[] = [];
  let row = 0;
  for (const stride of shape.strides) {
    const columns = Math.floor(shape.inputWidth / stride);
    const lines = Math.floor(shape.inputHeight / stride);
    for (let cell = 0; cell < columns * lines; cell++, row++) {
      const at = row * width;
      const objectness = predictions[at + 4] as number;
      if (objectness < scoreThreshold) continue;
      let classId = 0;
      let classScore = 0;
      for (let c = 0; c < shape.classCount; c++) {
        const value = predictions[at + 5 + c] as number;
        if (value > classScore) {
          classScore = value;
          classId = c;
        }
      }
      const score = objectness * classScore;
      if (!(score >= scoreThreshold)) continue;
      const x = ((predictions[at] as number) + (cell % columns)) * stride;
      const y = ((predictions[at + 1] as number) + Math.floor(cell / columns)) * stride;
      const w = Math.exp(predictions[at + 2] as number) * stride;
      const h = Math.exp(predictions[at + 3] as number) * stride;
      boxes.push({ classId, score, x1: x - w / 2, y1: y - h / 2, x2: x + w / 2, y2: y + h / 2 });
    }
  }
  return suppressDuplicates(boxes, nmsIou);
}
