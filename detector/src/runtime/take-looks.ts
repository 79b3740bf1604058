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
import { checkView, shrinkFrame, type ViewReference } from "@mingcha/models/view";
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
  /** For sources that hang still: compare the view with `reference` this often; null lets the first clear look become it. */
  view?: { everyMs: number; reference: ViewReference | null };
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
  const views: (LookView | undefined)[] = [];
  let reference = view?.reference ?? null;
  let freshAt: number | undefined;
  // Looks are `everyMs` apart: one of so many is checked.
  const checkEvery = view === undefined ? 0 : Math.max(1, Math.round(view.everyMs / task.everyMs));
  let gate: SceneGate | undefined;
  const layout = { width: input.width, isPlanar: session.pixelFormat === "gbrp" };
  const look = (thumbnail: Uint8Array, index: number): void => {
    const checked = checkView(thumbnail, reference);
    if (reference === null && checked.reference !== null) freshAt = index;
    reference = checked.reference;
    views[index] = checked.view;
  };
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
    const isChecked = checkEvery > 0 && index % checkEvery === 0;
    const thumbnail = isChecked || gate !== undefined ? shrinkFrame(frame, layout, place) : undefined;
    if (isChecked && thumbnail !== undefined) look(thumbnail, index);
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
  const freshAtMs = freshAt === undefined ? undefined : decoded.frameTimesMs[freshAt];
  return {
    kind: "ok",
    looks: decoded.frameTimesMs.map((offsetMs, i) => ({
      offsetMs,
      detections: found[i] ?? [],
      ...(views[i] === undefined ? {} : { view: views[i] }),
      ...(isCarried[i] === true ? { carried: true as const } : {}),
    })),
    ...(reference === null || freshAtMs === undefined ? {} : { viewReference: { ...reference, offsetMs: freshAtMs } }),
    isWhole: decoded.isWhole,
    damageCount: decoded.damageCount,
    damage: decoded.damage,
    inferenceMs,
    wallMs: performance.now() - startedMs,
  };
}
