import { viewSize } from "./grey-picture.ts";

/** Where in a frame the picture lies, whole pixels. */
type Area = { x: number; y: number; width: number; height: number };

/**
 * Grey thumbnail of `viewSize` from a frame of packed (three bytes a pixel) or planar (green first, as ffmpeg's gbrp) pixels: the mean green
 * of each cell. Green carries most of the light in every order of channels. Cells are whole pixels, at least one.
 */
export function shrinkFrame(
  frame: Uint8Array,
  { width, isPlanar }: { width: number; isPlanar: boolean },
  area: Area,
): Uint8Array {
  const small = new Uint8Array(viewSize.width * viewSize.height);
  const step = isPlanar ? 1 : 3;
  const first = isPlanar ? 0 : 1;
  for (let row = 0; row < viewSize.height; row++) {
    const top = area.y + Math.floor((row * area.height) / viewSize.height);
    const bottom = Math.max(top + 1, area.y + Math.floor(((row + 1) * area.height) / viewSize.height));
    for (let column = 0; column < viewSize.width; column++) {
      const left = area.x + Math.floor((column * area.width) / viewSize.width);
      const right = Math.max(left + 1, area.x + Math.floor(((column + 1) * area.width) / viewSize.width));
      let sum = 0;
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) sum += frame[(y * width + x) * step + first] as number;
      small[row * viewSize.width + column] = Math.round(sum / ((bottom - top) * (right - left)));
    }
  }
  return small;
}
