import { boxAt, childBoxes } from "./mp4-boxes.ts";

/** How the pictures of an H.264 track are written (ISO/IEC 14496-15, avcC). */
export type AvcConfig = {
  /** Bytes before each unit that give its length. */
  lengthBytes: 1 | 2 | 3 | 4;
  /** Sequence and picture parameter sets with start codes: what a decoder must see before a picture. */
  parameterSets: Buffer;
};

const startCode = Buffer.from([0, 0, 0, 1]);
/** Access unit delimiter: tells a parser that the picture before it is complete. */
export const delimiter = Buffer.from([0, 0, 0, 1, 9, 0xf0]);

const unit = { idr: 5, delimiter: 9, filler: 12 } as const;

/** A visual sample entry is 78 bytes of fixed fields, then boxes. */
const entryFixedBytes = 78;

/** Reads the H.264 configuration of a track's sample description; undefined for any other codec or a broken one. */
export function readAvcConfig(stsd: Buffer): AvcConfig | undefined {
  const entry = childBoxes(stsd.subarray(8)).find(({ type }) => type === "avc1" || type === "avc3");
  const avcC = boxAt(entry?.content.subarray(entryFixedBytes), "avcC");
  if (avcC === undefined || avcC.length < 7) return undefined;
  const lengthBytes = (((avcC[4] ?? 0) & 3) + 1) as AvcConfig["lengthBytes"];
  const sets: Buffer[] = [];
  let at = 5;
  for (const mask of [31, 255]) {
    const count = (avcC[at++] ?? 0) & mask;
    for (let i = 0; i < count; i++) {
      if (at + 2 > avcC.length) return undefined;
      const length = avcC.readUInt16BE(at);
      if (at + 2 + length > avcC.length) return undefined;
      sets.push(startCode, avcC.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return sets.length < 4 ? undefined : { lengthBytes, parameterSets: Buffer.concat(sets) };
}

/**
 * One picture of an MP4 as a byte stream with start codes (ITU-T H.264 annex B), parameter sets first. Undefined unless the picture stands
 * on its own (an IDR picture): anything else would borrow from whatever was decoded before it.
 */
export function toAnnexB(sample: Buffer, { lengthBytes, parameterSets }: AvcConfig): Buffer | undefined {
  const parts: Buffer[] = [delimiter, parameterSets];
  let isIdr = false;
  for (let at = 0; at < sample.length; ) {
    if (at + lengthBytes > sample.length) return undefined;
    const length = sample.readUIntBE(at, lengthBytes);
    at += lengthBytes;
    if (length === 0 || at + length > sample.length) return undefined;
    const type = (sample[at] ?? 0) & 31;
    isIdr ||= type === unit.idr;
    if (type !== unit.delimiter && type !== unit.filler) parts.push(startCode, sample.subarray(at, at + length));
    at += length;
  }
  return isIdr ? Buffer.concat(parts) : undefined;
}
