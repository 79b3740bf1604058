/** How an inference process ended while it had a clip in hand, or before it was ready. */
export type EndKind =
  /** Of itself: a fault signal, an abort, an exit code. */
  | "fault"
  /** It stopped speaking, or worked on without finishing a look, and was killed by its watchdog. */
  | "hang"
  /** Killed by somebody else: a person, a service manager, the kernel short of memory. */
  | "outside";

const outsideSignals = new Set(["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"]);

/** Kind of an end that the watchdog did not cause. */
export const endKindOf = (signal: NodeJS.Signals | null): EndKind =>
  signal !== null && outsideSignals.has(signal) ? "outside" : "fault";

/** Ends with one clip in hand after which the clip is taken to be their cause. */
export const faultsMax = 3;
/** A kill from outside says less about the clip, so it takes more of them: it may be another's memory, or an operator. */
export const endsMax = 8;

/** Whether a clip that was in hand at these ends, one after another, is to be put aside. */
export function isCondemned(ends: readonly EndKind[]): boolean {
  return ends.length >= endsMax || ends.filter((kind) => kind !== "outside").length >= faultsMax;
}

/** Starts that follow at once; a busy machine that kills now and then never waits. */
const startsAtOnce = 3;
const restMsFirst = 1_000;
/** A process that never finishes a look is started once a minute at most. */
const restMsMax = 60_000;

/**
 * Rest before the next start, milliseconds, by how many processes in a row ended without finishing one look between them: none, then
 * doubling. A finished look sets the count back.
 */
export const restMs = (endsInARow: number): number =>
  endsInARow <= startsAtOnce ? 0 : Math.min(restMsMax, restMsFirst * 2 ** (endsInARow - startsAtOnce - 1));
