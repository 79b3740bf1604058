import { type Interval, intersect, lengthMs, subtract, unite } from "../occupancy/interval.ts";
import type { DayWindow } from "./days.ts";

/** How long a camera was looked through on one day, minutes. */
export interface WatchedDay {
  readonly day: string;
  /** The rules saw the place. */
  readonly seenMin: number;
  /** They should have and could not: looks missing, the view moved, covered or dark. */
  readonly blindMin: number;
  /** No look at all of a camera that records all the time; null where it is not expected to. */
  readonly unrecordedMin: number | null;
}

export interface WatchedTime {
  /** Stretches in which any rule has an account of the place, blind ones included. */
  readonly accounted: readonly Interval[];
  readonly blind: readonly Interval[];
  /** Since when recordings are expected without a pause, and until when; null: not at all (drones, patrols, files). */
  readonly expected: Interval | null;
}

/**
 * Blind minutes of a source per day. A stretch is blind where any of its rules is: two rules blind at once count once. Switching a
 * camera off does not make them fewer: what is not recorded is told beside them.
 */
export function watchMinutes(windows: readonly DayWindow[], { accounted, blind, expected }: WatchedTime): WatchedDay[] {
  const blindUnited = unite(blind);
  const seen = subtract(unite(accounted), blindUnited);
  const unrecorded = expected === null ? null : subtract([expected], [...seen, ...blindUnited]);
  const within = (intervals: readonly Interval[], window: DayWindow) =>
    lengthMs(intersect([window], intervals)) / 60_000;
  return windows.map((window) => ({
    day: window.day,
    seenMin: within(seen, window),
    blindMin: within(blindUnited, window),
    unrecordedMin: unrecorded === null ? null : within(unrecorded, window),
  }));
}

/** Kinds of sources that are meant to record day and night. */
export const continuousKinds: readonly string[] = ["fixed", "gate"];
