import { type BoxNorm, coveredShare } from "../geometry/box.ts";
import type { TrackSighting } from "../tracking/index.ts";
import { footDistance, footOf } from "./sighting.ts";

/** A person who is followed near vehicles that stand. Plain data. */
export type Walk = {
  track: number;
  first: { atMs: number; boxNorm: BoxNorm };
  last: { atMs: number; boxNorm: BoxNorm };
  hits: number;
  /** Looked for in vain since, watched time only. */
  missedMs: number;
  /** Whether it came out of a vehicle has been decided. */
  isJudged: boolean;
};

/** A person got into a vehicle, or out of it. */
export type Boarding = {
  kind: "boards" | "alights";
  atMs: number;
  track: number;
  boxNorm: BoxNorm;
  fromMs: number;
  toMs: number;
  /** Way of the person along the picture, shares per second. */
  velocity: readonly [number, number];
  /** Key of the vehicle's stop. */
  stop: string;
};

/** Sightings that make a person more than a stray box. */
export const walkHits = 3;
/** A person not found for so long is gone, or in the car. */
export const walkEndMs = 2_000;

/** Somebody at a door overlaps the car's box, let out by this share of it … */
const doorShare = 0.12;
/** … with at least this much of the own box. */
const doorOverlap = 0.25;

/**
 * Whether a person is at a vehicle: overlapping its box, feet on the ground it takes or hidden behind it. Somebody much nearer to the camera
 * only stands before the picture of the car.
 */
export function isAtVehicle(person: BoxNorm, car: BoxNorm): boolean {
  const around: BoxNorm = [
    car[0] - doorShare * car[2],
    car[1] - doorShare * car[3],
    car[2] * (1 + 2 * doorShare),
    car[3] * (1 + 2 * doorShare),
  ];
  const [, foot] = footOf(person);
  const bottom = car[1] + car[3];
  return coveredShare(person, around) >= doorOverlap && foot <= bottom + 0.35 * car[3] && foot >= car[1];
}

export function velocityOf({ first, last }: Pick<Walk, "first" | "last">): readonly [number, number] {
  const seconds = (last.atMs - first.atMs) / 1000;
  if (seconds === 0) return [0, 0];
  const [x0, y0] = footOf(first.boxNorm);
  const [x1, y1] = footOf(last.boxNorm);
  return [(x1 - x0) / seconds, (y1 - y0) / seconds];
}

/** Longest time somebody stands hidden behind a car before coming out again. */
export const hiddenMsMax = 30_000;

/**
 * Whether somebody who comes up at a vehicle is the one who vanished there: at the same place after having stood hidden, or farther along the
 * way and just when a walk behind the car would end. Then nobody boarded and nobody alighted.
 */
export function isSamePerson(boards: Boarding, comesUp: Pick<Walk, "first">): boolean {
  const waitedMs = comesUp.first.atMs - boards.atMs;
  if (waitedMs <= 0) return false;
  const ratio = comesUp.first.boxNorm[3] / boards.boxNorm[3];
  if (ratio < 0.6 || ratio > 1 / 0.6) return false;
  const distance = footDistance(boards.boxNorm, comesUp.first.boxNorm);
  if (distance <= boards.boxNorm[2]) return true;
  const [fromX, fromY] = footOf(boards.boxNorm);
  const [toX, toY] = footOf(comesUp.first.boxNorm);
  const [vx, vy] = boards.velocity;
  const speed = Math.hypot(vx, vy);
  const along = vx * (toX - fromX) + vy * (toY - fromY);
  return speed > 0 && along > 0.7 * speed * distance && waitedMs / 1000 <= (1.7 * distance) / speed + 1;
}

/** Keeps the walks of the persons in a look; gives those that are over. */
export function followWalks(
  walks: Walk[],
  persons: readonly TrackSighting[],
  atMs: number,
  watchedMs: number,
): { walks: Walk[]; over: Walk[] } {
  const byTrack = new Map(walks.map((walk) => [walk.track, walk]));
  for (const { trackId, boxNorm, first } of persons) {
    const walk = byTrack.get(trackId);
    if (walk === undefined)
      byTrack.set(trackId, {
        track: trackId,
        first: { atMs: first.atMs, boxNorm: first.boxNorm },
        last: { atMs, boxNorm },
        hits: 1,
        missedMs: 0,
        isJudged: false,
      });
    else {
      walk.last = { atMs, boxNorm };
      walk.hits++;
      walk.missedMs = 0;
    }
  }
  const all = [...byTrack.values()];
  for (const walk of all) if (walk.last.atMs !== atMs) walk.missedMs += watchedMs;
  return {
    walks: all.filter((walk) => walk.missedMs < walkEndMs),
    over: all.filter((walk) => walk.missedMs >= walkEndMs),
  };
}
