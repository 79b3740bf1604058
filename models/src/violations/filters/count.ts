import { type Act, boxIou, type Interval, intersect, sameSpotIou } from "../../scene/index.ts";
import type { Filter } from "./define.ts";

type Spot = Act["spots"][number];

/** Things at different places: of several boxes on the same spot at the same time the one that stood longest counts. */
function apart(spots: readonly Spot[]): Spot[] {
  const kept: Spot[] = [];
  for (const spot of [...spots].sort((a, b) => b.dwellMs - a.dwellMs)) {
    const isCounted = kept.some(
      (other) =>
        spot.fromMs < other.toMs && other.fromMs < spot.toMs && boxIou(spot.boxNorm, other.boxNorm) >= sameSpotIou,
    );
    if (!isCounted) kept.push(spot);
  }
  return kept;
}

/** The greatest number of things that stood there at once for a time, all stretches together in which the place was watched. */
function togetherFor(spots: readonly Spot[], present: readonly Interval[], dwellMs: number): number {
  const edges = spots
    .flatMap((spot) => intersect([spot], present))
    .flatMap(({ fromMs, toMs }) => [
      { atMs: fromMs, change: 1 },
      { atMs: toMs, change: -1 },
    ])
    .sort((a, b) => a.atMs - b.atMs || a.change - b.change);
  /** `lasted[n - 1]`: how long at least n stood there. */
  const lasted: number[] = spots.map(() => 0);
  let there = 0;
  let sinceMs = 0;
  for (const { atMs, change } of edges) {
    for (let n = 0; n < there; n++) lasted[n] = (lasted[n] ?? 0) + (atMs - sinceMs);
    there += change;
    sinceMs = atMs;
  }
  return lasted.filter((ms) => ms >= dwellMs).length;
}

/** How many things stood there together for the dwell time, blind time left out. */
export const countFilter: Filter = {
  name: "count",
  applies: ({ minCount }) => minCount > 1,
  judge(act, place) {
    const present = act.intervals.filter(({ state }) => state === "present");
    const together = togetherFor(apart(act.spots), present, place.settings.dwellMs);
    return { passed: together >= place.minCount, value: together, threshold: place.minCount };
  },
};
