import type { ClueAsk, ClueState, ClueTransition } from "./states.ts";
import { type ClueEvent, clueTransitions } from "./transitions.ts";

/** The transition an event means in a state, or undefined where the table has no such arrow. */
export function findTransition(state: ClueState, event: ClueEvent): ClueTransition | undefined {
  return clueTransitions.find((row) => row.from === state && row.event === event);
}

/** All arrows that leave a state: what buttons a page may offer at all. */
export function transitionsFrom(state: ClueState): ClueTransition[] {
  return clueTransitions.filter((row) => row.from === state);
}

/** Whether an event ends a record from wherever it stands. */
export function isAside(event: ClueEvent): boolean {
  return clueTransitions.some((row) => row.event === event && "aside" in row);
}

/** What an event asks of the person, the same from whatever state it leaves. */
export function askOf(event: ClueEvent): ClueAsk {
  return clueTransitions.find((row) => row.event === event)?.asks ?? "nothing";
}
