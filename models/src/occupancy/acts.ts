import { type BoxNorm, boxIou, coveredShare, unionBox } from "../geometry/box.ts";
import type { Role } from "../scene/role.ts";
import { isIdentityLost, type WatchClock } from "./clock.ts";
import { type Interval, intersect, lengthMs, longestMs, subtract, unite } from "./interval.ts";
import type { Occupancy } from "./observe.ts";
import {
  carryShareOfSurest,
  keepShareOfOwnScore,
  type OccupancySettings,
  rimShareOfSurest,
  settleMs,
} from "./settings.ts";
import { cameMs, endOf, medianScore, type Spot, startOf, wentMs } from "./spot.ts";

export type StateInterval = Interval & { state: "present" | "absent" | "blind" };

/** A stretch of one place being occupied: what may become a flag. */
export type Act = {
  fromMs: number;
  toMs: number;
  /** Not yet proven to have ended. */
  isOpen: boolean;
  /** Time present, blind stretches left out. */
  dwellMs: number;
  blindMs: number;
  /** Median score over the looks in which it was seen; of the strongest thing where several stood together. */
  score: number;
  boxNorm: BoxNorm;
  contactShare: number;
  bridgedMsMax: number;
  intervals: StateInterval[];
  labels: string[];
  spots: {
    boxNorm: BoxNorm;
    role: Role | null;
    fromMs: number;
    toMs: number;
    /** Longest time present without a break in the watch. */
    dwellMs: number;
    /** The thing that was followed, where the rule is about one; numbers begin anew with every run of the source. */
    track?: number;
    /** Over the line of the zone: forward from its left to its right hand side, seen along it from its first point. */
    crossed?: "forward" | "backward";
  }[];
  best: Spot["best"];
  /** Of several things that were followed and began at one instant, which; left out where a place holds one act at a time. */
  number?: number;
  /** Of one thing that was followed: weight of the looks in which it was called what was looked for, among all its looks, 0..1. */
  namedShare?: number;
  /** Attributes that other models have settled, so that no person has to. */
  judged?: string[];
};

/** Of two spots the one that was seen last; of those seen last in one look the one that was hidden longer since. */
export const laterOf = (a: Spot, b: Spot): Spot =>
  endOf(b) > endOf(a) || (endOf(b) === endOf(a) && b.hiddenMs > a.hiddenMs) ? b : a;

/**
 * Absence proven between the spot of a group that was seen last and the next start: from the first look that missed to the last, time left
 * out that was blind or in which something stood before it. Where no look that missed is remembered, one follows on the end.
 */
export function provenAbsenceMs(
  last: Spot,
  startMs: number,
  state: Pick<WatchClock, "blind">,
  settings: Pick<OccupancySettings, "lookEveryMs">,
): number {
  const { firstMissMs, lastMissMs, blindSinceMissMs } = last;
  if (firstMissMs !== null && lastMissMs !== null)
    return Math.min(lastMissMs, startMs - settings.lookEveryMs) - firstMissMs - blindSinceMissMs;
  const endMs = endOf(last);
  const blindMs = lengthMs(intersect([{ fromMs: endMs, toMs: startMs }], state.blind));
  return startMs - endMs - blindMs - last.hiddenMs - 2 * settings.lookEveryMs;
}

/**
 * Whether what starts at an instant is no part of the act of what was seen last: absence is proven in between, or, where each thing must stay
 * itself, more time went unwatched than a vehicle is taken to be the same over.
 */
export const isApart = (last: Spot, startMs: number, state: Occupancy, settings: OccupancySettings): boolean =>
  provenAbsenceMs(last, startMs, state, settings) >= settings.graceMs ||
  (settings.eachMustDwell && isIdentityLost(state, endOf(last), startMs));

/** Two spots are the same place seen differently: a door was opened, a neighbour covers half. */
export const isSamePlace = (a: Pick<Spot, "anchor">, b: Pick<Spot, "anchor">): boolean =>
  boxIou(a.anchor, b.anchor) >= 0.3 ||
  Math.max(coveredShare(a.anchor, b.anchor), coveredShare(b.anchor, a.anchor)) >= 0.7;

/** Only what stayed for a time and was at least once seen surely can ever bear on an act. */
export const isCountable = (spot: Spot, settings: OccupancySettings): boolean =>
  spot.strong !== null && lengthMs(spot.present) >= settleMs(settings);

/**
 * What stood there when the watch began and still does, and is not as sure as the rule asks of such: likelier a tree or a puddle. That it was
 * lost from sight under what stood there meanwhile changes nothing.
 */
const isScenery = (
  spot: Spot,
  live: ReadonlySet<Spot>,
  { minScoreFromStart, eachMustDwell }: OccupancySettings,
): boolean =>
  minScoreFromStart !== undefined &&
  !eachMustDwell &&
  spot.isFirst &&
  (live.has(spot) || [...live].some((other) => other.isConfirmed && isSamePlace(other, spot))) &&
  medianScore(spot) < minScoreFromStart;

const overlaps = (a: Spot, b: Spot): boolean => startOf(a) <= endOf(b) && startOf(b) <= endOf(a);

/**
 * Splits the spots of one time into those that carry an act and the rest. What stands at the same place as one that carries is the same
 * thing seen as another box: it counts whole where it is strong itself, else from its first to its last strong sighting; before that one
 * came or after it went only where it is not far less sure.
 */
function qualify(
  spots: readonly Spot[],
  live: ReadonlySet<Spot>,
  settings: OccupancySettings,
): { carry: Spot[]; rest: Spot[] } {
  const minMs = settings.eachMustDwell ? settings.dwellMs : settleMs(settings);
  const scenery = spots.filter((spot) => isScenery(spot, live, settings));
  const isOfScenery = (spot: Spot): boolean => scenery.some((other) => other === spot || isSamePlace(other, spot));
  const barOf = (spot: Spot): number =>
    Math.max(settings.minScore, isOfScenery(spot) ? (settings.minScoreFromStart ?? 0) : 0);
  const isStrong = (spot: Spot): boolean => medianScore(spot) >= barOf(spot);
  const stayedMs = settings.eachMustDwell ? longestMs : lengthMs;
  const able = spots.filter((spot) => isStrong(spot) && stayedMs(spot.present) >= minMs);
  const surest = settings.eachMustDwell ? 0 : Math.max(0, ...able.map(medianScore));
  const sure = able.filter((spot) => medianScore(spot) >= carryShareOfSurest * surest);
  const core = sure.filter((spot) => medianScore(spot) >= rimShareOfSurest * surest);
  const carry = sure.filter((spot) => core.includes(spot) || core.some((other) => overlaps(spot, other)));
  const rest = spots.filter((spot) => !carry.includes(spot));
  const beside = rest.filter(
    (spot) =>
      !isOfScenery(spot) &&
      isCountable(spot, settings) &&
      carry.some(
        (other) =>
          isSamePlace(spot, other) &&
          (overlaps(spot, other) || medianScore(spot) >= keepShareOfOwnScore * medianScore(other)),
      ),
  );
  const counted = beside.flatMap((spot) => {
    if (isStrong(spot)) return [spot];
    const present = spot.strong === null ? [] : intersect(spot.present, [spot.strong]);
    // It counts as gone from there on, whatever looks missed it later.
    return present.length === 0 ? [] : [{ ...spot, present, firstMissMs: null, lastMissMs: null }];
  });
  return { carry: [...carry, ...counted], rest: rest.filter((spot) => !beside.includes(spot)) };
}

/** Joins spots that follow one another and that nothing proves apart. */
export function chain(spots: readonly Spot[], state: Occupancy, settings: OccupancySettings): Spot[][] {
  const groups: Spot[][] = [];
  let last: Spot | undefined;
  for (const spot of [...spots].sort((a, b) => startOf(a) - startOf(b))) {
    const isNew = last === undefined || isApart(last, startOf(spot), state, settings);
    if (isNew) groups.push([spot]);
    else groups.at(-1)?.push(spot);
    last = isNew || last === undefined ? spot : laterOf(last, spot);
  }
  return groups;
}

/** The act that some spots make together. */
export function actOf(
  spots: readonly Spot[],
  { blind: blindStretches }: Pick<WatchClock, "blind">,
  isOpen: boolean,
): Act {
  const fromMs = Math.min(...spots.map(cameMs));
  const toMs = Math.max(...spots.map(wentMs));
  const whole = [{ fromMs, toMs }];
  const seen = unite(spots.flatMap((spot) => spot.present));
  // Before its first and after its last sighting it was hidden, if anything.
  const hidden = [
    { fromMs, toMs: Math.min(...spots.map(startOf)) },
    { fromMs: Math.max(...spots.map(endOf)), toMs },
  ].filter((i) => i.fromMs < i.toMs);
  const blind = subtract(unite([...intersect(whole, blindStretches), ...hidden]), seen);
  // What is neither seen nor blind is a gap between two things that follow one another: bridged like an occlusion.
  const present = subtract(whole, blind);
  const intervals: StateInterval[] = [
    ...present.map((i) => ({ ...i, state: "present" as const })),
    ...blind.map((i) => ({ ...i, state: "blind" as const })),
  ].sort((a, b) => a.fromMs - b.fromMs);
  const strongest = spots.reduce((a, b) => (b.best.score > a.best.score ? b : a));
  return {
    fromMs,
    toMs,
    isOpen,
    dwellMs: lengthMs(present),
    blindMs: lengthMs(blind),
    score: Math.max(...spots.map((spot) => medianScore(spot))),
    boxNorm: unionBox(spots.map((spot) => spot.anchor)) ?? strongest.best.boxNorm,
    contactShare: Math.max(...spots.map((spot) => spot.contactShareMax)),
    bridgedMsMax: Math.max(...spots.map((spot) => spot.bridgedMsMax)),
    intervals,
    labels: [...new Set(spots.map((spot) => spot.label))].sort(),
    spots: spots.map((spot) => ({
      boxNorm: spot.anchor,
      role: spot.role,
      fromMs: startOf(spot),
      toMs: endOf(spot),
      dwellMs: longestMs(spot.present),
    })),
    best: strongest.best,
  };
}

/** The acts of a place so far, oldest first: those that carry, and those of spots too weak or too brief, for the record. */
export function readActs(state: Occupancy, settings: OccupancySettings): { acts: Act[]; dropped: Act[] } {
  const spots = [...state.gone, ...state.live.filter((spot) => spot.isConfirmed)];
  const live = new Set(state.live);
  // Only what follows without a proven absence can be the same thing: a place that was empty in between begins anew.
  const bearing = spots.filter((spot) => isCountable(spot, settings) || live.has(spot));
  const split = chain(bearing, state, settings).map((group) => qualify(group, live, settings));
  const carry = split.flatMap((group) => group.carry);
  const rest = [...split.flatMap((group) => group.rest), ...spots.filter((spot) => !bearing.includes(spot))];
  const actFrom = (group: readonly Spot[]): Act =>
    actOf(
      group,
      state,
      group.some((spot) => live.has(spot)),
    );
  return { acts: chain(carry, state, settings).map(actFrom), dropped: rest.map((spot) => actFrom([spot])) };
}

/** The whole timeline of a place as far as it was watched, or since older acts were settled: present, absent, blind without gaps. */
export function readTimeline(state: WatchClock, acts: readonly Act[]): StateInterval[] {
  if (state.firstSeenMs === null || state.lastPlannedMs === null || state.lastSeenMs === null) return [];
  const { firstSeenMs } = state;
  const whole = [{ fromMs: firstSeenMs, toMs: state.lastPlannedMs }];
  const since = (intervals: readonly Interval[]): Interval[] =>
    intervals
      // What ended where the watch begins is not of it; a thing seen in that one look alone is.
      .filter(({ fromMs, toMs }) => toMs > firstSeenMs || fromMs >= firstSeenMs)
      .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, firstSeenMs), toMs }));
  const present = unite(since(acts.flatMap((act) => act.intervals.filter((i) => i.state === "present"))));
  const tail = state.lastPlannedMs > state.lastSeenMs ? [{ fromMs: state.lastSeenMs, toMs: state.lastPlannedMs }] : [];
  const hidden = acts.flatMap((act) => act.intervals.filter((i) => i.state === "blind"));
  const unseen = since([...state.blind, ...hidden, ...tail]).filter(({ fromMs, toMs }) => fromMs < toMs);
  const blind = subtract(unite(unseen), present);
  const absent = subtract(subtract(whole, present), blind);
  return [
    ...present.map((i) => ({ ...i, state: "present" as const })),
    ...blind.map((i) => ({ ...i, state: "blind" as const })),
    ...absent.map((i) => ({ ...i, state: "absent" as const })),
  ].sort((a, b) => a.fromMs - b.fromMs);
}
