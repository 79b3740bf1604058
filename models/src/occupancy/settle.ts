import { unionBox } from "../geometry/box.ts";
import { chain, isCountable, provenAbsenceMs } from "./acts.ts";
import type { WatchClock } from "./clock.ts";
import { subtract } from "./interval.ts";
import type { Occupancy } from "./observe.ts";
import type { OccupancySettings } from "./settings.ts";
import { endOf, medianScore, type Spot, startOf } from "./spot.ts";

/** Spots told one by one in an act that goes on and on; beyond, the earliest are told as one. */
const spotsMax = 500;

/** Drops what a clock remembers from before an instant. Nothing that is kept may begin before it. Changes `clock`. */
export function cutClock(clock: WatchClock, cutMs: number): void {
  if (clock.firstSeenMs === null || cutMs <= clock.firstSeenMs) return;
  clock.firstSeenMs = cutMs;
  clock.blind = clock.blind
    .filter(({ toMs }) => toMs > cutMs)
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, cutMs), toMs }));
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
    bridgedMsMax: Math.max(...spots.map((spot) => spot.bridgedMsMax)),
    contactShareMax: Math.max(...spots.map((spot) => spot.contactShareMax)),
    best: spots.reduce((a, b) => (b.best.score > a.best.score ? b : a)).best,
  };
}

/**
 * Drops acts that ended before an instant and that nothing can extend any more, and blind time before all that is kept. Reports of
 * anything later stay the same. Changes `state`.
 */
export function settleOccupancy(state: Occupancy, beforeMs: number, settings: OccupancySettings): void {
  const { lastSeenMs } = state;
  if (lastSeenMs === null) return;
  const kept: Spot[] = state.gone.filter((spot) => endOf(spot) >= beforeMs && !isCountable(spot, settings));
  const countable = state.gone.filter((spot) => isCountable(spot, settings));
  const live = new Set(state.live);
  for (const group of chain([...countable, ...state.live], state, settings)) {
    const endMs = Math.max(...group.map(endOf));
    const isOver =
      !group.some((spot) => live.has(spot)) && provenAbsenceMs(endMs, lastSeenMs, state, settings) >= settings.graceMs;
    if (isOver && endMs < beforeMs) continue;
    const gone = group.filter((spot) => !live.has(spot));
    const early = gone.length > spotsMax ? gone.slice(0, gone.length - spotsMax / 2) : [];
    kept.push(...(early.length > 0 ? [fold(early, state)] : []), ...gone.slice(early.length));
  }
  const order = new Map(state.gone.map((spot, i) => [spot, i]));
  state.gone = kept.sort((a, b) => (order.get(a) ?? -1) - (order.get(b) ?? -1));
  cutClock(state, Math.min(beforeMs, ...[...state.gone, ...state.live].map(startOf)));
}
