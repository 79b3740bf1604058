/** A box of an ISO base media file (ISO/IEC 14496-12): type and content, without its header. */
export type Box = { type: string; content: Buffer };

/** Direct children of a container box. Sizes that do not fit end the walk: nothing is read beyond the buffer. */
export function childBoxes(content: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= content.length) {
    const small = content.readUInt32BE(at);
    const isLarge = small === 1 && at + 16 <= content.length;
    const header = isLarge ? 16 : 8;
    const size = isLarge ? Number(content.readBigUInt64BE(at + 8)) : small === 0 ? content.length - at : small;
    if (size < header || at + size > content.length) break;
    boxes.push({ type: content.toString("latin1", at + 4, at + 8), content: content.subarray(at + header, at + size) });
    at += size;
  }
  return boxes;
}

export const childBox = (content: Buffer | undefined, type: string): Buffer | undefined =>
  content === undefined ? undefined : childBoxes(content).find((box) => box.type === type)?.content;

/** The content at the end of a path of boxes, as `mdia/minf/stbl`. */
export const boxAt = (content: Buffer | undefined, path: string): Buffer | undefined =>
  path.split("/").reduce<Buffer | undefined>(childBox, content);

/** Writes a box around its parts. */
export function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, ...parts]);
}

/** Big-endian 32-bit numbers in a row, as most boxes are made of. */
export function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value >>> 0, i * 4);
  });
  return bytes;
}
