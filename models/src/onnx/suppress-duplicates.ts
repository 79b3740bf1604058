import { type DecodedBox, decodedIou } from "./decoded-box.ts";

/** Greedy non-maximum suppression within each class: best score first, later boxes overlapping a kept one by more than `iou` go. */
export function suppressDuplicates(boxes: readonly DecodedBox[], iou: number): DecodedBox[] {
  const kept: DecodedBox[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score))
    if (!kept.some((other) => other.classId === box.classId && decodedIou(other, box) > iou)) kept.push(box);
  return kept;
}
