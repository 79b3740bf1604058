import type { Picture } from "@mingcha/models/attributes";
import sharp from "sharp";

/** Refuses pictures beyond 100 megapixels, whatever they claim. */
const limitInputPixels = 100_000_000;

/** Upright RGB bytes of a still (PNG or JPEG), as `judgeAttributes` takes them. */
export async function pictureOfStill(still: Buffer): Promise<Picture> {
  const { data, info } = await sharp(still, { limitInputPixels })
    .autoOrient()
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgb: data, widthPx: info.width, heightPx: info.height };
}
