import { z } from "zod";
import { checkTimes } from "./check-times.ts";
import { describeMp4 } from "./describe-mp4.ts";
import { runFfprobe } from "./ffmpeg-process.ts";
import { guardOptions, pixelsMax, refusalOf } from "./guards.ts";
import { openMp4, readIndexOf } from "./keyframe-clip.ts";
import { placeElsewhere } from "./mp4-references.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { type Demuxer, sniffContainer } from "./sniff-container.ts";
import type { MediaTools } from "./tools.ts";

/** What is known of a piece of media without decoding it. */
export type MediaInfo = {
  file: string;
  bytes: number;
  demuxer: Demuxer;
  /** A photo is a clip of one frame. */
  isPhoto: boolean;
  codec: string;
  /** Size as shown: already turned by the rotation the file asks for. */
  widthPx: number;
  heightPx: number;
  /** 0 for a photo. */
  durationMs: number;
  frameRate: number;
  /** As declared by the container or counted as packets; null where unknown. */
  frameCount: number | null;
  /** Longest time between two keyframes, the end of the clip included; null where it was not asked for. */
  keyframeGapMsMax: number | null;
  /** Time the container says it was made, milliseconds since 1970 UTC; cameras set it wrongly often enough. */
  createdAtMs: number | null;
};

const numberText = z.coerce.number().finite().optional().catch(undefined);

const outputSchema = z.object({
  streams: z
    .array(
      z.object({
        codec_name: z.string().optional(),
        width: z.number().optional(),
        height: z.number().optional(),
        avg_frame_rate: z.string().optional(),
        r_frame_rate: z.string().optional(),
        nb_frames: numberText,
        duration: numberText,
        tags: z.record(z.string(), z.string()).optional(),
        side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
      }),
    )
    .default([]),
  format: z.object({ duration: numberText, tags: z.record(z.string(), z.string()).optional() }).optional(),
  packets: z.array(z.object({ pts_time: numberText, flags: z.string().default("") })).optional(),
});

function rateOf(text: string | undefined): number {
  const [over = Number.NaN, under = 1] = (text ?? "").split("/").map(Number);
  return over / under > 0 && Number.isFinite(over / under) ? over / under : 0;
}

/** Longest stretch without a keyframe from first to last packet, both ends included. */
export function keyframeGapMs(packets: readonly { timeMs: number; isKey: boolean }[]): number {
  const first = packets.reduce((least, p) => Math.min(least, p.timeMs), Number.POSITIVE_INFINITY);
  const last = packets.reduce((most, p) => Math.max(most, p.timeMs), Number.NEGATIVE_INFINITY);
  const marks = [
    first,
    ...packets
      .filter((p) => p.isKey)
      .map((p) => p.timeMs)
      .sort((a, b) => a - b),
    last,
  ];
  return marks.reduce((gap, at, i) => Math.max(gap, at - (marks[i - 1] ?? at)), 0);
}

export type ProbeOptions = {
  /** Also find the keyframe spacing. Free for a plain MP4; for anything else the whole file is read once, nothing is decoded. */
  keyframes?: boolean;
  wallMs?: number;
};

const acceptedCodecs = new Set(["h264", "hevc", "mjpeg", "png"]);

/** Reads a plain MP4 without starting a process: a hundred times cheaper, and its tables are parsed with bounds checked. */
async function probePlainMp4(
  file: string,
  bytes: number,
): Promise<{ kind: "ok"; media: MediaInfo } | Refusal | undefined> {
  const mp4 = await openMp4(file);
  const described = mp4 === undefined ? undefined : describeMp4(mp4.moov, mp4.index);
  if (mp4 === undefined || described === undefined) return undefined;
  const { widthPx, heightPx } = described;
  if (widthPx * heightPx > pixelsMax) return refuse("too_many_pixels", `${widthPx}×${heightPx}`);
  const keyframeGapMsMax = Math.round(keyframeGapMs(mp4.index.samples));
  return { kind: "ok", media: { file, bytes, demuxer: "mov", isPhoto: false, ...described, keyframeGapMsMax } };
}

/** Looks at a file without decoding it. Bad media comes back as a refusal, never as an exception. */
export async function probe(
  tools: MediaTools,
  file: string,
  { keyframes = false, wallMs = 30_000 }: ProbeOptions = {},
): Promise<{ kind: "ok"; media: MediaInfo } | Refusal> {
  const sniffed = await sniffContainer(file);
  if (sniffed.kind === "refused") return sniffed;
  const { demuxer, bytes } = sniffed;
  const index = demuxer === "mov" ? await readIndexOf(file) : undefined;
  const elsewhere = index === undefined ? undefined : placeElsewhere(index);
  if (elsewhere !== undefined) return refuse("points_elsewhere", elsewhere);
  const plain = demuxer === "mov" ? await probePlainMp4(file, bytes) : undefined;
  if (plain !== undefined) return plain;
  const isPhoto = demuxer === "jpeg_pipe" || demuxer === "png_pipe";
  const options = [
    ...guardOptions(demuxer),
    ...["-select_streams", "v:0", "-show_streams", "-show_format", "-of", "json"],
    ...(keyframes && !isPhoto ? ["-show_packets", "-show_entries", "packet=pts_time,flags"] : []),
  ];
  const limits = { wallMs, silenceMs: wallMs, bytesMax: 64 * 1024 * 1024 };
  const result = await runFfprobe(tools.ffprobe.path, options, file, limits);
  if ("kind" in result) return result;
  const parsed = outputSchema.safeParse(parseJson(result.stdout));
  const stream = parsed.data?.streams[0];
  if (!parsed.success || stream === undefined) {
    const why = refusalOf(result.end);
    return why.code === "tool_failed" ? refuse(parsed.success ? "no_video" : "damaged", why.detail) : why;
  }
  if (result.end.errors.some((line) => /not on whitelist/.test(line)))
    return refuse("codec_not_accepted", stream.codec_name);
  if (!acceptedCodecs.has(stream.codec_name ?? "")) return refuse("codec_not_accepted", stream.codec_name ?? "unknown");
  const { width = 0, height = 0 } = stream;
  if (width * height > pixelsMax) return refuse("too_many_pixels", `${width}×${height}`);
  if (width === 0 || height === 0) {
    const why = refusalOf(result.end);
    return why.code === "too_many_pixels" ? why : refuse("damaged", result.end.errors.at(-1));
  }
  const times = isPhoto ? undefined : await checkTimes(tools, file, demuxer, bytes);
  if (times?.kind === "refused") return times;
  const rotation =
    stream.side_data_list?.find((s) => s.rotation !== undefined)?.rotation ?? Number(stream.tags?.rotate ?? 0);
  const isTurned = Math.abs(Math.round(rotation / 90)) % 2 === 1;
  const packets = parsed.data.packets?.flatMap((p) =>
    p.pts_time === undefined ? [] : [{ timeMs: p.pts_time * 1000, isKey: p.flags.startsWith("K") }],
  );
  const created = Date.parse(parsed.data.format?.tags?.creation_time ?? stream.tags?.creation_time ?? "");
  const spanMs = times?.spanMs ?? (stream.duration ?? parsed.data.format?.duration ?? 0) * 1_000;
  return {
    kind: "ok",
    media: {
      file,
      bytes,
      demuxer,
      isPhoto,
      codec: stream.codec_name ?? "",
      widthPx: isTurned ? height : width,
      heightPx: isTurned ? width : height,
      durationMs: isPhoto ? 0 : Math.round(spanMs),
      frameRate: rateOf(stream.avg_frame_rate) || rateOf(stream.r_frame_rate),
      frameCount: isPhoto ? 1 : (packets?.length ?? stream.nb_frames ?? null),
      keyframeGapMsMax: packets === undefined || packets.length === 0 ? null : Math.round(keyframeGapMs(packets)),
      createdAtMs: Number.isNaN(created) ? null : created,
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
