import { expect, test } from "vitest";
import { cocoLabels } from "./coco.ts";
import { decodeDetr } from "./decode-detr.ts";
import { decodeYolox, yoloxRowCount } from "./decode-yolox.ts";
import type { ModelInput } from "./manifest-input.ts";
import { findModel } from "./registry.ts";
import { suppressDuplicates } from "./suppress-duplicates.ts";

const shape = { inputWidth: 64, inputHeight: 32, strides: [8, 16, 32], classCount: 2 };
const rows = yoloxRowCount(shape);

/** One prediction written into the row of a grid cell. */
function write(out: Float32Array, row: number, values: number[]): void {
  out.set(values, row * 7);
}

test("a YOLOX row is placed by its grid cell and stride, widths are exponentials", () => {
  expect(rows).toBe(8 * 4 + 4 * 2 + 2 * 1);
  const out = new Float32Array(rows * 7);
  // Stride 16 begins after the 32 cells of stride 8; cell 5 of 4 columns is column 1, line 1.
  write(out, 32 + 5, [0.5, 0.25, Math.log(2), Math.log(1), 0.9, 0.1, 0.8]);
  const [box, ...others] = decodeYolox(out, shape, { scoreThreshold: 0.3, nmsIou: 0.45 });
  expect(others).toEqual([]);
  expect(box?.classId).toBe(1);
  expect(box?.score).toBeCloseTo(0.72, 6);
  expect([box?.x1, box?.y1, box?.x2, box?.y2].map((v) => Math.round((v ?? 0) * 1000) / 1000)).toEqual([8, 12, 40, 28]);
});

test("rows below the threshold and rows that are not numbers give no box", () => {
  const out = new Float32Array(rows * 7);
  write(out, 0, [0, 0, 0, 0, 0.5, 0.5, 0]);
  write(out, 1, [0, 0, 0, 0, Number.NaN, 1, 1]);
  write(out, 2, [0, 0, 0, 0, 1, Number.NaN, Number.NaN]);
  expect(decodeYolox(out, shape, { scoreThreshold: 0.3, nmsIou: 0.45 })).toEqual([]);
});

test("the best of two boxes on one thing stays, two classes on one place both stay", () => {
  const box = { x1: 0, y1: 0, x2: 10, y2: 10 };
  const near = { x1: 1, y1: 0, x2: 11, y2: 10 };
  const kept = suppressDuplicates(
    [
      { ...near, classId: 0, score: 0.6 },
      { ...box, classId: 0, score: 0.9 },
      { ...box, classId: 1, score: 0.5 },
    ],
    0.45,
  );
  expect(kept.map((b) => [b.classId, b.score])).toEqual([
    [0, 0.9],
    [1, 0.5],
  ]);
});

const detrPixels = {
  input: findModel("yolox_nano")?.input as ModelInput,
  scoreThreshold: 0.3,
  boxFormat: "xyxy",
  boxUnit: "input_px",
} as const;

test("a DETR head is read as it is, with 64-bit labels and without unknown classes", () => {
  const found = decodeDetr(
    {
      labels: BigInt64Array.of(2n, 0n, 99n),
      boxes: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 1, 1),
      scores: Float32Array.of(0.4, 0.9, 0.99),
    },
    { ...detrPixels, labels: cocoLabels, firstClassId: 0 },
  );
  expect(found.map((b) => [b.classId, b.x1, b.y2])).toEqual([
    [0, 5, 8],
    [2, 1, 4],
  ]);
});
