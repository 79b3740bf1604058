import type { Look } from "./look.ts";
import { encodeLook } from "./stored-look.ts";

/** Looks farther apart than this belong to different sessions: what happened between is unknown, an act does not span it. */
export const sessionGapMs = 10 * 60_000;

/** The gap that parts two sessions of a scene: where looks are far apart, the time of three. */
export const sessionGapMsOf = (scene: { readonly lookEveryS: number }): number =>
  Math.max(sessionGapMs, 3_000 * scene.lookEveryS);

/**
 * Order in which looks of one source are taken into account: by time; of one instant, seen before missing, since it says more. Two that were seen
 * in one instant, in recordings that overlap, are ordered by what they show, so that the order in which they came to hand decides nothing.
 * Only the first of an instant counts (`advanceScene`).
 */
export function compareLooks(a: Look, b: Look): number {
  const byTime = a.capturedAtMs - b.capturedAtMs || Number(a.status === "missing") - Number(b.status === "missing");
  if (byTime !== 0) return byTime;
  const [textA, textB] = [contentOf(a), contentOf(b)];
  return textA < textB ? -1 : Number(textA > textB);
}

/** What a look shows, without its place in a file: of a recording that was cut again the same frame has another offset. */
const contentOf = (look: Look): string => JSON.stringify({ ...encodeLook(look), o: 0 });

/** Looks in their order, session by session: a new one begins after a gap longer than `gapMs`. */
export function splitSessions(looks: readonly Look[], gapMs: number): Look[][] {
  const sessions: Look[][] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const look of looks) {
    if (look.capturedAtMs - lastMs > gapMs) sessions.push([]);
    sessions.at(-1)?.push(look);
    lastMs = look.capturedAtMs;
  }
  return sessions;
}
