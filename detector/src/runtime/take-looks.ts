import {
  type DecodePlan,
  decodeLooks,
  type KeyframeDecoder,
  type MediaTools,
  type Refusal,
} from "@mingcha/infra/media";
import { type Manifest, placePicture, toBoxNorm } from "@mingcha/models/onnx";
import type { Detection, LookView } from "@mingcha/models/scene";
import type { TilePlan } from "@mingcha/models/tiles";
import { shrinkFrame, type ViewReference } from "@mingcha/models/view";
import { createViewChecks, type ViewTask } from "./check-views.ts";
import type { OnnxSession } from "./onnx-session.ts";
import { createSceneGate, type LookGate, type SceneGate } from "./scene-gate.ts";

/** One clip to look at, as plain data: it crosses a process boundary. */
export type LookTask = Pick<
  DecodePlan,
  "file" | "demuxer" | "isPhoto" | "everyMs" | "firstMs" | "keyframesOnly" | "threads"
> & {
  /** Upright size of the picture. */
  widthPx: number;
  heightPx: number;
  view?: ViewTask;
  /** Take each look in tiles too, for small things seen from the air. */
  tiling?: TilePlan;
  /** Looks that nothing has changed in since the last analysed one repeat it, and say so. Left out: every look is analysed. */
  gate?: LookGate;
};

export type TakenLook = { offsetMs: number; detections: readonly Detection[]; view?: LookView; carried?: true };

export type TakenLooks = {
  kind: "ok";
  looks: TakenLook[];
  isWhole: boolean;
  damageCount: number;
  damage: string[];
  inferenceMs: number;
  wallMs: number;
  /** A look of this clip that became the reference of its scene. */
  viewReference?: ViewReference & { offsetMs: number };
};

/**
 * Decodes the looks of one clip and runs the model on each: decoding of the next goes on while one is being looked at. `standing` is tried
 * first: an ffmpeg that is already there for the keyframes of short clips.
 */
export async function takeLooks(
  tools: MediaTools,
  model: { manifest: Manifest; session: Pick<OnnxSession, "detect" | "pixelFormat"> },
  task: LookTask,
  { onLook = () => {}, standing }: { onLook?: () => void; standing?: KeyframeDecoder } = {},
): Promise<TakenLooks | Refusal> {
  const { manifest, session } = model;
  const { input, labels, roles } = manifest;
  const startedMs = performance.now();
  const place = placePicture(input, { width: task.widthPx, height: task.heightPx });
  const found: (readonly Detection[])[] = [];
  const isCarried: boolean[] = [];
  let inferenceMs = 0;
  const { widthPx: _w, heightPx: _h, view, gate: gateSettings, ...what } = task;
  const views = createViewChecks(view, task.everyMs);
  let gate: SceneGate | undefined;
  const layout = { width: input.width, isPlanar: session.pixelFormat === "gbrp" };
  const plan: DecodePlan = {
    ...what,
    width: input.width,
    height: input.height,
    place,
    pad: input.resize.mode === "letterbox" ? input.resize.pad : 0,
    pixelFormat: session.pixelFormat,
  };
  const onFrame = async (frame: Uint8Array<ArrayBuffer>, index: number): Promise<void> => {
    // A clip may be looked at twice: an ffmpeg that stays gives up on damage, and the looks come again from the first.
    if (index === 0 && gateSettings !== undefined) gate = createSceneGate(gateSettings);
    const isChecked = views.isDue(index);
    const thumbnail = isChecked || gate !== undefined ? shrinkFrame(frame, layout, place) : undefined;
    if (isChecked && thumbnail !== undefined) views.check(thumbnail, index);
    isCarried[index] = false;
    const atMs = task.firstMs + index * task.everyMs;
    if (gate !== undefined && thumbnail !== undefined && gate.judge(thumbnail, atMs) === "carried") {
      found[index] = gate.last();
      isCarried[index] = true;
      return onLook();
    }
    const from = performance.now();
    const boxes = await session.detect(frame);
    inferenceMs += performance.now() - from;
    const detections = boxes.flatMap((box) => {
      const boxNorm = toBoxNorm(box, place);
      const label = labels[box.classId];
      if (boxNorm === undefined || label === undefined) return [];
      return [{ label, role: roles[label] ?? null, score: Math.min(1, box.score), boxNorm }];
    });
    found[index] = detections;
    if (thumbnail !== undefined) gate?.analysed(thumbnail, atMs, detections);
    onLook();
  };
  // Several decoder threads are asked for where one clip should be done soon: that is a process of its own.
  const quick = task.threads === undefined ? await standing?.decode(plan, onFrame) : undefined;
  const decoded = quick ?? (await decodeLooks(tools, plan, onFrame));
  if (decoded.kind === "refused") return decoded;
  return {
    kind: "ok",
    looks: decoded.frameTimesMs.map((offsetMs, i) => ({
      offsetMs,
      detections: found[i] ?? [],
      ...views.viewOf(i),
      ...(isCarried[i] === true ? { carried: true as const } : {}),
    })),
    ...views.freshReference(decoded.frameTimesMs),
    isWhole: decoded.isWhole,
    damageCount: decoded.damageCount,
    damage: decoded.damage,
    inferenceMs,
    wallMs: performance.now() - startedMs,
  };
}
