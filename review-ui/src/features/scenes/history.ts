/** What was, what is, what was taken back: plain values, so that undo cannot miss anything. */
export type History<T> = { past: readonly T[]; present: T; future: readonly T[] };

export type HistoryAction<T> =
  | { type: "set"; value: T }
  /** Replaces the present without a step of its own: a corner that is still being dragged. */
  | { type: "amend"; value: T }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "load"; value: T };

/** Steps that can be taken back. */
const stepsMax = 200;

export const beginHistory = <T>(present: T): History<T> => ({ past: [], present, future: [] });

export function stepHistory<T>(history: History<T>, action: HistoryAction<T>): History<T> {
  const { past, present, future } = history;
  if (action.type === "load") return beginHistory(action.value);
  if (action.type === "amend") return { ...history, present: action.value };
  if (action.type === "set")
    return action.value === present
      ? history
      : { past: [...past, present].slice(-stepsMax), present: action.value, future: [] };
  if (action.type === "undo") {
    const before = past.at(-1);
    return before === undefined ? history : { past: past.slice(0, -1), present: before, future: [present, ...future] };
  }
  const [next, ...rest] = future;
  return next === undefined ? history : { past: [...past, present], present: next, future: rest };
}
