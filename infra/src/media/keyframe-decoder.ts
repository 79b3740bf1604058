import { type AvcConfig, delimiter, readAvcConfig, toAnnexB } from "./annex-b.ts";
import {
  bytesPerPixel,
  type DecodePlan,
  type DecodeResult,
  earlyMs,
  filtersOf,
  frameTime,
  loopFilterOptions,
  rawFrameOptions,
} from "./decode-looks.ts";
import { type RunningProcess, startFfmpeg } from "./ffmpeg-process.ts";
import { cutFrames, type FrameCutter, type OnFrame } from "./frame-cutter.ts";
import { pixelsMax } from "./guards.ts";
import { openMp4, pickKeyframes } from "./keyframe-clip.ts";
import { readFileParts } from "./read-file-parts.ts";
import type { MediaTools } from "./tools.ts";

/**
 * An ffmpeg that stays, for the keyframes of many short clips. Starting one costs 90 ms of CPU, as much as decoding three keyframes of
 * 1080p; a clip of ten seconds wants two to five of them.
 *
 * It only ever sees pictures that stand on their own, in clips without reordering, and says of each that it is decoded. At the first word
 * of damage, or a picture that does not come, it is ended and the clip is decoded anew by an ffmpeg of its own: what is repaired out of
 * another clip's picture must never be looked at.
 */
export type KeyframeDecoder = {
  /** Undefined: not for this clip, or it went wrong; frames may have been handed over already, and will be again by the ordinary way. */
  decode: (plan: DecodePlan, onFrame: OnFrame) => Promise<DecodeResult | undefined>;
  close: () => void;
};

/** One process serves this many clips, this long; then a fresh one takes over. */
const clipsMax = 500;
const ageMaxMs = 600_000;
/** A picture that was handed over must come back within this time while nobody is busy with the one before. */
const answerMs = 5_000;
/** Larger clips are worth a process of their own. */
const picturesMax = 32;

/** ffmpeg's words for damage: any error, and warnings of the decoder itself. */
const damageLine = /\[(error|fatal|panic)\]|^\[h264 @ .*\[warning\]|conceal/i;

type Standing = {
  running: RunningProcess;
  push: (bytes: Buffer | undefined) => void;
  cutter: FrameCutter;
  startedMs: number;
  clips: number;
  told: number;
  hurt: boolean;
  lastSignMs: number;
  /** Called when anything was heard of the process. */
  heard: () => void;
  reader: OnFrame;
  hasEnded: boolean;
};

/** A queue that is read as a stream: what is pushed is written to ffmpeg; undefined ends it. */
function createFeed(): { push: Standing["push"]; bytes: AsyncIterable<Buffer> } {
  const waiting: (Buffer | undefined)[] = [];
  let wake: () => void = () => {};
  async function* bytes(): AsyncGenerator<Buffer> {
    for (;;) {
      while (waiting.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const next = waiting.shift();
      if (next === undefined) return;
      yield next;
    }
  }
  return {
    push: (next) => {
      waiting.push(next);
      wake();
    },
    bytes: bytes(),
  };
}

async function start(tools: MediaTools, plan: DecodePlan): Promise<Standing> {
  const feed = createFeed();
  const isOldBuild = tools.ffmpeg.release < 404;
  const state: Partial<Standing> & Pick<Standing, "told" | "hurt" | "lastSignMs" | "heard"> = {
    told: 0,
    hurt: false,
    lastSignMs: Date.now(),
    heard: () => {},
  };
  const running = await startFfmpeg(
    tools.ffmpeg.path,
    {
      input: feed.bytes,
      inputOptions: [
        ...["-threads", "1", "-nofind_stream_info", "-protocol_whitelist", "pipe", "-format_whitelist", "h264"],
        ...loopFilterOptions(plan),
        ...["-codec_whitelist", "h264", "-max_pixels", String(pixelsMax), "-err_detect", "explode", "-f", "h264"],
      ],
      filters: filtersOf(plan, isOldBuild, false),
      outputOptions: rawFrameOptions(plan.pixelFormat, tools.ffmpeg.release),
      target: "pipe:1",
    },
    { wallMs: 2 * ageMaxMs, silenceMs: 2 * ageMaxMs },
    (line) => {
      state.lastSignMs = Date.now();
      if (frameTime.test(line)) state.told++;
      else if (damageLine.test(line)) state.hurt = true;
      state.heard();
    },
  );
  const standing = state as Standing;
  standing.reader = async () => {};
  standing.cutter = cutFrames(
    running.stdout,
    plan.width * plan.height * bytesPerPixel,
    (frame, index) => standing.reader(frame, index),
    () => {
      standing.lastSignMs = Date.now();
      standing.heard();
    },
  );
  running.ended.then(
    () => {
      standing.hasEnded = true;
      standing.heard();
    },
    () => {},
  );
  return Object.assign(standing, { running, push: feed.push, startedMs: Date.now(), clips: 0, hasEnded: false });
}

/** The pictures of a plan, ready for the decoder, with their times; undefined where the clip is not of the simple kind. */
async function picturesOf(plan: DecodePlan): Promise<{ timesMs: number[]; bytes: Buffer[] } | undefined> {
  if (!plan.keyframesOnly || plan.demuxer !== "mov") return undefined;
  const index = (await openMp4(plan.file))?.index;
  const config: AvcConfig | undefined =
    index === undefined || index.isReordered ? undefined : readAvcConfig(index.stsd);
  if (index === undefined || config === undefined) return undefined;
  const picked = pickKeyframes(index.samples, { ...plan, earlyMs: earlyMs(plan) });
  if (picked.length === 0 || picked.length > picturesMax) return undefined;
  const samples = await readFileParts(plan.file, picked);
  const bytes = samples?.map((sample) => toAnnexB(sample, config));
  if (bytes === undefined || bytes.some((picture) => picture === undefined)) return undefined;
  return { timesMs: picked.map((sample) => sample.timeMs), bytes: bytes.filter((picture) => picture !== undefined) };
}

/** Waits until something is heard of the process, a quarter of a second at most. */
function nextSign(process: Standing): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 250);
    process.heard = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** A decoder for one shape of frame: plans must agree in size, place, padding and pixel format. */
export function createKeyframeDecoder(tools: MediaTools): KeyframeDecoder {
  let standing: Standing | undefined;
  let shape = "";

  const end = (): void => {
    standing?.push(undefined);
    standing?.running.stop();
    standing = undefined;
  };
  const ready = async (plan: DecodePlan): Promise<Standing> => {
    const wanted = JSON.stringify([plan.width, plan.height, plan.place, plan.pad, plan.pixelFormat, plan.deblocks]);
    const isWorn = standing !== undefined && (standing.clips >= clipsMax || Date.now() - standing.startedMs > ageMaxMs);
    if (wanted !== shape || isWorn || standing?.hasEnded) end();
    shape = wanted;
    standing ??= await start(tools, plan);
    return standing;
  };

  /** True when all pictures came back unhurt. */
  const cameBack = async (process: Standing, wantedCut: number, wantedTold: number): Promise<boolean> => {
    process.lastSignMs = Date.now();
    for (;;) {
      await process.cutter.settled();
      if (process.hurt || process.hasEnded || process.cutter.failure() !== undefined) return false;
      if (process.cutter.count() >= wantedCut && process.told >= wantedTold) break;
      if (Date.now() - process.lastSignMs > answerMs) return false;
      await nextSign(process);
    }
    await process.cutter.settled();
    return !process.hurt && process.cutter.count() === wantedCut;
  };

  return {
    decode: async (plan, onFrame) => {
      const pictures = await picturesOf(plan);
      if (pictures === undefined) return undefined;
      const process = await ready(plan);
      const before = process.cutter.count();
      const toldBefore = process.told;
      process.clips++;
      process.reader = (frame, index) => onFrame(frame, index - before);
      for (const picture of pictures.bytes) process.push(picture);
      process.push(delimiter);
      const count = pictures.timesMs.length;
      const isWhole = await cameBack(process, before + count, toldBefore + count);
      const failure = process.cutter.failure();
      if (!isWhole) end();
      if (failure !== undefined) throw failure;
      return isWhole ? { kind: "ok", frameTimesMs: pictures.timesMs, damage: [], damageCount: 0, isWhole } : undefined;
    },
    close: end,
  };
}
