import type { BoxNorm } from "../geometry/box.ts";
import { emptyClock, isIdentityLost, tick, type WatchClock, type WatchLook } from "./clock.ts";
import { isHidden } from "./hidden.ts";
import { confirmLooks, keepShareOfMinScore, keepShareOfOwnScore, type OccupancySettings } from "./settings.ts";
import { type Candidate, confirmSpot, endOf, fitOf, hideSpot, hitSpot, missSpot, openSpot, type Spot } from "./spot.ts";

/**
 * What one look says about one zone and one rule. A missing look carries no candidates and says nothing about absence. `hiders`: people and
 * vehicles of the look, which may stand before a place.
 */
export type Sighting = WatchLook & {
  candidates: readonly Candidate[];
  hiders?: readonly BoxNorm[];
};

/** All that is remembered of a zone between looks. Plain data; grows with the number of things seen, not with the number of looks. */
export type Occupancy = WatchClock & {
  /** What may have hidden something in the last looks, as far back as the grace time. */
  lately: { atMs: number; hiders: readonly BoxNorm[] }[];
  /** First look of this watch. */
  beganMs: number | null;
  live: Spot[];
  /** Confirmed things that are gone for good, oldest first. */
  gone: Spot[];
};

export const emptyOccupancy = (): Occupancy => ({ ...emptyClock(), lately: [], beganMs: null, live: [], gone: [] });

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
  // Run for every place at every look: plain loops make half the garbage.
  const fits: { spot: Spot; candidate: Candidate; fit: number }[] = [];
  for (const spot of spots) {
    const keep = keepScore(spot, settings);
    for (const candidate of candidates) {
      const fit = candidate.score >= keep ? fitOf(candidate.boxNorm, spot.anchor) * candidate.score : 0;
      if (fit > 0) fits.push({ spot, candidate, fit });
    }
  }
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

/** The last look before now that had a place in plain view, where some in between had not; else now. */
function hiddenSince(state: Occupancy, place: BoxNorm, atMs: number): number {
  let sinceMs = atMs;
  for (const look of [...state.lately].reverse()) {
    if (!isHidden(place, look.hiders)) return sinceMs === atMs ? atMs : look.atMs;
    sinceMs = look.atMs;
  }
  return sinceMs;
}

/** Takes one look into account; looks must come in time order, one that does not is left out. Changes `state`. */
export function observe(state: Occupancy, sighting: Sighting, settings: OccupancySettings): void {
  const moment = tick(state, sighting, settings);
  if (moment === null) return;
  const { atMs, lastBlindFromMs } = moment;
  const { candidates, hiders = [] } = sighting;
  const { minScore, lookEveryMs } = settings;
  state.beganMs ??= atMs;
  const isFirst = atMs - state.beganMs < confirmLooks * lookEveryMs;
  const alive: Spot[] = [];
  let known = state.live;
  if (settings.eachMustDwell) {
    const lost = new Set(known.filter((spot) => isIdentityLost(moment, endOf(spot), atMs)));
    state.gone.push(...known.filter((spot) => lost.has(spot) && spot.isConfirmed));
    known = known.filter((spot) => !lost.has(spot));
  }
  const pairs = pair(known, candidates, settings);
  for (const spot of known) {
    const candidate = pairs.get(spot);
    if (candidate !== undefined) {
      // Blind since the last hit: what happened meanwhile is unknown and not counted.
      const resumes = endOf(spot) <= lastBlindFromMs;
      hitSpot(spot, candidate, atMs, { minScore, lookEveryMs, resumes, anchored: true });
      confirmSpot(spot);
      alive.push(spot);
    } else if (isHidden(spot.anchor, hiders) && hideSpot(spot, moment, settings.graceMs)) alive.push(spot);
    else if (missSpot(spot, moment, settings.graceMs)) alive.push(spot);
    else if (spot.isConfirmed) state.gone.push(spot);
  }
  const paired = new Set(pairs.values());
  const fresh = candidates.filter((c) => !paired.has(c) && c.score >= keepShareOfMinScore * settings.minScore);
  const open = (candidate: Candidate): Spot => ({
    ...openSpot(candidate, atMs, minScore),
    isFirst,
    hiddenBeforeMs: atMs - hiddenSince(state, candidate.boxNorm, atMs),
  });
  state.live = [...alive, ...fresh.map(open)];
  state.lately = [...state.lately, { atMs, hiders }].filter((look) => atMs - look.atMs < settings.graceMs);
}
