import { type ProcessLimits, startFfmpeg } from "./ffmpeg-process.ts";
import { guardOptions, refusalOf } from "./guards.ts";
import { keyframeClip, openMp4, pickKeyframes, pictureNumber } from "./keyframe-clip.ts";
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
  /** rgb24/bgr24: interleaved bytes. gbrp: three planes green, blue, red. */
  pixelFormat: "rgb24" | "bgr24" | "gbrp";
  /** Threads of the decoder; one where many run at once. */
  threads?: number;
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

const bytesPerPixel = 3;
/** Frames ffmpeg may hold ready while the reader computes: decoding goes on during inference. */
const readAheadFrames = 8;
/** Frames kept in this process: one being looked at, the others being filled. */
const ringFrames = 3;

/**
 * A frame counts for a grid point when it comes this much before it: keyframes of a camera at "2 s" come at 1.997 s,
 * and half a frame of 25 per second is 20 ms.
 */
const earlyMs = (plan: DecodePlan): number =>
  plan.keyframesOnly ? 0.1 * plan.everyMs : Math.min(20, 0.1 * plan.everyMs);

/** ffmpeg's `select` expression for the first frame at or after each grid point. Times in seconds. */
export function selectExpression(everyMs: number, firstMs: number, toleranceMs: number): string {
  const cell = (time: string): string => `floor((${time}-${(firstMs - toleranceMs) / 1000})/${everyMs / 1000})`;
  const started = `gte(t,${(firstMs - toleranceMs) / 1000})`;
  return `select='${started}*(isnan(prev_selected_t)+gt(${cell("t")},${cell("prev_selected_t")}))'`;
}

function filtersOf(plan: DecodePlan, isOldBuild: boolean, selects: boolean): string[] {
  const { place, width, height } = plan;
  const isWhole = place.width === width && place.height === height;
  const grey = plan.pad.toString(16).padStart(2, "0");
  return [
    ...(selects ? [selectExpression(plan.everyMs, plan.firstMs, earlyMs(plan))] : []),
    `scale=${place.width}:${place.height}:flags=bilinear`,
    ...(isWhole
      ? []
      : [`format=${plan.pixelFormat}`, `pad=${width}:${height}:${place.x}:${place.y}:color=0x${grey.repeat(3)}`]),
    `format=${plan.pixelFormat}`,
    "settb=1/1000",
    // Prints the time of each frame to the log. The 2018 build of npm prints nothing from `metadata`, so it gets the slower `showinfo`.
    ...(isOldBuild ? ["showinfo"] : ["metadata=mode=add:key=look:value=1", "metadata=mode=print"]),
  ];
}

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
  const guards = ["-threads", String(plan.threads ?? 1), ...guardOptions(plan.demuxer)];
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

const frameTime = /(?:frame:\d+\s+|n:\s*\d+\s+)pts:\s*(-?\d+)/;

/**
 * Decodes the wanted looks of one clip straight to model-sized pixels. `onFrame` gets a frame that stays valid until its promise is
 * settled; frames come one after another, reading and decoding go on meanwhile.
 */
export async function decodeLooks(
  tools: MediaTools,
  plan: DecodePlan,
  onFrame: (frame: Uint8Array<ArrayBuffer>, index: number) => Promise<void>,
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
        ...["-map", "0:v:0", "-an", "-sn", "-dn"],
        ...(tools.ffmpeg.release >= 501 ? ["-fps_mode", "passthrough"] : ["-vsync", "0"]),
        ...(plan.isPhoto ? ["-frames:v", "1"] : []),
        ...["-c:v", "rawvideo", "-pix_fmt", plan.pixelFormat],
        ...["-f", "fifo", "-fifo_format", "rawvideo", "-queue_size", String(readAheadFrames)],
      ],
      target: "pipe:1",
    },
    { wallMs: plan.limits?.wallMs ?? 3_600_000, silenceMs: plan.limits?.silenceMs ?? 60_000 },
    (line) => {
      const match = frameTime.exec(line);
      if (match) times.push(feed.timeOf(Number(match[1])));
    },
  );

  const frameBytes = plan.width * plan.height * bytesPerPixel;
  const ring = Array.from({ length: ringFrames }, () => new Uint8Array(frameBytes));
  let filled = 0;
  let index = 0;
  let inUse = 0;
  let working = Promise.resolve();
  let failure: unknown;
  /** Read but not yet cut into frames. More than one piece only at the end: Node resumes a paused pipe when its process exits. */
  const backlog: Buffer[] = [];

  const cut = (): void => {
    for (let chunk = backlog[0]; chunk !== undefined && inUse < ringFrames; chunk = backlog[0]) {
      const frame = ring[index % ringFrames] as Uint8Array<ArrayBuffer>;
      const part = Math.min(frameBytes - filled, chunk.length);
      frame.set(chunk.subarray(0, part), filled);
      filled += part;
      if (part === chunk.length) backlog.shift();
      else backlog[0] = chunk.subarray(part);
      if (filled < frameBytes) continue;
      filled = 0;
      const number = index++;
      inUse++;
      working = working.then(() => hand(frame, number));
    }
    if (backlog.length > 0) running.stdout.pause();
    else running.stdout.resume();
  };
  const hand = async (frame: Uint8Array<ArrayBuffer>, number: number): Promise<void> => {
    if (failure === undefined) await onFrame(frame, number).catch((error: unknown) => fail(error));
    running.touch();
    inUse--;
    cut();
  };
  const fail = (error: unknown): void => {
    failure ??= error;
    running.stop();
  };
  running.stdout.on("data", (chunk: Buffer) => {
    backlog.push(chunk);
    cut();
  });
  const end = await running.ended;
  // The process has ended, its last frames may still wait for the reader; each may release the next from the backlog.
  for (let seen: Promise<void> | undefined; seen !== working; ) {
    seen = working;
    await seen;
  }
  if (failure !== undefined) throw failure;
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
