import { runFfprobe } from "./ffmpeg-process.ts";
import { guardOptions } from "./guards.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Demuxer } from "./sniff-container.ts";
import type { MediaTools } from "./tools.ts";

/** Decoding order never goes back; a transport stream states it in ticks of 1/90000 s, so this much is rounding. */
const backMsMax = 1;
/** ffmpeg closes a larger hole when it decodes (its `dts_delta_threshold`), and every picture behind it would be dated too early. */
const holeMsMax = 10_000;

/** A disk that is slower than this is no store for films. */
const slowestBytesPerMs = 10_000;
const silenceMs = 60_000;
/** A day of 60 pictures a second is 130 MB of lines. */
const linesBytesMax = 256 << 20;

/**
 * Refuses a recording whose own time goes back, or jumps: several put one after another, or a recorder whose clock was set. Pictures behind
 * such a place cannot be dated. A plain MP4 cannot say such a thing, its samples follow one another; the rest is read once, nothing is decoded.
 * @returns how long it is from its first picture on: pieces of a live stream count from where that began.
 */
export async function checkTimes(
  tools: MediaTools,
  file: string,
  demuxer: Demuxer,
  bytes: number,
): Promise<{ readonly kind: "ok"; readonly spanMs: number | null } | Refusal> {
  const options = [
    ...guardOptions(demuxer),
    ...["-select_streams", "v:0", "-show_entries", "packet=dts_time,duration_time", "-of", "csv=print_section=0"],
  ];
  let first: number | undefined;
  let last: number | undefined;
  let endMs: number | null = null;
  let jump: string | undefined;
  const takeLine = (line: string): void => {
    const [at = Number.NaN, length = Number.NaN] = line.split(",").map((text) => Number.parseFloat(text) * 1_000);
    if (Number.isNaN(at)) return;
    first ??= at;
    if (last !== undefined && (at < last - backMsMax || at > last + holeMsMax))
      jump ??= `from ${(last / 1_000).toFixed(3)} s to ${(at / 1_000).toFixed(3)} s`;
    last = at;
    endMs = Number.isNaN(length) ? endMs : at + length;
  };
  let rest = "";
  // the whole file is read: the time for it follows its size, what stands still is noticed by its silence
  const limits = { wallMs: silenceMs + bytes / slowestBytesPerMs, silenceMs, bytesMax: linesBytesMax };
  const result = await runFfprobe(tools.ffprobe.path, options, file, limits, (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) takeLine(line);
  });
  if ("kind" in result) return result;
  takeLine(rest);
  if (jump !== undefined) return refuse("time_jumps", jump);
  return { kind: "ok", spanMs: first === undefined || endMs === null ? null : endMs - first };
}
