import { type BoxNorm, intersectionArea, unionBox } from "../geometry/box.ts";
import { type Act, isSamePlace } from "../occupancy/acts.ts";
import { emptyClock, tick, type WatchClock } from "../occupancy/clock.ts";
import { emptyOccupancy, type Occupancy, observe } from "../occupancy/observe.ts";
import { confirmLooks, settleMs } from "../occupancy/settings.ts";
import { endOf, medianScore, type Spot, startOf } from "../occupancy/spot.ts";
import type { PassageSettings } from "./settings.ts";
import type { PassageLook } from "./sighting.ts";
import { actOfStop, followStops, type StopList } from "./stops.ts";

/** How often a truck was seen loaded and empty, by a second model; both 0 where nobody looked. */
type LoadCount = { loaded: number; empty: number };

/** A truck at a spot, and what stood there before. Plain data. */
export type Visit = {
  /** Key of the truck's stop. */
  stop: string;
  fromMs: number;
  /** When it was found to stand. */
  foundMs: number;
  /** Last sighting there; null while it stands. */
  toMs: number | null;
  tracks: number[];
  anchor: BoxNorm;
  /** Places where something stood when it came. */
  before: BoxNorm[];
  arrived: LoadCount;
  left: LoadCount;
  /** The place was watched just before it came: what was not there then came with it or after it. */
  isWatchedBefore: boolean;
  /** Its stop as an act, once it is over. */
  act: Act | null;
};

export type DumpsState = WatchClock & {
  stops: StopList;
  heaps: Occupancy;
  /** Places where something stood lately and does not any more. */
  cleared: { anchor: BoxNorm; toMs: number }[];
  visits: Visit[];
  /** Heaps that trucks left behind: done, nothing changes them any more. */
  gone: Act[];
};

export const emptyDumps = (): DumpsState => ({
  ...emptyClock(),
  stops: { live: [], gone: [] },
  heaps: emptyOccupancy(),
  cleared: [],
  visits: [],
  gone: [],
});

/** A heap may be hidden by dust or passers-by when the truck leaves; what comes up later than this is somebody else's. */
const heapWithinMs = 60_000;
/** What stood at a place within this time and was only not found for a while is nothing new. */
const rememberedMs = 30 * 60_000;
/** A heap lies behind or beside the truck: at most this share of the truck's box away. */
const besideShare = 0.5;
/** Readings of the load that tell how it came: from when it was found to stand. */
const arrivalMs = 5_000;

const grown = ([x, y, width, height]: BoxNorm, share: number): BoxNorm => [
  x - share * width,
  y - share * height,
  width * (1 + 2 * share),
  height * (1 + 2 * share),
];

const isBeside = (heap: BoxNorm, truck: BoxNorm): boolean => intersectionArea(heap, grown(truck, besideShare)) > 0;

function countLoads(visit: Visit, look: PassageLook): void {
  for (const track of look.all) {
    if (!visit.tracks.includes(track.trackId)) continue;
    const load = track.detections.find((d) => d.attributes?.load !== undefined)?.attributes?.load;
    if (load === undefined) continue;
    if (visit.toMs !== null) visit.left[load]++;
    else if (look.capturedAtMs - visit.foundMs <= arrivalMs) visit.arrived[load]++;
  }
}

/** Whether a place was watched without a break up to an instant, for as many looks as something that lay there needs to be found. */
function isWatchedUpTo({ firstSeenMs, blind }: WatchClock, toMs: number, lookEveryMs: number): boolean {
  if (firstSeenMs === null) return false;
  const sinceMs = Math.max(firstSeenMs, ...blind.filter(({ fromMs }) => fromMs < toMs).map((gap) => gap.toMs));
  return toMs - sinceMs >= confirmLooks * lookEveryMs;
}

/** Keeps visits in step with the trucks that stand. */
function followVisits(state: DumpsState, look: PassageLook, { lookEveryMs }: PassageSettings): void {
  const { live, gone } = state.stops;
  for (const stop of [...live, ...gone]) {
    const fromMs = startOf(stop.spot);
    let visit = state.visits.find((v) => v.stop === stop.key);
    if (visit === undefined) {
      visit = {
        stop: stop.key,
        fromMs,
        foundMs: look.capturedAtMs,
        toMs: null,
        tracks: stop.tracks,
        anchor: stop.spot.anchor,
        before: [
          ...state.cleared.map((place) => place.anchor),
          ...state.heaps.live.filter((heap) => startOf(heap) < fromMs).map((heap) => heap.anchor),
        ],
        arrived: { loaded: 0, empty: 0 },
        left: { loaded: 0, empty: 0 },
        isWatchedBefore: isWatchedUpTo(state, fromMs, lookEveryMs),
        act: null,
      };
      state.visits.push(visit);
    }
    visit.tracks = stop.tracks;
    visit.anchor = stop.spot.anchor;
    if (gone.includes(stop)) {
      visit.toMs = endOf(stop.spot);
      visit.act = actOfStop(stop, state, false);
    }
  }
  // From here on only the visits wait for a heap.
  state.stops.gone = [];
  for (const visit of state.visits) countLoads(visit, look);
}

function noteCleared(state: DumpsState, heap: Spot): void {
  const same = state.cleared.find((place) => isSamePlace(place, heap));
  if (same === undefined) state.cleared.push({ anchor: heap.anchor, toMs: endOf(heap) });
  else same.toMs = endOf(heap);
}

/** The heap that proves a visit, if it stands by now: new, beside the truck, and still there for a time after it left. */
function heapOf(state: DumpsState, visit: Visit, atMs: number, settings: PassageSettings): Spot | undefined {
  const { toMs } = visit;
  if (toMs === null) return undefined;
  return state.heaps.live.find(
    (heap) =>
      heap.isConfirmed &&
      startOf(heap) >= visit.fromMs &&
      startOf(heap) <= toMs + heapWithinMs &&
      endOf(heap) - Math.max(toMs, startOf(heap)) >= settleMs(settings) &&
      atMs === endOf(heap) &&
      isBeside(heap.anchor, visit.anchor) &&
      !visit.before.some((anchor) => isSamePlace({ anchor }, heap)),
  );
}

const majority = ({ loaded, empty }: LoadCount): "loaded" | "empty" | undefined =>
  loaded === empty ? undefined : loaded > empty ? "loaded" : "empty";

function dumpOf(visit: Visit, stop: Act, heap: Spot, atMs: number, number: number): Act {
  const isSettled = majority(visit.arrived) === "loaded" && majority(visit.left) === "empty";
  // The dwell asked for is the truck's.
  const stays = { boxNorm: heap.anchor, role: heap.role, fromMs: startOf(heap), toMs: atMs, dwellMs: 0 };
  return {
    ...stop,
    number,
    toMs: atMs,
    isOpen: false,
    // The weaker of the two decides: without the heap there is no dumping.
    score: Math.min(stop.score, medianScore(heap)),
    boxNorm: unionBox([stop.boxNorm, heap.anchor]) ?? stop.boxNorm,
    contactShare: Math.max(stop.contactShare, heap.contactShareMax),
    intervals: [...stop.intervals, { fromMs: stop.toMs, toMs: atMs, state: "present" }],
    labels: [...new Set([...stop.labels, heap.label])].sort(),
    spots: [...stop.spots, stays],
    ...(isSettled ? { judged: ["load"] } : {}),
  };
}

/**
 * Takes one look into account: a truck stops, leaves, and beside its spot something stands that did not before. Needs the place to have
 * been watched just before the truck came: of what the stream or a blind stretch ended with nobody can say who brought it. Changes `state`.
 */
export function advanceDumps(state: DumpsState, look: PassageLook, settings: PassageSettings): void {
  const moment = tick(state, look, settings);
  // A heap is a place that stays taken, not one of many that must each be told apart.
  const { capturedAtMs, isSeen, isDown = false, things } = look;
  const sighting = { capturedAtMs, isSeen, isDown, candidates: things };
  observe(state.heaps, sighting, { ...settings, eachMustDwell: false });
  if (moment === null) return;
  const { atMs } = moment;
  for (const heap of state.heaps.gone) if (startOf(heap) < endOf(heap)) noteCleared(state, heap);
  state.heaps.gone = [];
  state.cleared = state.cleared.filter(({ toMs }) => atMs - toMs <= rememberedMs);
  state.heaps.blind = state.heaps.blind.slice(-1);
  followStops(state.stops, look, moment, settings);
  followVisits(state, look, settings);
  state.visits = state.visits.filter((visit) => {
    const heap = heapOf(state, visit, atMs, settings);
    if (heap !== undefined && visit.act !== null && visit.isWatchedBefore) {
      const { act } = visit;
      const number = 1 + state.gone.filter((dump) => dump.fromMs === act.fromMs).length;
      state.gone.push(dumpOf(visit, act, heap, atMs, number));
      return false;
    }
    return visit.toMs === null || atMs - visit.toMs <= heapWithinMs + settleMs(settings) + settings.graceMs;
  });
}

export const readDumps = (state: DumpsState): { acts: Act[]; dropped: Act[] } => ({ acts: state.gone, dropped: [] });
