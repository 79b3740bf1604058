import type { BoxNorm } from "../geometry/box.ts";
import type { DecodedBox } from "./decoded-box.ts";
import type { ModelInput } from "./manifest-input.ts";

/** Where the picture lies inside the model input, whole pixels. */
export type Placement = { x: number; y: number; width: number; height: number };

/** Place of a picture of the given upright size in the input: the whole of it, or letterboxed. */
export function placePicture(input: ModelInput, picture: { width: number; height: number }): Placement {
  if (input.resize.mode === "stretch") return { x: 0, y: 0, width: input.width, height: input.height };
  const ratio = Math.min(input.width / picture.width, input.height / picture.height);
  const width = Math.max(1, Math.min(input.width, Math.floor(picture.width * ratio)));
  const height = Math.max(1, Math.min(input.height, Math.floor(picture.height * ratio)));
  const centred = input.resize.anchor === "centre";
  return {
    x: centred ? Math.floor((input.width - width) / 2) : 0,
    y: centred ? Math.floor((input.height - height) / 2) : 0,
    width,
    height,
  };
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Box in shares of the original picture, cut at its edges; undefined where nothing of it is left or a number is not finite. */
export function toBoxNorm(box: DecodedBox, place: Placement): BoxNorm | undefined {
  const left = clamp((box.x1 - place.x) / place.width);
  const top = clamp((box.y1 - place.y) / place.height);
  const right = clamp((box.x2 - place.x) / place.width);
  const bottom = clamp((box.y2 - place.y) / place.height);
  return right - left > 0 && bottom - top > 0 ? [left, top, right - left, bottom - top] : undefined;
}
