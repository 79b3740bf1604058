import type { BoxNorm, EvidencePicture, Look } from "@mingcha/models/scene";

type Kind = EvidencePicture["kind"];

/** A picture to cut: which look, and the part of it for a close-up. */
export type WantedPicture = { kind: Kind; look: Look; cropNorm?: BoxNorm };

type Span = {
  fromMs: number;
  toMs: number;
  isOpen: boolean;
  /** Its ends may lie where something stood before it; what is shown was seen. */
  intervals: readonly { state: string; fromMs: number; toMs: number }[];
  boxNorm: BoxNorm;
  best: { capturedAtMs: number; boxNorm: BoxNorm };
};

/** The box with air around it, at least a twelfth of the picture wide and high, inside the picture. */
export function closeUp([x, y, width, height]: BoxNorm): BoxNorm {
  const wanted = (size: number): number => Math.min(1, Math.max(size * 1.5, 1 / 12));
  const w = wanted(width);
  const h = wanted(height);
  const left = Math.min(1 - w, Math.max(0, x + width / 2 - w / 2));
  const top = Math.min(1 - h, Math.max(0, y + height / 2 - h / 2));
  return [left, top, w, h];
}

/**
 * The pictures that show an act: the whole scene and a close-up at the clearest look, the first and the last look of it (two times, as
 * GA/T 832 asks), and the scene before and after where there are looks. Only analysed frames are shown: none whose detections
 * were carried over. Looks in time order.
 */
export function chooseLooks(act: Span, looks: readonly Look[]): WantedPicture[] {
  const seen = looks.filter((look) => look.status === "seen" && look.carried !== true);
  const at = (ms: number): Look | undefined => seen.find((look) => look.capturedAtMs === ms);
  const best = at(act.best.capturedAtMs);
  const present = act.intervals.filter(({ state }) => state === "present");
  const firstMs = Math.min(...present.map(({ fromMs }) => fromMs));
  const lastMs = Math.max(...present.map(({ toMs }) => toMs));
  const first = at(firstMs);
  const last = seen.findLast((look) => look.capturedAtMs >= firstMs && look.capturedAtMs <= lastMs);
  const before = seen.findLast((look) => look.capturedAtMs < act.fromMs);
  const after = act.isOpen ? undefined : seen.find((look) => look.capturedAtMs > act.toMs);
  return [
    ...(best === undefined ? [] : [{ kind: "wide" as const, look: best }]),
    ...(best === undefined ? [] : [{ kind: "close" as const, look: best, cropNorm: closeUp(act.best.boxNorm) }]),
    ...(before === undefined ? [] : [{ kind: "before" as const, look: before }]),
    ...(first === undefined ? [] : [{ kind: "during" as const, look: first }]),
    ...(last === undefined || last === first ? [] : [{ kind: "during" as const, look: last }]),
    ...(after === undefined ? [] : [{ kind: "after" as const, look: after }]),
  ];
}
