import { decodedIou } from "../onnx/decoded-box.ts";
import type { StageOf } from "./manifest.ts";
import type { Quad } from "./picture.ts";

/** A plate found in a stage's input, pixels of that input. */
export type PlateBox = { score: number; lines: 1 | 2; corners: Quad };

/**
 * Plates of a YOLOv5-with-corners head. `rows` is Float32Array [n, 13 + classes]: centre x, y, width, height, objectness, corners x, y (top
 * left, top right, bottom right, bottom left), class scores; score = objectness × best class. Best first, duplicates suppressed whatever their class.
 * Source: HyperLPR3 (Apache-2.0), `multitask_detect.py`, read for the order of the columns.
 */
export function decodePlateBoxes(
  rows: Float32Array,
  { linesOfClass, scoreThreshold, nmsIou }: Pick<StageOf<"plate_boxes">, "linesOfClass" | "scoreThreshold" | "nmsIou">,
): PlateBox[] {
  const width = 13 + linesOfClass.length;
  const found: (PlateBox & { classId: number; x1: number; y1: number; x2: number; y2: number })[] = [];
  for (let at = 0; at + width <= rows.length; at += width) {
    const value = (k: number): number => rows[at + k] as number;
    if (!(value(4) >= scoreThreshold)) continue;
    let classId = 0;
    for (let k = 1; k < linesOfClass.length; k++) if (value(13 + k) > value(13 + classId)) classId = k;
    const score = value(4) * value(13 + classId);
    if (!(score >= scoreThreshold)) continue;
    const corner = (k: number) => ({ x: value(5 + 2 * k), y: value(6 + 2 * k) });
    const [halfWide, halfHigh] = [value(2) / 2, value(3) / 2];
    found.push({
      score,
      classId: 0,
      lines: linesOfClass[classId] as 1 | 2,
      corners: [corner(0), corner(1), corner(2), corner(3)],
      x1: value(0) - halfWide,
      y1: value(1) - halfHigh,
      x2: value(0) + halfWide,
      y2: value(1) + halfHigh,
    });
  }
  const kept: typeof found = [];
  for (const box of found.sort((a, b) => b.score - a.score))
    if (!kept.some((other) => decodedIou(other, box) > nmsIou)) kept.push(box);
  return kept.map(({ score, lines, corners }) => ({ score, lines, corners }));
}
