/** A small grey picture: one byte a pixel, rows from the top, 0 black … 255 white. */
export type GreyPicture = { grey: Uint8Array; width: number; height: number };

/**
 * Size of the thumbnails everything in this folder is tuned for: 2 % of the width are 2.6 of its pixels. Make it by averaging over areas
 * (ffmpeg `scale=128:72:flags=area,format=gray`): averages keep noise and rain out, picked pixels do not.
 */
export const viewSize = { width: 128, height: 72 } as const;

/** Throws where the bytes are not the picture: a caller's mistake. */
export function assertGrey({ grey, width, height }: GreyPicture): void {
  if (grey.length !== width * height || width < 16 || height < 16)
    throw new Error(`${grey.length} bytes are no grey picture of ${width}×${height}`);
}

/** 3×3 binomial smoothing, edges repeated: takes the last noise off a thumbnail. */
export function smooth({ grey, width, height }: GreyPicture): Float32Array {
  const rows = new Float32Array(width * height);
  const both = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const left = grey[x > 0 ? at - 1 : at] as number;
      const right = grey[x < width - 1 ? at + 1 : at] as number;
      rows[at] = (left + 2 * (grey[at] as number) + right) / 4;
    }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const above = rows[y > 0 ? at - width : at] as number;
      const below = rows[y < height - 1 ? at + width : at] as number;
      both[at] = (above + 2 * (rows[at] as number) + below) / 4;
    }
  return both;
}
