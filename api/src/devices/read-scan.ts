import { open } from "node:fs/promises";
import { describePhoto, type PhotoRefusal } from "@mingcha/infra/photos";

export interface Scan {
  readonly kind: "scan";
  readonly mediaType: "image/jpeg" | "image/png" | "application/pdf";
  /** Upright JPEG of a picture, without any metadata; a PDF has none: it is kept and given back, never opened here. */
  readonly view: { readonly bytes: Buffer; readonly madeBy: object } | null;
}

const refused = (zh: string, en: string): PhotoRefusal => ({ kind: "refused", zh, en });

/** What a file is by its bytes; its name and declared type are not asked for. */
export async function readScan(path: string): Promise<Scan | PhotoRefusal> {
  const ends = await readEnds(path);
  if (ends.head.startsWith("%PDF-"))
    return ends.tail.includes("%%EOF")
      ? { kind: "scan", mediaType: "application/pdf", view: null }
      : refused("PDF 不完整", "the PDF is cut short");
  const photo = await describePhoto(path);
  if (photo.kind === "photo" && (photo.mediaType === "image/jpeg" || photo.mediaType === "image/png"))
    return {
      kind: "scan",
      mediaType: photo.mediaType,
      view: { bytes: photo.view.bytes, madeBy: photo.view.madeBy },
    };
  return photo.kind === "refused" && /^(\xff\xd8\xff|\x89PNG)/.test(ends.head)
    ? photo
    : refused("须为 JPEG、PNG 或 PDF 文件", "a JPEG, PNG or PDF is taken");
}

/** A PDF ends with its mark, some tools add a line or two (PDF 32000-1, appendix H.3.4.4: within the last 1024 bytes). */
const tailBytes = 1_024;

async function readEnds(path: string): Promise<{ head: string; tail: string }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const read = async (from: number, length: number): Promise<string> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead).toString("latin1");
    };
    return { head: await read(0, 16), tail: await read(Math.max(0, size - tailBytes), tailBytes) };
  } finally {
    await file.close();
  }
}
