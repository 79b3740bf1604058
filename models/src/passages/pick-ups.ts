import type { Act } from "../occupancy/acts.ts";
import { emptyClock, tick, type WatchClock } from "../occupancy/clock.ts";
import { endOf, startOf } from "../occupancy/spot.ts";
import {
  type Boarding,
  followWalks,
  hiddenMsMax,
  isAtVehicle,
  isSamePerson,
  velocityOf,
  type Walk,
  walkHits,
} from "./boardings.ts";
import type { PassageSettings } from "./settings.ts";
import type { PassageLook } from "./sighting.ts";
import { actOfStop, followStops, type Stop, type StopList } from "./stops.ts";

export type PickUpsState = WatchClock & {
  stops: StopList;
  /** Persons in the picture. */
  walks: Walk[];
  /** Who got in and out; a vehicle that is long gone has none any more. */
  boardings: Boarding[];
};

export const emptyPickUps = (): PickUpsState => ({
  ...emptyClock(),
  stops: { live: [], gone: [] },
  walks: [],
  boardings: [],
});

/** Somebody may be seen to come out a moment before or after the vehicle is found to stand. */
const aroundStopMs = 3_000;

/** The vehicle a person is at, at an instant. */
function vehicleAt(state: PickUpsState, at: Walk["first"]): Stop | undefined {
  return [...state.stops.live, ...state.stops.gone].find(
    (stop) =>
      at.atMs >= startOf(stop.spot) - aroundStopMs &&
      at.atMs <= endOf(stop.spot) + aroundStopMs &&
      isAtVehicle(at.boxNorm, stop.spot.anchor),
  );
}

const boardingOf = (kind: Boarding["kind"], walk: Walk, stop: Stop): Boarding => {
  const { atMs, boxNorm } = kind === "boards" ? walk.last : walk.first;
  return {
    kind,
    atMs,
    boxNorm,
    track: walk.track,
    fromMs: walk.first.atMs,
    toMs: walk.last.atMs,
    velocity: velocityOf(walk),
    stop: stop.key,
  };
};

/**
 * Whether nothing can undo a boarding any more: nobody came out again while somebody could have stood hidden there, or the vehicle is gone
 * and has left nobody behind. Only then it is told, so that no flag is taken back.
 */
function isFinal(state: PickUpsState, boarding: Boarding): boolean {
  const nowMs = state.lastSeenMs ?? 0;
  if (boarding.kind === "alights" || nowMs - boarding.atMs > hiddenMsMax) return true;
  const stop = state.stops.gone.find((gone) => gone.key === boarding.stop);
  return stop !== undefined && nowMs - endOf(stop.spot) > aroundStopMs;
}

/** A walk that came up at a vehicle and leads away from it. */
function noteAlighting(state: PickUpsState, walk: Walk): void {
  if (walk.isJudged || walk.hits < walkHits) return;
  const stop = vehicleAt(state, walk.first);
  if (stop === undefined || isAtVehicle(walk.last.boxNorm, stop.spot.anchor)) return;
  walk.isJudged = true;
  const open = state.boardings.filter((b) => b.kind === "boards" && !isFinal(state, b));
  const hidden = open.find((b) => isSamePerson(b, walk));
  if (hidden !== undefined) state.boardings = state.boardings.filter((b) => b !== hidden);
  else state.boardings.push(boardingOf("alights", walk, stop));
}

/** A walk that ended at a vehicle and came from elsewhere. */
function noteBoarding(state: PickUpsState, walk: Walk): void {
  if (walk.hits < walkHits) return;
  const stop = vehicleAt(state, walk.last);
  if (stop !== undefined && !isAtVehicle(walk.first.boxNorm, stop.spot.anchor))
    state.boardings.push(boardingOf("boards", walk, stop));
}

/** Takes one look into account: vehicles that stand in the zone, and persons who vanish at them or come out. Changes `state`. */
export function advancePickUps(state: PickUpsState, look: PassageLook, settings: PassageSettings): void {
  const beforeMs = state.lastSeenMs;
  const moment = tick(state, look, settings);
  if (moment === null) return;
  const { atMs } = moment;
  followStops(state.stops, look, moment, settings);
  const persons = look.all.filter((track) => track.role === "person");
  // Who is found again under the same number did not get in.
  const seen = new Set(persons.map((track) => track.trackId));
  state.boardings = state.boardings.filter((b) => isFinal(state, b) || !seen.has(b.track));
  const sinceMs = beforeMs === null ? 0 : atMs - beforeMs;
  const watchedMs = moment.blindMs > 0 ? settings.lookEveryMs : sinceMs;
  const { walks, over } = followWalks(state.walks, persons, atMs, watchedMs);
  state.walks = walks;
  for (const walk of walks) if (walk.last.atMs === atMs) noteAlighting(state, walk);
  for (const walk of over) noteBoarding(state, walk);
}

/** Every stop at which somebody got in or out, oldest first. */
export function readPickUps(state: PickUpsState): { acts: Act[]; dropped: Act[] } {
  const acts = [...state.stops.gone, ...state.stops.live].flatMap((stop) => {
    const who = state.boardings.filter((b) => b.stop === stop.key && isFinal(state, b));
    if (who.length === 0) return [];
    const act = actOfStop(stop, state, state.stops.live.includes(stop));
    const persons = who
      .sort((a, b) => a.atMs - b.atMs || a.track - b.track)
      .map(({ boxNorm, track, fromMs, toMs }) => ({
        boxNorm,
        role: "person" as const,
        fromMs,
        toMs,
        dwellMs: 0,
        track,
      }));
    return [{ ...act, spots: [...act.spots, ...persons] }];
  });
  return { acts: acts.sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs), dropped: [] };
}
