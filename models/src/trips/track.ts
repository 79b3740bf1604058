import { distanceM } from "../geo/distance.ts";
import type { LonLat } from "../geo/gcj02.ts";
import type { TrackPoint } from "./observations.ts";
import type { TripSettings } from "./settings.ts";

/**
 * Points of one truck in the order of time, one for each instant, without those that would ask more speed of the truck than it has, coming
 * from the point before and going to the next: a receiver between houses jumps.
 */
export function cleanTrack(
  points: readonly TrackPoint[],
  { speedMaxKmh }: Pick<TripSettings, "speedMaxKmh">,
): TrackPoint[] {
  const ordered = [...points]
    .sort((a, b) => a.atMs - b.atMs || a.longitude - b.longitude || a.latitude - b.latitude)
    .filter((point, nth, all) => nth === 0 || point.atMs !== all[nth - 1]?.atMs);
  const isTooFast = (a: TrackPoint | undefined, b: TrackPoint | undefined): boolean =>
    a !== undefined && b !== undefined && distanceM(a, b) / 1_000 > (speedMaxKmh * (b.atMs - a.atMs)) / 3_600_000;
  return ordered.filter((point, nth) => {
    // at an end there is one neighbour alone, which may be the one that jumped: the next but one says
    const before = ordered[nth - 1] ?? ordered[nth + 2];
    const after = ordered[nth + 1] ?? ordered[nth - 2];
    const [first, second] = [before, after].map((other) =>
      other !== undefined && other.atMs < point.atMs ? isTooFast(other, point) : isTooFast(point, other),
    );
    return !(first === true && second === true);
  });
}

export function pointsBetween(points: readonly TrackPoint[], fromMs: number, toMs: number): TrackPoint[] {
  return points.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
}

/** Share of a span that lies between points close enough in time to tell where the truck was. */
export function coveredShare(points: readonly TrackPoint[], fromMs: number, toMs: number, gapMs: number): number {
  let covered = 0;
  for (let nth = 1; nth < points.length; nth++) {
    const stepMs = (points[nth]?.atMs ?? 0) - (points[nth - 1]?.atMs ?? 0);
    if (stepMs <= gapMs) covered += stepMs;
  }
  return toMs > fromMs ? Math.min(1, covered / (toMs - fromMs)) : 0;
}

/** When a truck first came to stay in one of some places, by its track; null: it only ever passed by. */
export function stayOf(
  points: readonly TrackPoint[],
  places: readonly (LonLat & { radiusM: number })[],
  { insideMin, trackGapS }: Pick<TripSettings, "insideMin" | "trackGapS">,
): number | null {
  const stays = places.flatMap((place) => {
    let since: number | null = null;
    let lastMs = Number.NEGATIVE_INFINITY;
    for (const point of points) {
      if (distanceM(point, place) > place.radiusM) since = null;
      else {
        if (since === null || point.atMs - lastMs > trackGapS * 1_000) since = point.atMs;
        if (point.atMs - since >= insideMin * 60_000) return [since];
      }
      lastMs = point.atMs;
    }
    return [];
  });
  return stays.length === 0 ? null : Math.min(...stays);
}

const metresPerDegree = 111_195;

/** When a truck left a place after having been there, by its track. */
export function departuresOf(
  points: readonly TrackPoint[],
  place: LonLat & { radiusM: number },
  { insideMin, trackGapS, gpsErrorM }: TripSettings,
): number[] {
  const found: number[] = [];
  let since: number | null = null;
  let last: TrackPoint | null = null;
  let outside: TrackPoint | null = null;
  for (const point of points) {
    // most points are far from most places: that shows by their latitude alone
    const northM = Math.abs(point.latitude - place.latitude) * metresPerDegree;
    const awayM = northM > 2 * (place.radiusM + gpsErrorM) ? northM : distanceM(point, place);
    const gap = last !== null && point.atMs - (outside ?? last).atMs > trackGapS * 1_000;
    if (awayM <= place.radiusM) {
      if (since === null || gap) since = point.atMs;
      last = point;
      outside = null;
    } else if (last !== null && since !== null && awayM > place.radiusM + gpsErrorM) {
      if (gap) {
        since = null;
        last = null;
        outside = null;
      } else if (outside === null) outside = point;
      else {
        // two points outside: it has left
        if (last.atMs - since >= insideMin * 60_000) found.push(last.atMs);
        since = null;
        last = null;
        outside = null;
      }
    }
  }
  return found;
}
