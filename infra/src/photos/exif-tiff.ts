/** A value of a TIFF directory: text, or numbers (rationals as quotients). */
export type TiffValue = string | readonly number[];

/** Bytes of one element by TIFF type (TIFF 6.0 §2): BYTE, ASCII, SHORT, LONG, RATIONAL, SBYTE, UNDEFINED, SSHORT, SLONG, SRATIONAL. */
const sizes: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8 };
/** More than any camera writes; a file may claim anything. */
const limits = { entries: 500, elements: 2_000 } as const;

/**
 * Reads one directory of a TIFF structure. Whatever points outside of the bytes, or claims more than a camera writes, is left out: a
 * broken block costs its facts and nothing else. `at`: offset of the directory from the start of the TIFF header.
 */
export function readDirectory(tiff: DataView, at: number, isLittle: boolean): Map<number, TiffValue> {
  const found = new Map<number, TiffValue>();
  if (at + 2 > tiff.byteLength) return found;
  const entries = Math.min(tiff.getUint16(at, isLittle), limits.entries);
  for (let nth = 0; nth < entries; nth++) {
    const entry = at + 2 + nth * 12;
    if (entry + 12 > tiff.byteLength) break;
    const type = tiff.getUint16(entry + 2, isLittle);
    const total = tiff.getUint32(entry + 4, isLittle);
    const size = sizes[type];
    if (size === undefined || total === 0 || total > limits.elements) continue;
    const start = size * total <= 4 ? entry + 8 : tiff.getUint32(entry + 8, isLittle);
    if (start + size * total > tiff.byteLength) continue;
    const value = readValue(tiff, { start, type, total, size, isLittle });
    if (value !== null) found.set(tiff.getUint16(entry, isLittle), value);
  }
  return found;
}

interface Place {
  readonly start: number;
  readonly type: number;
  readonly total: number;
  readonly size: number;
  readonly isLittle: boolean;
}

function readValue(tiff: DataView, { start, type, total, size, isLittle }: Place): TiffValue | null {
  if (type === 2) {
    const bytes = new Uint8Array(tiff.buffer, tiff.byteOffset + start, total);
    return new TextDecoder("utf-8").decode(bytes).split("\0")[0]?.trim() ?? "";
  }
  const one = (at: number): number => {
    if (type === 5) return tiff.getUint32(at, isLittle) / tiff.getUint32(at + 4, isLittle);
    if (type === 10) return tiff.getInt32(at, isLittle) / tiff.getInt32(at + 4, isLittle);
    if (type === 3) return tiff.getUint16(at, isLittle);
    if (type === 8) return tiff.getInt16(at, isLittle);
    if (type === 4) return tiff.getUint32(at, isLittle);
    if (type === 9) return tiff.getInt32(at, isLittle);
    return tiff.getUint8(at);
  };
  const numbers = Array.from({ length: total }, (_, nth) => one(start + nth * size));
  return numbers.every(Number.isFinite) ? numbers : null;
}

/** The TIFF structure behind an optional `Exif\0\0`, its byte order and the offset of its first directory; null: none. */
export function openTiff(block: Uint8Array): { tiff: DataView; first: number; isLittle: boolean } | null {
  const prefix = [0x45, 0x78, 0x69, 0x66, 0, 0];
  const skip = prefix.every((byte, nth) => block[nth] === byte) ? prefix.length : 0;
  const tiff = new DataView(block.buffer, block.byteOffset + skip, Math.max(0, block.byteLength - skip));
  if (tiff.byteLength < 8) return null;
  const order = tiff.getUint16(0, false);
  const isLittle = order === 0x4949;
  if ((!isLittle && order !== 0x4d4d) || tiff.getUint16(2, isLittle) !== 42) return null;
  return { tiff, first: tiff.getUint32(4, isLittle), isLittle };
}
