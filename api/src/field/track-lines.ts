import { fixesOf, type TrackFix } from "@mingcha/models/field";

/** Points of one drawn track: a browser draws no more of them any finer. */
const pointsMax = 2_000;

/** A track as lines for a map, thinned; where the fix broke off another line begins. */
export function trackLines(track: readonly TrackFix[], gapMaxMs: number): [number, number][][] {
  const fixes = fixesOf(track);
  const step = Math.max(1, Math.ceil(fixes.length / pointsMax));
  const lines: [number, number][][] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const [nth, { offsetMs, longitude, latitude }] of fixes.entries()) {
    const isBreak = offsetMs - lastMs > gapMaxMs;
    lastMs = offsetMs;
    if (isBreak) lines.push([]);
    else if (nth % step !== 0 && nth !== fixes.length - 1) continue;
    lines.at(-1)?.push([longitude, latitude]);
  }
  return lines;
}
