import {
  advanceDumps,
  advanceGate,
  advancePickUps,
  advanceStops,
  type DumpsState,
  emptyDumps,
  emptyGate,
  emptyPickUps,
  emptyStops,
  type GateState,
  type PassageLook,
  type PassageSettings,
  type PickUpsState,
  readDumps,
  readGate,
  readPickUps,
  readStops,
  type StopsState,
  settleDumps,
  settleGate,
  settlePickUps,
  settleStops,
} from "../passages/index.ts";
import {
  type Act,
  emptyOccupancy,
  type Occupancy,
  observe,
  readActs,
  settleOccupancy,
  type WatchClock,
} from "../scene/index.ts";
import type { Motion } from "./define.ts";

/** What is remembered of one place during one run of its rule's calendar, by the motion the rule looks for. Plain data. */
export type Watch =
  | { motion: "stands"; state: Occupancy }
  | { motion: "passes"; state: GateState }
  | { motion: "stops"; state: StopsState }
  | { motion: "dumps"; state: DumpsState }
  | { motion: "picks_up"; state: PickUpsState };

export function emptyWatch(motion: Motion): Watch {
  switch (motion) {
    case "stands":
      return { motion, state: emptyOccupancy() };
    case "passes":
      return { motion, state: emptyGate() };
    case "stops":
      return { motion, state: emptyStops() };
    case "dumps":
      return { motion, state: emptyDumps() };
    case "picks_up":
      return { motion, state: emptyPickUps() };
  }
}

/** Takes one look into account. Where things stand, `things` are the candidates. Changes `watch`. */
export function advanceWatch(watch: Watch, look: PassageLook, settings: PassageSettings): void {
  switch (watch.motion) {
    case "stands":
      observe(watch.state, { ...look, candidates: look.things }, settings);
      break;
    case "passes":
      advanceGate(watch.state, look, settings);
      break;
    case "stops":
      advanceStops(watch.state, look, settings);
      break;
    case "dumps":
      advanceDumps(watch.state, look, settings);
      break;
    case "picks_up":
      advancePickUps(watch.state, look, settings);
      break;
  }
}

/** The acts so far, oldest first, and what was too weak or too brief for one. */
export function readWatch(watch: Watch, settings: PassageSettings): { acts: Act[]; dropped: Act[] } {
  switch (watch.motion) {
    case "stands":
      return readActs(watch.state, settings);
    case "passes":
      return readGate(watch.state, settings);
    case "stops":
      return readStops(watch.state);
    case "dumps":
      return readDumps(watch.state);
    case "picks_up":
      return readPickUps(watch.state);
  }
}

/** Drops what was over before an instant and cannot change any more; gives the earliest instant still needed. Changes `watch`. */
export function settleWatch(watch: Watch, beforeMs: number, settings: PassageSettings): number {
  switch (watch.motion) {
    case "stands":
      return settleOccupancy(watch.state, beforeMs, settings);
    case "passes":
      return settleGate(watch.state, beforeMs);
    case "stops":
      return settleStops(watch.state, beforeMs);
    case "dumps":
      return settleDumps(watch.state, beforeMs);
    case "picks_up":
      return settlePickUps(watch.state, beforeMs);
  }
}

export const clockOf = (watch: Watch): WatchClock => watch.state;
