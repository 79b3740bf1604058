import { type Interval, intersect, lengthMs } from "./interval.ts";
import { gapLimitMs, identityHoldMs, neighbourLooks, type OccupancySettings } from "./settings.ts";

/** What is remembered of when a place was watched. Plain data. */
export type WatchClock = {
  /** First look that was seen, or where an older record was closed. */
  firstSeenMs: number | null;
  /** Last look that was seen, and the last that was planned. */
  lastSeenMs: number | null;
  lastPlannedMs: number | null;
  /** Since the last look that was seen the source was down or its view could not be used; left out: no. */
  wasDown?: boolean;
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

/**
 * When a look was planned, and whether there is a picture of it. `isDown`: there is none because the source gave nothing or its view could
 * not be used, rather than because it was lost on the way.
 */
export type WatchLook = { capturedAtMs: number; isSeen: boolean; isDown?: boolean };

/** Takes the time of one look into account. Gives null for one that says nothing: missing, or not later than the last. Changes `clock`. */
export function tick(
  clock: WatchClock,
  { capturedAtMs: atMs, isSeen, isDown = false }: WatchLook,
  settings: Pick<OccupancySettings, "lookEveryMs" | "eachMustDwell">,
): Moment | null {
  const { lastPlannedMs } = clock;
  if (lastPlannedMs !== null && atMs <= lastPlannedMs) return null;
  // Where no look was even planned there was nothing to take one of.
  const isUnplanned = lastPlannedMs !== null && atMs - lastPlannedMs > neighbourLooks * settings.lookEveryMs;
  if (isDown || isUnplanned) clock.wasDown = true;
  clock.lastPlannedMs = atMs;
  if (!isSeen) return null;
  const sinceMs = clock.lastSeenMs === null ? 0 : atMs - clock.lastSeenMs;
  const isGap = sinceMs > gapLimitMs(settings, clock.wasDown ?? false);
  clock.wasDown = false;
  if (isGap) clock.blind.push({ fromMs: atMs - sinceMs, toMs: atMs });
  clock.firstSeenMs ??= atMs;
  clock.lastSeenMs = atMs;
  const lastBlindFromMs = clock.blind.at(-1)?.fromMs ?? Number.NEGATIVE_INFINITY;
  return { atMs, sinceMs, blindMs: isGap ? sinceMs : 0, lastBlindFromMs, blind: clock.blind };
}

/** Whether so much of the time between two instants was blind that nobody can say that one vehicle seen at both is the same. */
export function isIdentityLost({ blind }: Pick<Moment, "blind">, fromMs: number, toMs: number): boolean {
  // Asked for every vehicle at every look, and mostly nothing was blind since the last.
  const lastToMs = blind.at(-1)?.toMs ?? fromMs;
  return lastToMs > fromMs && lengthMs(intersect([{ fromMs, toMs }], blind)) > identityHoldMs;
}
