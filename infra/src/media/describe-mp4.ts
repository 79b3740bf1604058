import { boxAt } from "./mp4-boxes.ts";
import type { Mp4Index } from "./mp4-index.ts";

/** What a plain MP4 says of its pictures, read from its index alone. */
export type Mp4Description = {
  codec: string;
  widthPx: number;
  heightPx: number;
  durationMs: number;
  frameRate: number;
  frameCount: number;
  createdAtMs: number | null;
};

const codecNames: Record<string, string> = { avc1: "h264", avc3: "h264", hvc1: "hevc", hev1: "hevc", jpeg: "mjpeg" };

/** Seconds from 1904-01-01 to 1970-01-01, where the clock of these files begins. */
const epochOffsetS = 2_082_844_800;

/** True where the track's matrix (16.16 fixed point a, b, u, c, d, v, …) turns the picture by a quarter. */
function isTurned(tkhd: Buffer): boolean | undefined {
  const at = tkhd[0] === 1 ? 52 : 40;
  if (tkhd.length < at + 20) return undefined;
  const [a, b, c, d] = [0, 4, 12, 16].map((offset) => tkhd.readInt32BE(at + offset));
  if (a === 0 && d === 0 && b !== 0 && c !== 0) return true;
  return b === 0 && c === 0 ? false : undefined;
}

function createdAt(moov: Buffer): number | null {
  const mvhd = boxAt(moov, "mvhd");
  if (mvhd === undefined || mvhd.length < 12) return null;
  const seconds = mvhd[0] === 1 ? Number(mvhd.readBigUInt64BE(4)) : mvhd.readUInt32BE(4);
  return seconds > epochOffsetS ? (seconds - epochOffsetS) * 1000 : null;
}

/**
 * Describes the video of an MP4 from its index (ISO/IEC 14496-12 sample entry and track header), as ffprobe would but without a process.
 * Undefined where something is out of the ordinary: a codec without a name here, a skewed picture.
 */
export function describeMp4(moov: Buffer, index: Mp4Index): Mp4Description | undefined {
  const entry = index.stsd.subarray(8);
  const codec = codecNames[entry.toString("latin1", 4, 8)];
  const turned = isTurned(index.tkhd);
  if (codec === undefined || turned === undefined || entry.length < 86) return undefined;
  const width = entry.readUInt16BE(32);
  const height = entry.readUInt16BE(34);
  const seconds = index.durationMs / 1000;
  if (width === 0 || height === 0 || seconds <= 0) return undefined;
  return {
    codec,
    widthPx: turned ? height : width,
    heightPx: turned ? width : height,
    durationMs: index.durationMs,
    frameRate: index.samples.length / seconds,
    frameCount: index.samples.length,
    createdAtMs: createdAt(moov),
  };
}
