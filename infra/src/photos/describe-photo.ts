import { open } from "node:fs/promises";
import { cpus } from "node:os";
import sharp from "sharp";
import { type ExifFacts, readExif } from "./read-exif.ts";

/** Pixels of the largest phone cameras (200 megapixels); a picture that claims more is not decoded. */
const limitInputPixels = 220_000_000;
/** Longest side of the picture that screens and papers show. */
const viewSidePx = 2_048;

export const photoTypes = ["image/jpeg", "image/png", "image/webp", "image/heic"] as const;
export type PhotoType = (typeof photoTypes)[number];

export interface PhotoDescription {
  readonly kind: "photo";
  readonly mediaType: PhotoType;
  /** As stored in the file, before turning it upright. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly exif: ExifFacts;
  /** Upright JPEG without any metadata. */
  readonly view: {
    readonly bytes: Buffer;
    readonly widthPx: number;
    readonly heightPx: number;
    readonly madeBy: object;
  };
}

/** A sentence in both languages why a file is not taken. */
export interface PhotoRefusal {
  readonly kind: "refused";
  readonly zh: string;
  readonly en: string;
}

const refuse = (zh: string, en: string): PhotoRefusal => ({ kind: "refused", zh, en });

/** What a file is by its first bytes; its name and its declared type are only ever data. Null: no picture that is taken here. */
export function sniffPhoto(head: Uint8Array): PhotoType | null {
  const ascii = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "image/jpeg";
  if (head[0] === 0x89 && ascii(1, 4) === "PNG" && head[4] === 0x0d && head[5] === 0x0a) return "image/png";
  if (ascii(0, 4) === "RIFF" && ascii(8, 12) === "WEBP") return "image/webp";
  if (ascii(4, 8) === "ftyp" && /heic|heix|heim|heis|hevc|mif1|msf1|avif/.test(ascii(8, 32))) return "image/heic";
  return null;
}

/**
 * Looks at a picture file: type by its bytes, every pixel decoded once (a truncated file does not pass), EXIF, and an upright JPEG to look
 * at. The file itself is not touched.
 */
export async function describePhoto(path: string): Promise<PhotoDescription | PhotoRefusal> {
  const mediaType = sniffPhoto(await readHead(path));
  if (mediaType === null)
    return refuse("不是照片（须为 JPEG、PNG、WebP 或 HEIC）", "It is no photo (JPEG, PNG, WebP or HEIC is taken)");
  const options = { limitInputPixels, failOn: "truncated", sequentialRead: true } as const;
  try {
    const { width, height, exif } = await sharp(path, options).metadata();
    if (width * height > limitInputPixels) return refuse("照片像素过大", "The photo has too many pixels");
    if (width < 64 || height < 64) return refuse("照片过小", "The photo is too small");
    const { data, info } = await sharp(path, options)
      .autoOrient()
      .resize({ width: viewSidePx, height: viewSidePx, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: 88 })
      .toBuffer({ resolveWithObject: true });
    const madeBy = { tool: "sharp", version: sharp.versions.sharp, vips: sharp.versions.vips, viewSidePx, quality: 88 };
    return {
      kind: "photo",
      mediaType,
      widthPx: width,
      heightPx: height,
      exif: readExif(exif),
      view: { bytes: data, widthPx: info.width, heightPx: info.height, madeBy },
    };
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    if (/pixel limit/i.test(said)) return refuse("照片像素过大", "The photo has too many pixels");
    return mediaType === "image/heic"
      ? refuse(
          "系统不能打开此 HEIC 照片，请在手机相机设置中改为“兼容性最佳”（JPEG）后重拍",
          "This HEIC photo cannot be opened here; set the phone's camera to “most compatible” (JPEG) and take it again",
        )
      : refuse("照片不完整或已损坏", "The photo is truncated or damaged");
  }
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** libvips would take every core for one picture; the server has other things to do. */
sharp.concurrency(Math.max(1, Math.min(2, cpus().length - 1)));
