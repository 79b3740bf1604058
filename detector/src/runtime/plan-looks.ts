import type { MediaInfo } from "@mingcha/infra/media";
import type { Look, LookView, MissingReason, Scene } from "@mingcha/models/scene";
import type { ViewReference } from "@mingcha/models/view";
import type { LookTask, TakenLook } from "./take-looks.ts";

/** Keyframes may come this much later than looks are wanted and still be taken alone: "2 s" of a camera is 1.96–2.04 s. */
const keyframeSlack = 1.1;

/** Which looks to take of a clip: keyframes only where they come often enough, which costs a tenth. */
export function planLooks(media: MediaInfo, lookEveryS: number, firstMs = 0): LookTask {
  const everyMs = lookEveryS * 1000;
  const gapMs = media.keyframeGapMsMax;
  return {
    file: media.file,
    demuxer: media.demuxer,
    isPhoto: media.isPhoto,
    widthPx: media.widthPx,
    heightPx: media.heightPx,
    everyMs,
    firstMs,
    keyframesOnly: !media.isPhoto && gapMs !== null && gapMs <= everyMs * keyframeSlack,
  };
}

/** How often the view of a source is checked: half a minute of a turned or blind camera at most is judged by the old zones. */
const viewEveryMs = 10_000;
/** Kinds of source whose view is fixed: there is something to compare with. */
const fixedKinds = ["fixed", "gate"];

/**
 * Adds what the scene asks of every look: tiles for small things, and the check of its view: against the scene's reference where the source
 * hangs still, on every photo too (a photo is a clip of its own, and a camera that sends pictures can be turned); of any other source only
 * whether anything can be seen.
 */
export function forScene(
  task: LookTask,
  { source, tiles }: Pick<Scene, "source" | "tiles">,
  reference: ViewReference | null,
): LookTask {
  const tiling = tiles === undefined ? {} : { tiling: tiles };
  const of = fixedKinds.includes(source.kind) ? { reference } : { moves: true as const };
  return { ...task, ...tiling, view: { everyMs: viewEveryMs, ...of } };
}

/** Two sides of one picture in different codings differ by a row or two of blocks; a camera set to another format by a quarter or more. */
const shapeSlack = 0.03;

/**
 * Whether a clip's picture has another shape than the one the ground was marked on: then zones and metres fit nothing in it, as if the
 * camera had been turned. False for scenes that do not state their picture.
 */
export function isOtherShape(
  media: Pick<MediaInfo, "widthPx" | "heightPx">,
  { calibration }: Pick<Scene, "calibration">,
): boolean {
  const drawn = calibration?.pictureSize;
  if (drawn === undefined) return false;
  return Math.abs((media.widthPx * drawn.heightPx) / (media.heightPx * drawn.widthPx) - 1) > shapeSlack;
}

/** Grid points of a clip that must hold a look, milliseconds; the last frame of a clip starts before its end. */
export function plannedOffsetsMs(media: MediaInfo, task: Pick<LookTask, "everyMs" | "firstMs">): number[] {
  if (media.isPhoto) return [0];
  const frameMs = media.frameRate > 0 ? 1000 / media.frameRate : 40;
  const lastMs = media.durationMs - frameMs;
  const offsets: number[] = [];
  for (let at = task.firstMs; at <= Math.max(lastMs, task.firstMs); at += task.everyMs) offsets.push(Math.round(at));
  return offsets;
}

/**
 * Looks of a clip in time order: those taken, and a missing one for every planned moment that has no frame within one cadence.
 * `otherShape` (see `isOtherShape`): the view of every look counts as moved, whatever a comparison said.
 */
export function completeLooks(
  taken: readonly TakenLook[],
  planned: readonly number[],
  clip: { startMs: number; everyMs: number; reason: MissingReason; otherShape?: boolean },
): Look[] {
  const viewOf = (view: LookView | undefined): LookView | undefined =>
    clip.otherShape ? { verdict: "moved", visibility: view?.visibility ?? "clear" } : view;
  const seen: Look[] = taken.map(({ offsetMs, detections, view: compared, carried }) => {
    const view = viewOf(compared);
    return {
      status: "seen",
      capturedAtMs: clip.startMs + offsetMs,
      offsetMs,
      detections,
      ...(view === undefined ? {} : { view }),
      ...(carried === undefined ? {} : { carried }),
    };
  });
  const missing = planned
    .filter((at) => !taken.some(({ offsetMs }) => Math.abs(offsetMs - at) < clip.everyMs))
    .map((at): Look => ({ status: "missing", capturedAtMs: clip.startMs + at, offsetMs: at, reason: clip.reason }));
  return [...seen, ...missing].sort((a, b) => a.capturedAtMs - b.capturedAtMs);
}
