import { stat } from "node:fs/promises";
import { type MediaInfo, type MediaTools, probe } from "@mingcha/infra/media";
import { type Look, roundLook, type Scene } from "@mingcha/models/scene";
import type { ViewReference } from "@mingcha/models/view";
import { evaluateScene, maskPrivacy, type PlaceReport } from "@mingcha/models/violations";
import type { InferenceProcess } from "../runtime/inference-process.ts";
import { completeLooks, forScene, isOtherShape, planLooks, plannedOffsetsMs } from "../runtime/plan-looks.ts";
import type { LookTask } from "../runtime/take-looks.ts";
import { sha256File } from "./sha256-file.ts";

export type StartSource = "argument" | "container" | "file_time" | "previous_clip";

/** One clip that was looked at. */
export type AnalyzedClip = {
  media: MediaInfo;
  task: LookTask;
  sha256: string;
  startMs: number;
  startSource: StartSource;
  looks: Look[];
};

export type Analysis = {
  kind: "ok";
  clips: AnalyzedClip[];
  /** All looks in time order, rounded as they would be stored. */
  looks: Look[];
  places: PlaceReport[];
  stats: { looks: number; looksMissing: number; decodeS: number; inferenceS: number; wallS: number };
};

export type BadInput = { kind: "bad"; text: string };

const bad = (text: string): BadInput => ({ kind: "bad", text });

/** Clock values before this are a camera whose clock was never set. */
const plausibleFromMs = Date.UTC(2005, 0, 1);

/** When a clip began: what the caller says, else where the clip before ended, else the container, else the file's own time. */
async function startOf(
  media: MediaInfo,
  given: number | undefined,
  previous: AnalyzedClip | undefined,
): Promise<{ startMs: number; startSource: StartSource }> {
  if (previous !== undefined && previous.startSource !== "container")
    return { startMs: previous.startMs + previous.media.durationMs, startSource: "previous_clip" };
  if (given !== undefined) return { startMs: given, startSource: "argument" };
  if (media.createdAtMs !== null && media.createdAtMs > plausibleFromMs)
    return { startMs: media.createdAtMs, startSource: "container" };
  if (previous !== undefined)
    return { startMs: previous.startMs + previous.media.durationMs, startSource: "previous_clip" };
  const { mtimeMs } = await stat(media.file);
  return { startMs: Math.round(mtimeMs) - media.durationMs, startSource: "file_time" };
}

/** Looks at clips of one source, one after another, and applies the scene's rules to all of them together. */
export async function analyzeClips(
  deps: { tools: MediaTools; inference: InferenceProcess; onClip?: (file: string, looks: number) => void },
  input: { files: readonly string[]; scene: Scene; startMs?: number },
): Promise<Analysis | BadInput> {
  const startedMs = performance.now();
  const { scene } = input;
  const clips: AnalyzedClip[] = [];
  let viewReference: ViewReference | null = null;
  let inferenceMs = 0;
  let takingMs = 0;
  for (const file of input.files) {
    const probed = await probe(deps.tools, file, { keyframes: true });
    if (probed.kind === "refused")
      return bad(`${file}: ${probed.text.en}${probed.detail ? ` (${probed.detail})` : ""}`);
    const { media } = probed;
    const task = forScene(planLooks(media, scene.lookEveryS), scene, viewReference);
    const [outcome, sha256] = await Promise.all([deps.inference.look(task), sha256File(file)]);
    if (outcome.kind === "refused")
      return bad(`${file}: ${outcome.text.en}${outcome.detail ? ` (${outcome.detail})` : ""}`);
    if (outcome.kind === "failed") return bad(`${file}: ${outcome.text}`);
    const otherShape = isOtherShape(media, scene);
    if (!otherShape) viewReference ??= outcome.viewReference ?? null;
    inferenceMs += outcome.inferenceMs;
    takingMs += outcome.wallMs;
    const start = await startOf(media, input.startMs, clips.at(-1));
    const looks = completeLooks(outcome.looks, plannedOffsetsMs(media, task), {
      startMs: start.startMs,
      everyMs: task.everyMs,
      reason: "decode_failed",
      otherShape,
    }).map((look) =>
      roundLook(look.status === "seen" ? { ...look, detections: maskPrivacy(look.detections, scene) } : look),
    );
    clips.push({ media, task, sha256, looks, ...start });
    deps.onClip?.(file, looks.length);
  }
  const looks = clips.flatMap((clip) => clip.looks).sort((a, b) => a.capturedAtMs - b.capturedAtMs);
  return {
    kind: "ok",
    clips,
    looks,
    places: evaluateScene(scene, looks),
    stats: {
      looks: looks.length,
      looksMissing: looks.filter((look) => look.status === "missing").length,
      decodeS: Math.max(0, takingMs - inferenceMs) / 1000,
      inferenceS: inferenceMs / 1000,
      wallS: (performance.now() - startedMs) / 1000,
    },
  };
}
