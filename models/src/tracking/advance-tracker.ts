import { type BoxNorm, boxArea, boxIou } from "../geometry/box.ts";
import type { Role } from "../scene/role.ts";
import { pairUp } from "./assign.ts";
import { centreDeviation, copyFilter, filterBox, predictFilter } from "./box-filter.ts";
import { foldDoubles, type Thing, type TrackedDetection } from "./fold-doubles.ts";
import type { TrackerSettings } from "./settings.ts";
import { hitTrack, lastOf, missTrack, momentumOf, type Observation, openTrack, type Track } from "./track.ts";

/** All a tracker remembers. Plain data: JSON between any two looks changes nothing. Grows with what is in the picture only. */
export type TrackerState = { nextId: number; lastSeenMs: number | null; tracks: Track[] };

export const emptyTracker = (): TrackerState => ({ nextId: 1, lastSeenMs: null, tracks: [] });

/** One look as a tracker takes it; one that is missing is not handed over, it says nothing. */
export type TrackerLook = { capturedAtMs: number; detections: readonly TrackedDetection[] };

/** A tracked thing in one look. `role`, `label`, `score` and box are those of the surest name the model gave it. */
export type TrackSighting = {
  trackId: number;
  role: Role | null;
  label: string;
  score: number;
  boxNorm: BoxNorm;
  capturedAtMs: number;
  /** First sighting of this track. */
  isNew: boolean;
  /** Seen often enough to be more than a stray box, this sighting included. */
  isConfirmed: boolean;
  /** Its first observation, wherever in the picture, and the latest ones, oldest first, this one included. */
  first: Observation;
  seen: readonly Observation[];
  /** Every name it has in this look, the surest first. */
  detections: readonly TrackedDetection[];
};

/** Watching with gaps up to this factor of the planned interval; see `gapLimitMs` of things that stand for the same limit. */
const watchedGapLooks = 5.5;

type Pairing = { tracks: Track[]; things: Thing[] };

/** Takes out the pairs worth most and gives them; what stays unpaired is left in `open`. */
function pairOff(open: Pairing, worth: (track: Track, thing: Thing) => number): [Track, Thing][] {
  const { tracks, things } = open;
  const partner = pairUp(tracks.length, things.length, (t, d) => {
    const track = tracks[t];
    const thing = things[d];
    return track === undefined || thing === undefined || track.kind !== thing.kind ? 0 : worth(track, thing);
  });
  const pairs: [Track, Thing][] = [];
  partner.forEach((d, t) => {
    const track = tracks[t];
    const thing = things[d];
    if (d >= 0 && track !== undefined && thing !== undefined) pairs.push([track, thing]);
  });
  const taken = new Set<Track | Thing>(pairs.flat());
  open.tracks = tracks.filter((track) => !taken.has(track));
  open.things = things.filter((thing) => !taken.has(thing));
  return pairs;
}

/** Boxes that are taken for the same thing without overlapping must be alike: areas within this factor. */
const reachAreaRatio = 0.5;
/** A box is looked for this far around the expected one at most, in shares of its own size. */
const reachMax = 1;
/** Least overlap of the grown boxes, and the looks after which a thing is not looked for any more but where it was last seen. */
const reachIouMin = 0.25;
const reachMissedLooks = 3;

const grown = ([x, y, width, height]: BoxNorm, byX: number, byY: number): BoxNorm => [
  x - byX,
  y - byY,
  width + 2 * byX,
  height + 2 * byY,
];

/**
 * Overlap of two boxes that are both grown by how uncertain the expected place is: a fast thing seen for the second time lies a whole box
 * farther on, and nobody knows yet in which direction. The idea of C-BIoU (Yang et al., WACV 2023, arXiv 2211.14317), with the filter's own
 * deviation in place of a fixed buffer.
 */
function reachOf(track: Track, expected: BoxNorm, box: BoxNorm): number {
  if (track.missedLooks > reachMissedLooks) return 0;
  const ratio = boxArea(box) / boxArea(expected);
  if (ratio < reachAreaRatio || ratio > 1 / reachAreaRatio) return 0;
  const [deviationX, deviationY] = centreDeviation(track.filter);
  const byX = Math.min(deviationX, reachMax * expected[2]);
  const byY = Math.min(deviationY, reachMax * expected[3]);
  const iou = boxIou(grown(expected, byX, byY), grown(box, byX, byY));
  return iou < reachIouMin ? 0 : iou;
}

/** The three rounds of association: sure boxes by overlap and momentum, weak boxes by overlap, the rest by their last observation. */
function associate(
  tracks: Track[],
  expected: ReadonlyMap<Track, BoxNorm>,
  things: readonly Thing[],
  settings: TrackerSettings,
): { pairs: [Track, Thing][]; unseen: Track[]; fresh: Thing[] } {
  const isSure = (thing: Thing): boolean => thing.detections[0].score >= settings.highScore;
  const overlap = (track: Track, thing: Thing): number =>
    boxIou(expected.get(track) ?? lastOf(track).boxNorm, thing.detections[0].boxNorm);
  const sure: Pairing = { tracks, things: things.filter(isSure) };
  const pairs = pairOff(sure, (track, thing) => {
    const iou = overlap(track, thing);
    if (iou < settings.iouMin) return 0;
    const [{ boxNorm, score }] = thing.detections;
    // At least a little, so that a poor direction cannot undo an overlap that nothing else claims.
    return Math.max(0.01, iou + settings.momentumWeight * score * momentumOf(track, boxNorm, settings));
  });
  const weak: Pairing = { tracks: sure.tracks, things: settings.isTwoStage ? things.filter((t) => !isSure(t)) : [] };
  pairs.push(
    ...pairOff(weak, (track, thing) => {
      const iou = overlap(track, thing);
      return iou < settings.iouMinLow ? 0 : iou;
    }),
  );
  const rest: Pairing = { tracks: weak.tracks, things: sure.things };
  if (settings.isRecovered)
    pairs.push(
      ...pairOff(rest, (track, thing) => {
        const box = thing.detections[0].boxNorm;
        const iou = boxIou(lastOf(track).boxNorm, box);
        return iou >= settings.iouMin ? 1 + iou : reachOf(track, expected.get(track) ?? lastOf(track).boxNorm, box);
      }),
    );
  return { pairs, unseen: rest.tracks, fresh: rest.things };
}

const observationOf = ({ detections: [{ boxNorm, score }] }: Thing, atMs: number): Observation => ({
  atMs,
  boxNorm,
  score,
});

function sightingOf(track: Track, { detections }: Thing, capturedAtMs: number): TrackSighting {
  const [{ role, label, score, boxNorm }] = detections;
  return {
    trackId: track.id,
    role,
    label,
    score,
    boxNorm,
    capturedAtMs,
    isNew: track.hits === 1,
    isConfirmed: track.isConfirmed,
    first: track.first,
    seen: track.seen,
    detections,
  };
}

/**
 * Follows things from look to look: Observation-Centric SORT (Cao et al., CVPR 2023, arXiv 2203.14360) with the weak-box round of ByteTrack
 * (Zhang et al., ECCV 2022, arXiv 2110.06864), on uneven intervals. A look that is not later than the last one is left out.
 * Changes `state`.
 * @returns what was seen in this look, by track id; a box too weak to begin a track is not among them.
 */
export function advanceTracker(state: TrackerState, look: TrackerLook, settings: TrackerSettings): TrackSighting[] {
  const atMs = look.capturedAtMs;
  if (state.lastSeenMs !== null && atMs <= state.lastSeenMs) return [];
  const sinceMs = state.lastSeenMs === null ? 0 : atMs - state.lastSeenMs;
  const watchedMs = sinceMs > watchedGapLooks * settings.lookEveryMs ? settings.lookEveryMs : sinceMs;
  state.lastSeenMs = atMs;

  const known = new Map(state.tracks.map((track) => [track, copyFilter(track.filter)]));
  const expected = new Map<Track, BoxNorm>();
  for (const track of state.tracks) {
    predictFilter(track.filter, Math.min(sinceMs / 1000, settings.maxAgeS));
    expected.set(track, filterBox(track.filter));
  }
  const lowest = settings.isTwoStage ? settings.lowScore : settings.highScore;
  const things = foldDoubles(look.detections, lowest);
  const { pairs, unseen, fresh } = associate(state.tracks, expected, things, settings);

  const sightings: TrackSighting[] = [];
  for (const [track, thing] of pairs) {
    hitTrack(track, observationOf(thing, atMs), settings);
    sightings.push(sightingOf(track, thing, atMs));
  }
  const over = new Set(unseen.filter((t) => !missTrack(t, known.get(t) ?? copyFilter(t.filter), watchedMs, settings)));
  state.tracks = state.tracks.filter((track) => !over.has(track));
  for (const thing of fresh) {
    const track = openTrack(state.nextId++, thing.kind, observationOf(thing, atMs));
    state.tracks.push(track);
    sightings.push(sightingOf(track, thing, atMs));
  }
  if (state.tracks.length > settings.tracksMax) {
    const longestSeen = [...state.tracks].sort((a, b) => a.missedMs - b.missedMs || b.hits - a.hits || a.id - b.id);
    const kept = new Set(longestSeen.slice(0, settings.tracksMax));
    state.tracks = state.tracks.filter((track) => kept.has(track));
  }
  return sightings.sort((a, b) => a.trackId - b.trackId);
}
