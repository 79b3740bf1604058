import { type Interval, intersect, lengthMs } from "./interval.ts";
import { gapLimitMs, identityHoldMs } from "./settings.ts";

/** What is remembered of when a place was watched. Plain data. */
export type WatchClock = {
  /** First look that was seen, or where an older record was closed. */
  firstSeenMs: number | null;
  /** Last look that was seen, and the last that was planned. */
  lastSeenMs: number | null;
  lastPlannedMs: number | null;
  /** Stretches in which nobody can say what was there. */
  blind: Interval[];
};

export const emptyClock = (): WatchClock => ({ firstSeenMs: null, lastSeenMs: null, lastPlannedMs: null, blind: [] });

/**
 * One look in the life of a place: when, how long after the last that was seen, how much of that was blind, where the last blind stretch
 * began, and all of them.
 */
export type Moment = {
  atMs: number;
  sinceMs: number;
  blindMs: number;
  lastBlindFromMs: number;
  blind: readonly Interval[];
};

/** Takes the time of one look into account. Gives null for one that says nothing: missing, or not later than the last. Changes `clock`. */
export function tick(clock: WatchClock, atMs: number, isSeen: boolean, lookEveryMs: number): Moment | null {
  if (clock.lastPlannedMs !== null && atMs <= clock.lastPlannedMs) return null;
  clock.lastPlannedMs = atMs;
  if (!isSeen) return null;
  const sinceMs = clock.lastSeenMs === null ? 0 : atMs - clock.lastSeenMs;
  const isGap = sinceMs > gapLimitMs(lookEveryMs);
  if (isGap) clock.blind.push({ fromMs: atMs - sinceMs, toMs: atMs });
  clock.firstSeenMs ??= atMs;
  clock.lastSeenMs = atMs;
  const lastBlindFromMs = clock.blind.at(-1)?.fromMs ?? Number.NEGATIVE_INFINITY;
  return { atMs, sinceMs, blindMs: isGap ? sinceMs : 0, lastBlindFromMs, blind: clock.blind };
}

/** Whether so much of the time between two instants was blind that nobody can say that one vehicle seen at both is the same. */
export const isIdentityLost = ({ blind }: Pick<Moment, "blind">, fromMs: number, toMs: number): boolean =>
  lengthMs(intersect([{ fromMs, toMs }], blind)) > identityHoldMs;
