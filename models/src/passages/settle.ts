import { cutClock } from "../occupancy/settle.ts";
import { endOf, startOf } from "../occupancy/spot.ts";
import type { DumpsState } from "./dumps.ts";
import type { GateState } from "./gate-state.ts";
import type { PickUpsState } from "./pick-ups.ts";
import { sceneryMs } from "./settings.ts";
import type { Stop, StopsState } from "./stops.ts";

/** Parts a list into what ended before an instant and the rest. */
function partAt<T>(list: readonly T[], toMs: (item: T) => number, beforeMs: number): { kept: T[]; over: number[] } {
  const ends = list.map(toMs);
  return { kept: list.filter((_, i) => (ends[i] ?? 0) >= beforeMs), over: ends.filter((end) => end < beforeMs) };
}

/** Passages that were over before an instant are dropped; see `settleOccupancy`. Changes `state`. */
export function settleGate(state: GateState, beforeMs: number): number {
  const { kept, over } = partAt(state.gone, ({ spot }) => endOf(spot), beforeMs);
  state.gone = kept;
  const from = [...state.gone, ...state.live].map(({ spot, moved, homeUntilMs }) => {
    if (moved || homeUntilMs - startOf(spot) < sceneryMs) return startOf(spot);
    // Scenery: should it ever set off, its passage begins there, and only how long it has stood matters.
    spot.present = [{ fromMs: startOf(spot), toMs: endOf(spot) }];
    return homeUntilMs;
  });
  return cutClock(state, beforeMs, from, over);
}

const fromOf = (stops: readonly Stop[]): number[] => stops.map(({ spot }) => startOf(spot));

export function settleStops(state: StopsState, beforeMs: number): number {
  const { kept, over } = partAt(state.gone, ({ spot }) => endOf(spot), beforeMs);
  state.gone = kept;
  return cutClock(state, beforeMs, fromOf([...state.gone, ...state.live]), over);
}

export function settleDumps(state: DumpsState, beforeMs: number): number {
  const { kept, over } = partAt(state.gone, (act) => act.toMs, beforeMs);
  state.gone = kept;
  const from = [...state.gone, ...state.visits].map((item) => item.fromMs);
  return cutClock(state, beforeMs, from, over);
}

/** A walk that ended at a vehicle just before is told within seconds, so stops are kept that much longer. */
const boardingTailMs = 30_000;

export function settlePickUps(state: PickUpsState, beforeMs: number): number {
  const { stops } = state;
  const tailMs = Math.min(beforeMs, (state.lastSeenMs ?? 0) - boardingTailMs);
  const { kept, over } = partAt(stops.gone, ({ spot }) => endOf(spot), tailMs);
  stops.gone = kept;
  const keys = new Set([...stops.gone, ...stops.live].map((stop) => stop.key));
  state.boardings = state.boardings.filter((boarding) => keys.has(boarding.stop));
  return cutClock(state, beforeMs, fromOf([...stops.gone, ...stops.live]), over);
}
