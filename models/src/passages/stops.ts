import { type BoxNorm, medianBox } from "../geometry/box.ts";
import type { Act } from "../occupancy/acts.ts";
import { emptyClock, isIdentityLost, type Moment, tick, type WatchClock } from "../occupancy/clock.ts";
import { keepShareOfMinScore } from "../occupancy/settings.ts";
import { confirmSpot, endOf, fitOf, hitSpot, missSpot, openSpot, type Spot, startOf } from "../occupancy/spot.ts";
import { kindOf, type TrackSighting } from "../tracking/index.ts";
import { actOfThing } from "./act.ts";
import { leftSightings, type PassageSettings } from "./settings.ts";
import { isStill, type PassageLook, type PlaceSighting } from "./sighting.ts";

/** One vehicle that came to rest. Plain data. */
export type Stop = {
  /** Start and first track as one: no two stops of a place share it. */
  key: string;
  firstTrack: number;
  /** Of several things of a place that began at one instant, which; 1 for most. */
  number: number;
  /** Where it stands, and its sightings there. */
  spot: Spot;
  kind: string;
  /** The latest tracks that were this vehicle, oldest first. */
  tracks: number[];
  /** Looks in a row in which its track was seen elsewhere and nothing stood here. */
  awayLooks: number;
};

export type StopList = { live: Stop[]; gone: Stop[] };
export type StopsState = WatchClock & StopList;

export const emptyStops = (): StopsState => ({ ...emptyClock(), live: [], gone: [] });

const tracksMax = 16;

/** A vehicle that has just been found to stand: it has since its first observation at this place. */
function openStop(
  { candidate, track }: PlaceSighting,
  others: readonly Stop[],
  moment: Moment,
  settings: PassageSettings,
): Stop {
  const seen = track.seen.filter((o) => !isIdentityLost(moment, o.atMs, moment.atMs));
  const anchor = medianBox(seen.map((o) => o.boxNorm));
  const here = seen.slice(Math.max(0, seen.findLastIndex((o) => fitOf(o.boxNorm, anchor) === 0) + 1));
  const [first, ...later] = here.length > 0 ? here : seen.slice(-1);
  const from = first ?? { atMs: track.capturedAtMs, boxNorm: candidate.boxNorm, score: candidate.score };
  const spot = openSpot({ ...candidate, boxNorm: from.boxNorm, score: from.score }, from.atMs, settings.minScore);
  for (const { atMs, boxNorm, score } of later)
    hitSpot(spot, { ...candidate, boxNorm, score }, atMs, { ...settings, resumes: false, anchored: true });
  spot.isConfirmed = true;
  spot.recent = [];
  const number = 1 + others.filter((stop) => startOf(stop.spot) === from.atMs).length;
  const key = `${from.atMs}.${track.trackId}`;
  return { key, firstTrack: track.trackId, number, spot, kind: kindOf(track), tracks: [track.trackId], awayLooks: 0 };
}

const fits = (box: BoxNorm, stop: Stop): boolean => fitOf(box, stop.spot.anchor) > 0;

/**
 * Whether a track may take a stop over: it came up at this very place after the vehicle was last seen, so it is that vehicle under a new
 * number. A track with a past elsewhere is another vehicle that took the place.
 */
const takesOver = (track: TrackSighting, stop: Stop): boolean =>
  stop.kind === kindOf(track) && track.first.atMs > endOf(stop.spot) && fits(track.first.boxNorm, stop);

function hitStop(stop: Stop, { candidate, track }: PlaceSighting, moment: Moment, settings: PassageSettings): void {
  if (!stop.tracks.includes(track.trackId)) stop.tracks = [...stop.tracks, track.trackId].slice(-tracksMax);
  const resumes = endOf(stop.spot) <= moment.lastBlindFromMs;
  hitSpot(stop.spot, candidate, moment.atMs, { ...settings, resumes, anchored: true });
  confirmSpot(stop.spot);
  stop.awayLooks = 0;
}

/** True while a stop that was not seen in this look may go on. */
function missStop(stop: Stop, look: PassageLook, moment: Moment, settings: PassageSettings): boolean {
  const elsewhere = look.all.some((t) => stop.tracks.includes(t.trackId) && !fits(t.boxNorm, stop));
  stop.awayLooks = elsewhere ? stop.awayLooks + 1 : 0;
  const mayReturn = missSpot(stop.spot, moment, settings.graceMs);
  return mayReturn && stop.awayLooks < leftSightings;
}

/** The same within a rule that keeps the time itself. */
export function followStops(state: StopList, look: PassageLook, moment: Moment, settings: PassageSettings): void {
  const strong = look.inZone.filter((s) => s.candidate.score >= keepShareOfMinScore * settings.minScore);
  const hit = new Set<Stop>();
  const free: PlaceSighting[] = [];
  const isLost = ({ spot }: Stop): boolean => isIdentityLost(moment, endOf(spot), moment.atMs);
  state.gone.push(...state.live.filter(isLost));
  state.live = state.live.filter((stop) => !isLost(stop));
  for (const sighting of strong) {
    const own = state.live.find(
      (stop) => stop.tracks.includes(sighting.track.trackId) && fits(sighting.candidate.boxNorm, stop),
    );
    if (own === undefined || hit.has(own)) free.push(sighting);
    else {
      hitStop(own, sighting, moment, settings);
      hit.add(own);
    }
  }
  for (const sighting of free) {
    const heir = state.live.find((stop) => !hit.has(stop) && takesOver(sighting.track, stop));
    if (heir !== undefined) {
      hitStop(heir, sighting, moment, settings);
      hit.add(heir);
    } else if (
      isStill(sighting.track) &&
      !state.live.some((stop) => hit.has(stop) && fits(sighting.candidate.boxNorm, stop))
    ) {
      const stop = openStop(sighting, [...state.live, ...state.gone], moment, settings);
      state.live.push(stop);
      hit.add(stop);
    }
  }
  state.live = state.live.filter((stop) => {
    if (hit.has(stop) || missStop(stop, look, moment, settings)) return true;
    state.gone.push(stop);
    return false;
  });
}

/** Takes one look into account: every vehicle that comes to rest in the zone is one stop, by place where its track breaks. Changes `state`. */
export function advanceStops(state: StopsState, look: PassageLook, settings: PassageSettings): void {
  const moment = tick(state, look, settings);
  if (moment !== null) followStops(state, look, moment, settings);
}

export const actOfStop = (stop: Stop, clock: Pick<WatchClock, "blind">, isOpen: boolean): Act => ({
  ...actOfThing(stop.spot, clock, isOpen, { track: stop.firstTrack }),
  number: stop.number,
});

/** Every stop so far, oldest first. */
export function readStops(state: StopsState): { acts: Act[]; dropped: Act[] } {
  const acts = [
    ...state.gone.map((s) => actOfStop(s, state, false)),
    ...state.live.map((s) => actOfStop(s, state, true)),
  ];
  return { acts: acts.sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs), dropped: [] };
}
