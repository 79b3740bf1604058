import type { DecodePlan } from "./decode-looks.ts";
import { filtersOf } from "./decode-looks.ts";
import { runOnce } from "./ffmpeg-process.ts";
import { guardOptions } from "./guards.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { MediaTools } from "./tools.ts";

/** How far ffmpeg goes with each keyframe; every stage includes those before it. `deblock` is `decode` with the filter the product leaves out. */
export const decodeStages = ["read", "decode", "deblock", "scale"] as const;
export type DecodeStage = (typeof decodeStages)[number];

/**
 * Lets ffmpeg alone work on the keyframes of a clip, `repeats` times over, and throws the result away: for measuring where the time goes.
 * The caller counts the CPU seconds of this process's children around it.
 */
export async function runDecodeStage(
  tools: MediaTools,
  plan: DecodePlan,
  stage: DecodeStage,
  repeats: number,
): Promise<{ kind: "ok" } | Refusal> {
  const isOldBuild = tools.ffmpeg.release < 404;
  const end = await runOnce(tools.ffmpeg.path, {
    input: plan.file,
    inputOptions: [
      ...["-threads", "1", "-stream_loop", String(repeats - 1), "-discard", "nokey"],
      ...(stage === "deblock" ? [] : ["-skip_loop_filter", "all"]),
      ...guardOptions(plan.demuxer),
    ],
    ...(stage === "scale" ? { filters: filtersOf(plan, isOldBuild, false) } : {}),
    outputOptions: [
      ...["-map", "0:v:0", "-an", "-sn", "-dn"],
      ...(stage === "read"
        ? ["-c", "copy"]
        : ["-threads", "1", "-c:v", stage === "scale" ? "rawvideo" : "wrapped_avframe"]),
      ...(tools.ffmpeg.release >= 501 ? ["-fps_mode", "passthrough"] : ["-vsync", "0"]),
      ...["-f", "null"],
    ],
    target: "-",
  });
  return end.exitCode === 0 ? { kind: "ok" } : refuse("tool_failed", end.errors.at(-1));
}
