import { givenUpStates } from "./closing.ts";

/** Files of one flight and state. */
export interface StateCount {
  readonly state: string;
  readonly files: number;
  /** Of them, those that somebody closed. */
  readonly closed: number;
  /** Those of which no object was ever seen. */
  readonly unseen: number;
  /** Those that the dock counts among what it expects: named by a message, or found without one and no positioning data. */
  readonly counted: number;
}

/** What the dock's messages say of a flight; null: they do not. */
export interface FlightWord {
  /** By the newest message. */
  readonly expected: number | null;
  /** The most that any message said. */
  readonly expectedMost: number | null;
}

export interface Tally {
  /** Files whose object was seen, whatever became of it. */
  readonly arrived: number;
  /** Files of which only a message speaks so far. */
  readonly announced: number;
  /** Files that were announced and never came; without those that somebody closed. */
  readonly missing: number;
  /** Files that the dock expects and no message has named nor anybody found. */
  readonly unnamed: number;
  /** Files that were given up and not closed. */
  readonly unfit: number;
  /** How many more there are than the dock expects: its count is of one run of a task that was flown again, or began anew, and proves nothing. */
  readonly beyond: number;
  /** How many fewer the dock expects than it once said: they may have been deleted at the dock. */
  readonly fewer: number;
}

/**
 * How a flight's files stand against each other. What is not in is counted by name; the dock's own number only adds what nobody has named: a
 * difference of two totals would let a file found beside hide one that is missing.
 */
export function tallyFlight(counts: readonly StateCount[], { expected, expectedMost }: FlightWord): Tally {
  const sum = (of: (count: StateCount) => number, states?: readonly string[]): number =>
    counts.reduce((total, one) => (states === undefined || states.includes(one.state) ? total + of(one) : total), 0);
  const announced = sum(({ unseen }) => unseen, ["noticed"]);
  const never = sum(({ files }) => files, ["missing"]);
  const counted = sum(({ counted: some }) => some);
  return {
    arrived: sum(({ files }) => files) - never - announced,
    announced,
    missing: sum(({ files, closed }) => files - closed, ["missing"]),
    unnamed: expected === null ? 0 : Math.max(0, expected - counted),
    unfit: sum(({ files, closed }) => files - closed, givenUpStates),
    beyond: expected === null ? 0 : Math.max(0, counted - expected),
    fewer: Math.max(0, (expectedMost ?? 0) - (expected ?? expectedMost ?? 0)),
  };
}
