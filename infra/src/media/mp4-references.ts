import { boxAt, childBoxes } from "./mp4-boxes.ts";

/**
 * Where an MP4 says that its samples lie in another file or at an address (ISO/IEC 14496-12 §8.7.2: a data reference without the flag "in this
 * file"); undefined where all lie in it. The tools do not follow such a reference: they would take other bytes of this file for the samples.
 */
export function placeElsewhere(moov: Buffer): string | undefined {
  for (const track of childBoxes(moov).filter(({ type }) => type === "trak")) {
    const references = boxAt(track.content, "mdia/minf/dinf/dref");
    for (const { type, content } of childBoxes(references?.subarray(8) ?? Buffer.alloc(0))) {
      const isHere = content.length >= 4 && (content.readUInt32BE(0) & 1) === 1;
      if (!isHere) return `${type.trim()} ${content.toString("latin1", 4, 200).replaceAll(/[^\x20-\x7e]/g, "")}`.trim();
    }
  }
  return undefined;
}
