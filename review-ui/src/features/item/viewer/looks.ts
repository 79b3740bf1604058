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

/** A photo is a clip of one look. */
export function isStill(clip: ClipView): boolean {
  return clip.durationMs <= 0 || ["mjpeg", "jpeg", "png", "webp"].includes(clip.codec);
}
