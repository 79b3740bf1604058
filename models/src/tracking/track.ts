import type { BoxNorm, PointNorm } from "../geometry/box.ts";
import { type BoxFilter, copyFilter, openFilter, predictFilter, updateFilter } from "./box-filter.ts";
import type { TrackerSettings } from "./settings.ts";

export type Observation = { atMs: number; boxNorm: BoxNorm; score: number };

/** One thing that is followed. Plain data of bounded size. */
export type Track = {
  id: number;
  /** What it may be matched with, see `kindOf`. */
  kind: string;
  filter: BoxFilter;
  /** The filter as the last observation left it, while the track is lost; null while it is seen. */
  lastKnown: BoxFilter | null;
  first: Observation;
  /** Latest observations, oldest first; at least the last one, at most those the momentum needs. */
  seen: Observation[];
  hits: number;
  isConfirmed: boolean;
  /** Seen or not in the last looks, while not confirmed. */
  recent: boolean[];
  /** Looks and time it was looked for in vain since the last observation. */
  missedLooks: number;
  missedMs: number;
};

/** Observations kept for the momentum, whatever the cadence. */
const seenMax = 12;
/** Steps of a virtual path; more would not change what the filter believes. */
const virtualStepsMax = 24;

export const openTrack = (id: number, kind: string, first: Observation): Track => ({
  id,
  kind,
  filter: openFilter(first.boxNorm),
  lastKnown: null,
  first,
  seen: [first],
  hits: 1,
  isConfirmed: false,
  recent: [true],
  missedLooks: 0,
  missedMs: 0,
});

export const lastOf = (track: Track): Observation => track.seen.at(-1) ?? track.first;

/** The observation a track's direction is measured from: the latest that is `momentumS` older than the last one, else the oldest. */
function momentumStart(track: Track, momentumS: number): Observation {
  const last = lastOf(track);
  const old = track.seen.findLast((o) => last.atMs - o.atMs >= momentumS * 1000);
  return old ?? track.seen[0] ?? last;
}

const centreOf = ([x, y, width, height]: BoxNorm): PointNorm => [x + width / 2, y + height / 2];

/** A path shorter than this share of the thing's size is jitter and says nothing about a direction. */
const steadyPathShare = 0.5;

/**
 * How well a box lies in the direction the track went (observation-centric momentum, OC-SORT §4.2, formula 4): the angle between the
 * line through two observations of the track and the line from the older one to the box, 0.5 straight on, -0.5 backwards, 0 across.
 * Unlike there it counts less where the thing hardly moved: the direction of something that stands is noise.
 */
export function momentumOf(track: Track, box: BoxNorm, settings: TrackerSettings): number {
  const from = momentumStart(track, settings.momentumS);
  const last = lastOf(track);
  if (from.atMs === last.atMs) return 0;
  const [x0, y0] = centreOf(from.boxNorm);
  const [x1, y1] = centreOf(last.boxNorm);
  const [x2, y2] = centreOf(box);
  const path = Math.hypot(x1 - x0, y1 - y0);
  const reach = Math.hypot(x2 - x0, y2 - y0);
  if (path === 0 || reach === 0) return 0;
  const cos = ((x1 - x0) * (x2 - x0) + (y1 - y0) * (y2 - y0)) / (path * reach);
  const angle = Math.acos(Math.min(1, Math.max(-1, cos)));
  const size = Math.sqrt(last.boxNorm[2] * last.boxNorm[3]);
  const trust = Math.min(1, path / (steadyPathShare * size));
  return trust * ((Math.PI / 2 - angle) / Math.PI);
}

const between = (a: BoxNorm, b: BoxNorm, share: number): BoxNorm => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
  a[3] + (b[3] - a[3]) * share,
];

/**
 * Observation-centric re-update (OC-SORT §4.1): the filter goes back to where the track was lost and is led along a straight virtual path
 * to the new observation, so that the error gathered while nothing was seen does not stay in its speed.
 */
function reUpdate(track: Track, known: BoxFilter, now: Pick<Observation, "atMs" | "boxNorm">): void {
  const last = lastOf(track);
  const steps = Math.min(track.missedLooks + 1, virtualStepsMax);
  const stepS = (now.atMs - last.atMs) / 1000 / steps;
  const filter = copyFilter(known);
  for (let step = 1; step <= steps; step++) {
    predictFilter(filter, stepS);
    updateFilter(filter, between(last.boxNorm, now.boxNorm, step / steps));
  }
  track.filter = filter;
}

/** The track was seen; its filter was moved on to this instant before. */
export function hitTrack(track: Track, now: Observation, settings: TrackerSettings): void {
  // After a blind stretch longer than anything is followed, how it got here is unknown.
  if (now.atMs - lastOf(track).atMs > settings.maxAgeS * 2000) track.filter = openFilter(now.boxNorm);
  else if (track.lastKnown !== null && settings.isReUpdated) reUpdate(track, track.lastKnown, now);
  else updateFilter(track.filter, now.boxNorm);
  track.lastKnown = null;
  const keepFromMs = now.atMs - 2 * settings.momentumS * 1000;
  track.seen = [...track.seen, now].slice(-seenMax);
  while (track.seen.length > 2 && (track.seen[1]?.atMs ?? 0) < keepFromMs) track.seen.shift();
  track.hits++;
  track.missedLooks = 0;
  track.missedMs = 0;
  if (track.isConfirmed) return;
  track.recent = [...track.recent, true].slice(-settings.confirmLooks);
  track.isConfirmed = track.recent.filter(Boolean).length >= settings.confirmHits;
  if (track.isConfirmed) track.recent = [];
}

/**
 * The track was looked for in vain. True while it may still come back.
 * @param known its filter before it was moved on to this look.
 * @param watchedMs time since the look before, blind time left out.
 */
export function missTrack(track: Track, known: BoxFilter, watchedMs: number, settings: TrackerSettings): boolean {
  track.lastKnown ??= known;
  track.missedLooks++;
  track.missedMs += watchedMs;
  if (!track.isConfirmed) {
    track.recent = [...track.recent, false].slice(-settings.confirmLooks);
    return track.recent.some(Boolean);
  }
  return track.missedMs <= settings.maxAgeS * 1000;
}
