import type { ClueDetail, EvidenceView } from "@mingcha/models/http";

export type LookView = ClueDetail["looks"][number];
export type ClipView = ClueDetail["clips"][number];

/** A look further away than this says nothing about what the player shows. */
const lookDistanceMsMax = 5_000;

/** The analysed look nearest to a moment of a clip, or undefined where none is near. */
export function nearestLook(looks: readonly LookView[], clipId: string, offsetMs: number): LookView | undefined {
  let best: LookView | undefined;
  for (const look of looks) {
    if (look.clipId !== clipId) continue;
    if (best === undefined || Math.abs(look.offsetMs - offsetMs) < Math.abs(best.offsetMs - offsetMs)) best = look;
  }
  return best !== undefined && Math.abs(best.offsetMs - offsetMs) <= lookDistanceMsMax ? best : undefined;
}

/** The clip that holds an instant, else the one that begins or ends nearest to it, and the offset in it. */
export function clipAt(
  clips: readonly ClipView[],
  instantMs: number,
): { clip: ClipView; offsetMs: number } | undefined {
  let best: { clip: ClipView; offsetMs: number; away: number } | undefined;
  for (const clip of clips) {
    const offset = instantMs - Date.parse(clip.startedAt);
    const offsetMs = Math.min(clip.durationMs, Math.max(0, offset));
    const away = Math.abs(offset - offsetMs);
    if (best === undefined || away < best.away) best = { clip, offsetMs, away };
  }
  return best;
}

/**
 * Whether a picture shows the whole frame, so that zones and boxes in shares of the frame lie where they belong.
 * A close-up is a crop whose place in the frame is not told.
 */
export function isWholeFrame(picture: EvidenceView, clips: readonly ClipView[]): boolean {
  const clip = clips.find((item) => item.id === picture.clipId);
  if (clip === undefined) return picture.kind !== "close";
  const sameShape = Math.abs(picture.widthPx / picture.heightPx - clip.widthPx / clip.heightPx) < 0.02;
  return sameShape && (picture.kind !== "close" || picture.widthPx === clip.widthPx);
}

/** Boxes below this are mostly leaves and shadows; they are counted, not drawn. A lower one is drawn where the flag is. */
const shownScoreMin = 0.3;

/** Boxes worth drawing over a look: certain ones, and whatever lies where the flag is; of boxes on the same thing the best. */
export function shownBoxes(look: LookView | undefined, flagBox: readonly [number, number, number, number]) {
  // without scores, for a reviewer who judges blind, every box is worth the same
  const scoreOf = (box: { score: number | null }) => box.score ?? 1;
  const all = [...(look?.boxes ?? [])].sort((a, b) => scoreOf(b) - scoreOf(a));
  const shown: LookView["boxes"] = [];
  for (const box of all) {
    const wanted = scoreOf(box) >= shownScoreMin || overlapOf(box.boxNorm, flagBox) > 0.3;
    if (wanted && !shown.some((better) => overlapOf(box.boxNorm, better.boxNorm) > 0.6)) shown.push(box);
  }
  return { shown, hidden: all.length - shown.length, scoreMin: shownScoreMin };
}

/** Intersection over union of two boxes [x, y, width, height]. */
function overlapOf(a: readonly number[], b: readonly number[]): number {
  const [ax = 0, ay = 0, aw = 0, ah = 0] = a;
  const [bx = 0, by = 0, bw = 0, bh = 0] = b;
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  const common = Math.max(0, width) * Math.max(0, height);
  return common === 0 ? 0 : common / (aw * ah + bw * bh - common);
}

/** A photo is a clip of one look. */
export function isStill(clip: ClipView): boolean {
  return clip.durationMs <= 0 || ["mjpeg", "jpeg", "png", "webp"].includes(clip.codec);
}
