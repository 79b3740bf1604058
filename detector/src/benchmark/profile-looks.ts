import { type DecodePlan, decodeStages, type MediaTools, runDecodeStage } from "@mingcha/infra/media";
import { BadUse } from "../cli/fail.ts";
import type { OnnxSession } from "../runtime/onnx-session.ts";
import { childCpuSeconds } from "./cpu-time.ts";

/** CPU milliseconds a look spends somewhere. */
export type ProfileRow = { name: string; ms: number; counted: boolean };

/** Pictures a stage is run over: enough that starting ffmpeg (about 90 ms) is lost among them. */
const picturesMin = 120;
const passes = 3;

async function childMs(work: () => Promise<unknown>): Promise<number> {
  const before = (await childCpuSeconds(process.pid)) ?? Number.NaN;
  await work();
  return 1000 * (((await childCpuSeconds(process.pid)) ?? Number.NaN) - before);
}

/** The cheapest of some passes: other work on the machine only ever adds. */
async function least(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < passes; i++) values.push(await measure());
  return Math.min(...values);
}

/** CPU milliseconds of a call inside this process. */
async function ownMs(times: number, work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

/**
 * Where the CPU time of a look goes, stage by stage: each stage of ffmpeg is run with those before it and told as what it adds.
 * @param keyframes of the file in `plan`.
 * @param productMs what a look costs the whole product: inference process and its ffmpeg.
 * @param deliveredMs what ffmpeg and the reading of its pipe cost together.
 */
export async function profileLooks(
  tools: MediaTools,
  session: OnnxSession,
  plan: DecodePlan,
  given: { keyframes: number; productMs: number; deliveredMs: number },
): Promise<ProfileRow[]> {
  const repeats = Math.ceil(picturesMin / given.keyframes);
  const [read = 0, decode = 0, deblock = 0, scale = 0] = await decodeStages.reduce<Promise<number[]>>(
    async (before, stage) => {
      const known = await before;
      const ms = await least(() =>
        childMs(async () => {
          const done = await runDecodeStage(tools, plan, stage, repeats);
          if (done.kind === "refused") throw new BadUse(done.detail ?? done.text.en);
        }),
      );
      return [...known, ms / (repeats * given.keyframes)];
    },
    Promise.resolve([]),
  );
  const frame = new Uint8Array(plan.width * plan.height * 3).fill(114);
  const run = await least(() => ownMs(30, () => session.runBare()));
  const detect = await least(() => ownMs(30, () => session.detect(frame)));
  const counted = [
    { name: "reading the file", ms: read },
    { name: "decoding: entropy, residuals, prediction", ms: decode - read },
    { name: "scaling and colour", ms: scale - decode },
    { name: "pipe, and ffmpeg's start where it does not stay", ms: given.deliveredMs - scale },
    { name: "session.run", ms: run },
    { name: "tensor and boxes around it", ms: detect - run },
    { name: "rest: cutting frames, messages, event loop", ms: given.productMs - given.deliveredMs - detect },
  ].map((row) => ({ ...row, counted: true }));
  return [...counted, { name: "left out: deblocking filter", ms: deblock - decode, counted: false }];
}
