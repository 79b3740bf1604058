import type { BoxNorm, Scene } from "@mingcha/models/scene";
import sharp from "sharp";

/** Refuses pictures beyond 100 megapixels, whatever they claim. */
const limitInputPixels = 100_000_000;

function maskSvg(scene: Pick<Scene, "zones">, width: number, height: number): Buffer | undefined {
  const polygons = scene.zones
    .filter((zone) => zone.kind === "privacy")
    .map((zone) => zone.polygon.map(([x, y]) => `${(x * width).toFixed(1)},${(y * height).toFixed(1)}`).join(" "));
  if (polygons.length === 0) return undefined;
  const shapes = polygons.map((points) => `<polygon points="${points}" fill="black"/>`).join("");
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`);
}

/**
 * A derivative of a frame: privacy zones blackened, cut to `cropNorm` and scaled down to `widthPxMax` if given, JPEG without metadata of the original. The original stays
 * as it is; the derivative names its hash.
 */
export async function renderPicture(
  frame: Buffer,
  scene: Pick<Scene, "zones">,
  cropNorm?: BoxNorm,
  widthPxMax?: number,
): Promise<{ bytes: Buffer; widthPx: number; heightPx: number }> {
  const { width, height } = await sharp(frame, { limitInputPixels }).metadata();
  const mask = maskSvg(scene, width, height);
  const masked =
    mask === undefined
      ? frame
      : await sharp(frame, { limitInputPixels })
          .composite([{ input: mask }])
          .png({ compressionLevel: 0 })
          .toBuffer();
  let picture = sharp(masked, { limitInputPixels });
  if (cropNorm !== undefined) {
    const left = Math.min(width - 1, Math.round(cropNorm[0] * width));
    const top = Math.min(height - 1, Math.round(cropNorm[1] * height));
    picture = picture.extract({
      left,
      top,
      width: Math.max(1, Math.min(width - left, Math.round(cropNorm[2] * width))),
      height: Math.max(1, Math.min(height - top, Math.round(cropNorm[3] * height))),
    });
  }
  if (widthPxMax !== undefined) picture = picture.resize({ width: widthPxMax, withoutEnlargement: true });
  const { data, info } = await picture
    .jpeg({ quality: 92, chromaSubsampling: "4:4:4" })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, widthPx: info.width, heightPx: info.height };
}
