import { type ProcessLimits, startFfmpeg } from "./ffmpeg-process.ts";
import { cutFrames, type OnFrame } from "./frame-cutter.ts";
import { guardOptions, refusalOf } from "./guards.ts";
import { keyframeClip, openMp4, pickKeyframes, pictureNumber } from "./keyframe-clip.ts";
import { type DecodePart, partFilter } from "./part-filter.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Demuxer } from "./sniff-container.ts";
import type { MediaTools } from "./tools.ts";

/** Which frames to take and the exact bytes wanted of each. */
export type DecodePlan = {
  file: string;
  demuxer: Demuxer;
  isPhoto: boolean;
  /** One frame every so many milliseconds, on a grid that starts at `firstMs`; frames before it are left out. */
  everyMs: number;
  firstMs: number;
  /** Decode keyframes only: ten times cheaper, right where they come at least as often as looks are wanted. */
  keyframesOnly: boolean;
  /** Size of a frame handed over, pixels. */
  width: number;
  height: number;
  /** Where the picture lies in it; the rest is filled with grey `pad` 0..255. */
  place: { x: number; y: number; width: number; height: number };
  pad: number;
  /**
   * Cut these parts out of every frame, each of the size above, one below another in what is handed over (in every plane of a planar
   * format); `place` is then not used. One decoding serves them all.
   */
  parts?: readonly DecodePart[];
  /** rgb24/bgr24: interleaved bytes. gbrp: three planes green, blue, red. */
  pixelFormat: "rgb24" | "bgr24" | "gbrp";
  /** Threads of the decoder; one where many run at once. */
  threads?: number;
  /** Run the codec's deblocking filter over keyframes too: see `loopFilterOptions`. */
  deblocks?: boolean;
  limits?: Partial<ProcessLimits>;
};

export type DecodeResult = {
  kind: "ok";
  /** Time of each frame handed over, milliseconds from the first frame of the clip. */
  frameTimesMs: number[];
  /** Lines the decoder marked as errors: damage that it concealed. */
  damage: string[];
  damageCount: number;
  /** False where the process was ended or died: what came out is then not all there is. */
  isWhole: boolean;
};

export const bytesPerPixel = 3;
/** Frames ffmpeg may hold ready while the reader computes: decoding goes on during inference. */
const readAheadFrames = 8;

/**
 * A frame counts for a grid point when it comes this much before it: keyframes of a camera at "2 s" come at 1.997 s,
 * and half a frame of 25 per second is 20 ms.
 */
export const earlyMs = (plan: DecodePlan): number =>
  plan.keyframesOnly ? 0.1 * plan.everyMs : Math.min(20, 0.1 * plan.everyMs);

/** ffmpeg's `select` expression for the first frame at or after each grid point. Times in seconds. */
export function selectExpression(everyMs: number, firstMs: number, toleranceMs: number): string {
  const cell = (time: string): string => `floor((${time}-${(firstMs - toleranceMs) / 1000})/${everyMs / 1000})`;
  const started = `gte(t,${(firstMs - toleranceMs) / 1000})`;
  return `select='${started}*(isnan(prev_selected_t)+gt(${cell("t")},${cell("prev_selected_t")}))'`;
}

export function filtersOf(plan: DecodePlan, isOldBuild: boolean, selects: boolean): string[] {
  const { place, width, height } = plan;
  const isWhole = place.width === width && place.height === height;
  const grey = plan.pad.toString(16).padStart(2, "0");
  return [
    ...(selects ? [selectExpression(plan.everyMs, plan.firstMs, earlyMs(plan))] : []),
    ...(plan.parts !== undefined
      ? [partFilter(plan, plan.parts)]
      : [`scale=${place.width}:${place.height}:flags=bilinear`]),
    ...(isWhole || plan.parts !== undefined
      ? []
      : [`format=${plan.pixelFormat}`, `pad=${width}:${height}:${place.x}:${place.y}:color=0x${grey.repeat(3)}`]),
    `format=${plan.pixelFormat}`,
    "settb=1/1000",
    // Prints the time of each frame to the log. The 2018 build of npm prints nothing from `metadata`, so it gets the slower `showinfo`.
    ...(isOldBuild ? ["showinfo"] : ["metadata=mode=add:key=look:value=1", "metadata=mode=print"]),
  ];
}

/**
 * Keyframes are decoded without the deblocking filter of the codec (H.264 8.7, H.265 8.7.2): it softens edges of 4 to 8 pixels, of which
 * scaling to model size leaves nothing, and costs a tenth. No other picture is predicted from them here, so nothing can drift; where
 * pictures in between are decoded too, and in evidence, the filter runs.
 */
export const loopFilterOptions = (plan: Pick<DecodePlan, "keyframesOnly" | "deblocks">): string[] =>
  plan.keyframesOnly && plan.deblocks !== true ? ["-skip_loop_filter", "all"] : [];

type Feed = {
  input: string | AsyncIterable<Buffer>;
  options: string[];
  selects: boolean;
  timeOf: (printedMs: number) => number;
};

/**
 * How the wanted pictures get into ffmpeg. Where only keyframes of a plain MP4 are wanted, just these are read and handed over as a small
 * clip of their own: neither the rest of the file nor the keyframes in between are touched. Otherwise ffmpeg reads the file itself.
 */
async function feedOf(plan: DecodePlan): Promise<Feed> {
  const guards = ["-threads", String(plan.threads ?? 1), ...loopFilterOptions(plan), ...guardOptions(plan.demuxer)];
  const index = plan.keyframesOnly && plan.demuxer === "mov" ? (await openMp4(plan.file))?.index : undefined;
  if (index !== undefined) {
    const pictures = pickKeyframes(index.samples, { ...plan, earlyMs: earlyMs(plan) });
    if (pictures.length > 0)
      return {
        input: keyframeClip(plan.file, index, pictures),
        // The description of the codec is complete: decoding a first picture only to learn it is left out.
        options: ["-nofind_stream_info", ...guards],
        selects: false,
        timeOf: (printedMs) => pictures[pictureNumber(printedMs)]?.timeMs ?? printedMs,
      };
  }
  return {
    input: plan.file,
    options: [...(plan.keyframesOnly ? ["-skip_frame", "nokey"] : []), ...guards],
    selects: !plan.isPhoto,
    timeOf: (printedMs) => printedMs,
  };
}

/** Options of an output of raw frames, each written as soon as it is there (the encoder's own threads would hold one back). */
export const rawFrameOptions = (pixelFormat: string, release: number): string[] => [
  ...["-map", "0:v:0", "-an", "-sn", "-dn"],
  ...(release >= 501 ? ["-fps_mode", "passthrough"] : ["-vsync", "0"]),
  ...["-threads", "1", "-c:v", "rawvideo", "-pix_fmt", pixelFormat],
  ...[
    "-f",
    "fifo",
    "-fifo_format",
    "rawvideo",
    "-format_opts",
    "flush_packets=1",
    "-queue_size",
    String(readAheadFrames),
  ],
];

/** The line that tells of a frame, and its time in milliseconds. */
export const frameTime = /(?:frame:\d+\s+|n:\s*\d+\s+)pts:\s*(-?\d+)/;

/**
 * Decodes the wanted looks of one clip straight to model-sized pixels. `onFrame` gets a frame that stays valid until its promise is
 * settled; frames come one after another, reading and decoding go on meanwhile.
 */
export async function decodeLooks(
  tools: MediaTools,
  plan: DecodePlan,
  onFrame: OnFrame,
): Promise<DecodeResult | Refusal> {
  const isOldBuild = tools.ffmpeg.release < 404;
  const times: number[] = [];
  const feed = await feedOf(plan);
  const running = await startFfmpeg(
    tools.ffmpeg.path,
    {
      input: feed.input,
      inputOptions: feed.options,
      filters: filtersOf(plan, isOldBuild, feed.selects),
      outputOptions: [
        ...(plan.isPhoto ? ["-frames:v", "1"] : []),
        ...rawFrameOptions(plan.pixelFormat, tools.ffmpeg.release),
      ],
      target: "pipe:1",
    },
    { wallMs: plan.limits?.wallMs ?? 3_600_000, silenceMs: plan.limits?.silenceMs ?? 60_000 },
    (line) => {
      const match = frameTime.exec(line);
      if (match) times.push(feed.timeOf(Number(match[1])));
    },
  );

  const cutter = cutFrames(
    running.stdout,
    plan.width * plan.height * (plan.parts?.length ?? 1) * bytesPerPixel,
    onFrame,
    () => {
      running.touch();
      if (cutter.failure() !== undefined) running.stop();
    },
  );
  const end = await running.ended;
  await cutter.settled();
  if (cutter.failure() !== undefined) throw cutter.failure();
  const index = cutter.count();
  if (index === 0) {
    const why = refusalOf(end);
    return why.code === "tool_failed" && end.exitCode === 0 ? refuse("no_frames", why.detail) : why;
  }
  return {
    kind: "ok",
    frameTimesMs: times.slice(0, index),
    damage: end.errors,
    damageCount: end.errorCount,
    isWhole: end.exitCode === 0 && end.stopped === undefined && times.length >= index,
  };
}
