import { cutClock } from "../occupancy/settle.ts";
import { endOf, startOf } from "../occupancy/spot.ts";
import type { DumpsState } from "./dumps.ts";
import type { GateState } from "./gate-state.ts";
import type { PickUpsState } from "./pick-ups.ts";
import { sceneryMs } from "./settings.ts";
import type { StopsState } from "./stops.ts";

/** Passages that were over before an instant are dropped; see `settleOccupancy`. Changes `state`. */
export function settleGate(state: GateState, beforeMs: number): void {
  state.gone = state.gone.filter((passage) => endOf(passage.spot) >= beforeMs);
  const from = [...state.gone, ...state.live].map((passage) => {
    const { spot, moved, homeUntilMs } = passage;
    if (moved || homeUntilMs - startOf(spot) < sceneryMs) return startOf(spot);
    // Scenery: should it ever set off, its passage begins there, and only how long it has stood matters.
    spot.present = [{ fromMs: startOf(spot), toMs: endOf(spot) }];
    return homeUntilMs;
  });
  cutClock(state, Math.min(beforeMs, ...from));
}

export function settleStops(state: StopsState, beforeMs: number): void {
  state.gone = state.gone.filter((stop) => endOf(stop.spot) >= beforeMs);
  cutClock(state, Math.min(beforeMs, ...[...state.gone, ...state.live].map((stop) => startOf(stop.spot))));
}

export function settleDumps(state: DumpsState, beforeMs: number): void {
  state.gone = state.gone.filter((act) => act.toMs >= beforeMs);
  cutClock(
    state,
    Math.min(beforeMs, ...state.gone.map((act) => act.fromMs), ...state.visits.map((visit) => visit.fromMs)),
  );
}

/** A walk that ended at a vehicle just before is told within seconds, so stops are kept that much longer. */
const boardingTailMs = 30_000;

export function settlePickUps(state: PickUpsState, beforeMs: number): void {
  const { stops } = state;
  const laterMs = Math.min(beforeMs, (state.lastSeenMs ?? 0) - boardingTailMs);
  stops.gone = stops.gone.filter((stop) => endOf(stop.spot) >= laterMs);
  const keys = new Set([...stops.gone, ...stops.live].map((stop) => stop.key));
  state.boardings = state.boardings.filter((boarding) => keys.has(boarding.stop));
  cutClock(state, Math.min(beforeMs, ...[...stops.gone, ...stops.live].map((stop) => startOf(stop.spot))));
}
