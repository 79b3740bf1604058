import type { BoxNorm } from "../geometry/box.ts";
import type { ModelInput } from "../onnx/manifest-input.ts";
import type { Quad } from "./picture.ts";

type Size = { widthPx: number; heightPx: number };

const rectangle = (x1: number, y1: number, x2: number, y2: number): Quad => [
  { x: x1, y: y1 },
  { x: x2, y: y1 },
  { x: x2, y: y2 },
  { x: x1, y: y2 },
];

/**
 * The part of a picture (px) that a stage sees of a detection: its box with a margin, cut at the picture's edges; where the stage wants a
 * letterbox, the box is widened to the shape of the input instead of padded, so that the model sees surroundings where there are any.
 */
export function cropQuad(picture: Size, [x, y, w, h]: BoxNorm, marginNorm: number, input: ModelInput): Quad {
  const [wide, high] = [w * picture.widthPx, h * picture.heightPx];
  const left = Math.max(0, x * picture.widthPx - marginNorm * wide);
  const top = Math.max(0, y * picture.heightPx - marginNorm * high);
  const right = Math.min(picture.widthPx, (x + w) * picture.widthPx + marginNorm * wide);
  const bottom = Math.min(picture.heightPx, (y + h) * picture.heightPx + marginNorm * high);
  if (input.resize.mode === "stretch") return rectangle(left, top, right, bottom);
  const scale = Math.max((right - left) / input.width, (bottom - top) / input.height);
  const [halfWide, halfHigh] = [(scale * input.width) / 2, (scale * input.height) / 2];
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  return rectangle(cx - halfWide, cy - halfHigh, cx + halfWide, cy + halfHigh);
}

/** Shorter side of a box in pixels of its picture. */
export const shorterSidePx = (picture: Size, [, , w, h]: BoxNorm): number =>
  Math.min(w * picture.widthPx, h * picture.heightPx);
