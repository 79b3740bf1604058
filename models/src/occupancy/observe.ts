import { type Interval, lengthMs } from "./interval.ts";
import {
  confirmHits,
  confirmLooks,
  gapLimitMs,
  keepShareOfMinScore,
  keepShareOfOwnScore,
  type OccupancySettings,
  sceneryMs,
} from "./settings.ts";
import { type Candidate, fitOf, hitSpot, openSpot, type Spot } from "./spot.ts";

/** What one look says about one zone and one rule. A missing look carries no candidates and says nothing about absence. */
export type Sighting = { capturedAtMs: number; isSeen: boolean; candidates: readonly Candidate[] };

/** All that is remembered of a zone between looks. Plain data; grows with the number of things seen, not with the number of looks. */
export type Occupancy = {
  /** Last look that was seen, and the last that was planned. */
  lastSeenMs: number | null;
  lastPlannedMs: number | null;
  firstSeenMs: number | null;
  blind: Interval[];
  live: Spot[];
  /** Confirmed things that are gone for good, oldest first. */
  gone: Spot[];
  /** Where things should only pass: what stands there, followed apart to tell scenery from passages. */
  scenery: Spot[];
};

export const emptyOccupancy = (): Occupancy => ({
  lastSeenMs: null,
  lastPlannedMs: null,
  firstSeenMs: null,
  blind: [],
  live: [],
  gone: [],
  scenery: [],
});

/** Lowest score that keeps a spot alive. */
const keepScore = (spot: Spot, settings: OccupancySettings): number =>
  spot.isConfirmed
    ? Math.max(keepShareOfMinScore * settings.minScore, keepShareOfOwnScore * spot.usualScore)
    : keepShareOfMinScore * settings.minScore;

/** Pairs candidates with live spots, proven spots first, then by overlap × score; each is used once. */
function pair(
  spots: readonly Spot[],
  candidates: readonly Candidate[],
  settings: OccupancySettings,
): Map<Spot, Candidate> {
  const fits = spots.flatMap((spot) => {
    const keep = keepScore(spot, settings);
    return candidates.flatMap((candidate) => {
      const fit = candidate.score >= keep ? fitOf(candidate.boxNorm, spot.anchor) * candidate.score : 0;
      return fit > 0 ? [{ spot, candidate, fit }] : [];
    });
  });
  fits.sort((a, b) => Number(b.spot.isConfirmed) - Number(a.spot.isConfirmed) || b.fit - a.fit);
  const pairs = new Map<Spot, Candidate>();
  const used = new Set<Candidate>();
  for (const { spot, candidate } of fits) {
    if (pairs.has(spot) || used.has(candidate)) continue;
    pairs.set(spot, candidate);
    used.add(candidate);
  }
  return pairs;
}

/** A spot was not seen in a look that was. True while it may still come back. */
function missSpot(spot: Spot, atMs: number, blindMs: number, settings: OccupancySettings): boolean {
  if (!spot.isConfirmed) {
    spot.recent = [...spot.recent, false].slice(-confirmLooks);
    return spot.recent.some(Boolean);
  }
  if (spot.firstMissMs === null) {
    spot.firstMissMs = atMs;
    return true;
  }
  spot.blindSinceMissMs += blindMs;
  return atMs - spot.firstMissMs - spot.blindSinceMissMs < settings.graceMs;
}

function confirm(spot: Spot): void {
  if (spot.isConfirmed) return;
  spot.recent = [...spot.recent, true].slice(-confirmLooks);
  spot.isConfirmed = spot.recent.filter(Boolean).length >= confirmHits;
}

/** In a zone for passages: the strongest candidate that is not part of the scenery. */
function passing(state: Occupancy, candidates: readonly Candidate[], settings: OccupancySettings): Candidate[] {
  const scenery = state.scenery.filter((spot) => lengthMs(spot.present) >= sceneryMs);
  const [best] = candidates
    .filter((c) => c.score >= keepShareOfMinScore * settings.minScore)
    .filter((c) => !scenery.some((spot) => fitOf(c.boxNorm, spot.anchor) > 0))
    .sort((a, b) => b.score - a.score);
  return best === undefined ? [] : [best];
}

type Moment = { atMs: number; blindMs: number; lastBlindFromMs: number };

/** Pairs, hits, misses and opens spots for one look; gives the spots still alive. Confirmed ones that died go to `gone`. */
function advance(
  spots: readonly Spot[],
  pairs: ReadonlyMap<Spot, Candidate>,
  candidates: readonly Candidate[],
  { atMs, blindMs, lastBlindFromMs }: Moment,
  settings: OccupancySettings,
  anchored: boolean,
  gone: Spot[],
): Spot[] {
  const alive: Spot[] = [];
  for (const spot of spots) {
    const candidate = pairs.get(spot);
    if (candidate !== undefined) {
      // Blind since the last hit: what happened meanwhile is unknown and not counted.
      const resumes = (spot.present.at(-1)?.toMs ?? 0) <= lastBlindFromMs;
      hitSpot(spot, candidate, atMs, { resumes, anchored, minScore: settings.minScore });
      confirm(spot);
      alive.push(spot);
    } else if (missSpot(spot, atMs, blindMs, settings)) alive.push(spot);
    else if (spot.isConfirmed) gone.push(spot);
  }
  const paired = new Set(pairs.values());
  const fresh = candidates.filter((c) => !paired.has(c) && c.score >= keepShareOfMinScore * settings.minScore);
  return [...alive, ...fresh.map((candidate) => openSpot(candidate, atMs, settings.minScore))];
}

/** Takes one look into account; looks must come in time order, one that does not is left out. Changes `state`. */
export function observe(state: Occupancy, sighting: Sighting, settings: OccupancySettings): void {
  const { capturedAtMs: atMs, candidates } = sighting;
  if (state.lastPlannedMs !== null && atMs <= state.lastPlannedMs) return;
  state.lastPlannedMs = atMs;
  if (!sighting.isSeen) return;

  const sinceMs = state.lastSeenMs === null ? 0 : atMs - state.lastSeenMs;
  const isGap = sinceMs > gapLimitMs(settings.lookEveryMs);
  if (isGap) state.blind.push({ fromMs: atMs - sinceMs, toMs: atMs });
  state.firstSeenMs ??= atMs;
  const lastBlindFromMs = state.blind.at(-1)?.fromMs ?? Number.NEGATIVE_INFINITY;
  const moment: Moment = { atMs, blindMs: isGap ? sinceMs : 0, lastBlindFromMs };

  if (settings.motion === "stands") {
    state.live = advance(
      state.live,
      pair(state.live, candidates, settings),
      candidates,
      moment,
      settings,
      true,
      state.gone,
    );
  } else {
    const wanted = passing(state, candidates, settings);
    const pairs = new Map(state.live.slice(0, 1).flatMap((spot) => wanted.map((c) => [spot, c] as const)));
    state.live = advance(state.live, pairs, wanted, moment, settings, false, state.gone);
    const standing = pair(state.scenery, candidates, settings);
    state.scenery = advance(state.scenery, standing, candidates, moment, settings, true, []);
  }
  state.lastSeenMs = atMs;
}
