import { unionBox } from "../geometry/box.ts";
import { chain, isApart, isCountable, laterOf } from "./acts.ts";
import type { WatchClock } from "./clock.ts";
import { subtract } from "./interval.ts";
import type { Occupancy } from "./observe.ts";
import type { OccupancySettings } from "./settings.ts";
import { cameMs, endOf, medianScore, type Spot, startOf, wentMs } from "./spot.ts";

/** Spots told one by one in an act that goes on and on; beyond, the earliest are told as one. */
const spotsMax = 500;

/**
 * Drops what a clock remembers from before all that is kept. Its timeline begins anew where nothing dropped is missing from it.
 * Changes `clock`.
 * @param beforeMs the instant before which acts were dropped.
 * @param keptFromMs starts of all that is kept.
 * @param droppedToMs ends of what was dropped, all before `beforeMs`.
 * @returns the earliest instant that anything kept needs to know of.
 */
export function cutClock(
  clock: WatchClock,
  beforeMs: number,
  keptFromMs: readonly number[],
  droppedToMs: readonly number[],
): number {
  const keptMs = Math.min(beforeMs, ...keptFromMs);
  if (clock.firstSeenMs === null) return keptMs;
  clock.firstSeenMs = Math.max(clock.firstSeenMs, keptMs, ...droppedToMs);
  clock.blind = clock.blind
    .filter(({ toMs }) => toMs > keptMs)
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, keptMs), toMs }));
  return keptMs;
}

/** The earliest spots of an act as one: its ends, its longest watch and its best picture stay, their number does not. */
function fold(spots: readonly Spot[], state: Occupancy): Spot {
  const [first] = spots;
  const best = spots.reduce((a, b) => (medianScore(b) > medianScore(a) ? b : a));
  const whole = { fromMs: Math.min(...spots.map(startOf)), toMs: Math.max(...spots.map(endOf)) };
  return {
    ...best,
    anchor: unionBox(spots.map((spot) => spot.anchor)) ?? best.anchor,
    firstBoxes: [],
    label: first?.label ?? best.label,
    present: subtract([whole], state.blind),
    strong: whole,
    firstMissMs: null,
    lastMissMs: null,
    hiddenMs: 0,
    hiddenBeforeMs: 2 * (whole.fromMs - Math.min(...spots.map(cameMs))),
    hiddenAfterMs: 2 * (Math.max(...spots.map(wentMs)) - whole.toMs),
    bridgedMsMax: Math.max(...spots.map((spot) => spot.bridgedMsMax)),
    contactShareMax: Math.max(...spots.map((spot) => spot.contactShareMax)),
    best: spots.reduce((a, b) => (b.best.score > a.best.score ? b : a)).best,
  };
}

/**
 * Drops acts that ended before an instant and that nothing can extend any more, and blind time before all that is kept. Reports of
 * anything later stay the same. Changes `state`.
 * @returns the earliest instant that anything kept needs to know of.
 */
export function settleOccupancy(state: Occupancy, beforeMs: number, settings: OccupancySettings): number {
  const { lastSeenMs } = state;
  if (lastSeenMs === null) return beforeMs;
  const kept: Spot[] = state.gone.filter((spot) => wentMs(spot) >= beforeMs && !isCountable(spot, settings));
  const countable = state.gone.filter((spot) => isCountable(spot, settings));
  const live = new Set(state.live);
  const dropped: number[] = [];
  for (const group of chain([...countable, ...state.live], state, settings)) {
    const toMs = Math.max(...group.map(wentMs));
    const last = group.reduce(laterOf);
    const isOver = !group.some((spot) => live.has(spot)) && isApart(last, lastSeenMs, state, settings);
    if (isOver && toMs < beforeMs) {
      dropped.push(toMs);
      continue;
    }
    const gone = group.filter((spot) => !live.has(spot));
    const early = gone.length > spotsMax ? gone.slice(0, gone.length - spotsMax / 2) : [];
    kept.push(...(early.length > 0 ? [fold(early, state)] : []), ...gone.slice(early.length));
  }
  const order = new Map(state.gone.map((spot, i) => [spot, i]));
  state.gone = kept.sort((a, b) => (order.get(a) ?? -1) - (order.get(b) ?? -1));
  return cutClock(state, beforeMs, [...state.gone, ...state.live].map(cameMs), dropped);
}
