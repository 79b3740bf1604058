/** What a workbook of the largest sheet that is taken needs, and far less than a bomb wants. */
export const unpackedBytesMax = 64 * 1_048_576;
const entriesMax = 1_000;

/** A workbook is a zip file: these two letters begin it. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/**
 * How many bytes the entries of a zip file say they unpack to, from its directory (APPNOTE 4.3.12); null where it cannot be read or says more
 * than may be. The reader unpacks each entry into just as many bytes as the directory says, so a lie makes a broken workbook and no bomb.
 */
export function unpackedBytes(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const earliest = Math.max(0, bytes.length - 65_557);
  while (end >= earliest && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < earliest || end < 0) return null;
  const entries = view.getUint16(end + 8, true);
  let at = view.getUint32(end + 16, true);
  // 64-bit sizes stand elsewhere; no sheet that is taken needs them
  if (entries > entriesMax || at === 0xffffffff) return null;
  let total = 0;
  for (let nth = 0; nth < entries; nth++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return null;
    const unpacked = view.getUint32(at + 24, true);
    total += unpacked;
    if (unpacked === 0xffffffff || total > unpackedBytesMax) return null;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return total;
}
