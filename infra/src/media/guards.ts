import type { ProcessEnd } from "./ffmpeg-process.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Demuxer } from "./sniff-container.ts";

/** 8K video (7680×4320 = 33 million) passes. */
export const pixelsMax = 40_000_000;

/**
 * Options before every `-i`, for ffmpeg and ffprobe alike. The demuxer is forced to the one the content asks for, so a list or a script
 * is never interpreted; the whitelists hold even where something slips through. Sources: FFmpeg "Format Options"; what each of them
 * stops was measured with hostile files (playlist in disguise, MagicYUV, 8192×8192 bomb).
 */
export const guardOptions = (demuxer: Demuxer): string[] => [
  "-protocol_whitelist",
  "file,pipe",
  "-format_whitelist",
  "mov,matroska,mpegts,jpeg_pipe,png_pipe",
  "-codec_whitelist",
  "h264,hevc,mjpeg,png,aac,pcm_s16le",
  "-max_pixels",
  String(pixelsMax),
  "-probesize",
  "10000000",
  "-analyzeduration",
  "10000000",
  "-max_streams",
  "32",
  "-f",
  demuxer,
];

/** Reads a refusal out of a failed run; the log lines are ffmpeg's own words. */
export function refusalOf(end: ProcessEnd): Refusal {
  const detail = end.errors.slice(-3).join(" | ") || `exit code ${end.exitCode}, signal ${end.signal}`;
  if (end.stopped === "wall" || end.stopped === "silence") return refuse("timed_out", end.stopped);
  const all = end.errors.join("\n");
  if (/Codec \(.*\) not on whitelist|not on whitelist/i.test(all)) return refuse("codec_not_accepted", detail);
  if (/max_pixels|Picture size .* is invalid|exceeds specified max pixel/i.test(all))
    return refuse("too_many_pixels", detail);
  if (/matches no streams|does not contain any stream/i.test(all)) return refuse("no_video", detail);
  if (/Invalid data|moov atom not found|could not find codec|Error while decoding|No such file/i.test(all))
    return refuse("damaged", detail);
  return refuse("tool_failed", detail);
}
