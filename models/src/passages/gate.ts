import { boxArea, unionBox } from "../geometry/box.ts";
import type { Act } from "../occupancy/acts.ts";
import { isIdentityLost, type Moment, tick } from "../occupancy/clock.ts";
import { keepShareOfMinScore } from "../occupancy/settings.ts";
import {
  type Candidate,
  confirmSpot,
  countScore,
  endOf,
  hitSpot,
  medianScore,
  missSpot,
  openSpot,
  startOf,
} from "../occupancy/spot.ts";
import { kindOf } from "../tracking/index.ts";
import { actOfThing } from "./act.ts";
import type { GateState, Passage } from "./gate-state.ts";
import { crossings } from "./line.ts";
import { continues, expectedBox, gapShare, isPartOf, isUnionOf } from "./same-vehicle.ts";
import { leftSightings, type PassageSettings, sceneryMs, standingHoldMs } from "./settings.ts";
import { footOf, isAway, isStill, type PassageLook, type PlaceSighting, velocityOf } from "./sighting.ts";

/** From so many sightings in full view on, these alone make the score; fewer could be one lucky look. */
const inViewHits = 3;
/** Track ids remembered of one vehicle; the oldest are long over. */
const tracksMax = 16;
/** Free ground between two tracks of one vehicle, and looks in a row with it, that prove two vehicles. */
const apartShare = 0.25;
const apartLooks = 3;

function openPassage(
  state: GateState,
  { candidate, track }: PlaceSighting,
  moment: Moment,
  settings: PassageSettings,
): Passage {
  const { atMs } = moment;
  // A number that was given before a long blind stretch may by now be another vehicle's.
  const isAnother = isIdentityLost(moment, track.seen.at(-2)?.atMs ?? atMs, atMs);
  return {
    number: 1 + [...state.live, ...state.gone].filter((p) => startOf(p.spot) === atMs).length,
    spot: openSpot(candidate, atMs, settings.minScore),
    inView:
      candidate.score >= settings.minScore
        ? { scores: [[Math.round(candidate.score * 1000), 1]], hits: 1 }
        : { scores: [], hits: 0 },
    named: { wanted: 0, other: 0 },
    kind: kindOf(track),
    tracks: [track.trackId],
    home: isAnother ? track.boxNorm : track.first.boxNorm,
    homeUntilMs: atMs,
    awaySightings: 0,
    moved: false,
    isStanding: false,
    crossed: 0,
    velocity: velocityOf(track) ?? [0, 0],
    isOutside: false,
    apartLooks: 0,
  };
}

function claim(passage: Passage, id: number): void {
  if (!passage.tracks.includes(id)) passage.tracks = [...passage.tracks, id].slice(-tracksMax);
}

/** Which vehicle each sighting belongs to: its own, one it is a part of, one that was lost near by, or a new one. */
function group(
  state: GateState,
  look: PassageLook,
  settings: PassageSettings,
): { known: Map<Passage, PlaceSighting[]>; fresh: PlaceSighting[] } {
  const known = new Map<Passage, PlaceSighting[]>();
  const fresh: PlaceSighting[] = [];
  const give = (passage: Passage, sighting: PlaceSighting): void => {
    claim(passage, sighting.track.trackId);
    known.set(passage, [...(known.get(passage) ?? []), sighting]);
  };
  // A part that has another name (a cab called car) may carry the vehicle on when the names change.
  const owned = new Set(state.live.flatMap((p) => p.tracks));
  for (const track of look.all) {
    if (owned.has(track.trackId)) continue;
    const whole = state.live.find((p) => p.kind === kindOf(track) && isPartOf(track, p, settings.lookEveryMs));
    if (whole !== undefined) claim(whole, track.trackId);
  }
  const strong = look.inZone.filter((s) => s.candidate.score >= keepShareOfMinScore * settings.minScore);
  const strangers = strong.filter((sighting) => {
    const owner = state.live.find((p) => p.tracks.includes(sighting.track.trackId));
    if (owner !== undefined) give(owner, sighting);
    return owner === undefined;
  });
  for (const sighting of strangers) {
    const [nearest] = state.live
      .filter((p) => !known.has(p))
      .flatMap((passage) => {
        const distance = continues(sighting.track, passage);
        return distance === undefined ? [] : [{ passage, distance }];
      })
      .sort((a, b) => a.distance - b.distance);
    if (nearest === undefined) fresh.push(sighting);
    else give(nearest.passage, sighting);
  }
  return { known, fresh };
}

/** One candidate of all parts of a vehicle. */
function whole(sightings: readonly PlaceSighting[]): Candidate {
  const best = sightings.reduce((a, b) => (b.candidate.score > a.candidate.score ? b : a)).candidate;
  return {
    ...best,
    boxNorm: unionBox(sightings.map((s) => s.candidate.boxNorm)) ?? best.boxNorm,
    contactShare: Math.max(...sightings.map((s) => s.candidate.contactShare)),
  };
}

/** Counts what a vehicle was called in this look, in the zone or outside: a cab may be called car, so its largest box speaks. */
function countName(passage: Passage, all: PassageLook["all"]): void {
  let largest: PassageLook["all"][number] | undefined;
  for (const track of all)
    if (
      passage.tracks.includes(track.trackId) &&
      (largest === undefined || boxArea(track.boxNorm) > boxArea(largest.boxNorm))
    )
      largest = track;
  if (largest === undefined) return;
  if (largest.role === passage.spot.role) passage.named.wanted += largest.score;
  else passage.named.other += largest.score;
}

/** Parts that lie apart for several looks are vehicles of their own: all but the first seen are given back. */
function partUp(passage: Passage, sightings: PlaceSighting[]): PlaceSighting[] {
  const [first, ...others] = [...sightings].sort((a, b) => a.track.trackId - b.track.trackId);
  if (first === undefined) return [];
  const apart = others.filter((s) => gapShare(s.candidate.boxNorm, first.candidate.boxNorm) > apartShare);
  passage.apartLooks = apart.length > 0 ? passage.apartLooks + 1 : 0;
  if (passage.apartLooks < apartLooks) return [];
  passage.apartLooks = 0;
  const ids = apart.map((s) => s.track.trackId);
  passage.tracks = passage.tracks.filter((id) => !ids.includes(id));
  return apart;
}

function hitPassage(
  passage: Passage,
  sightings: readonly PlaceSighting[],
  { atMs, lastBlindFromMs }: Moment,
  settings: PassageSettings,
): void {
  const { spot } = passage;
  const candidate = whole(sightings);
  const before = spot.anchor;
  const sinceMs = atMs - endOf(spot);
  // Hidden for longer than the grace time: it is the same vehicle, but nobody knows what it did.
  const resumes = endOf(spot) <= lastBlindFromMs || sinceMs > settings.graceMs + 2 * settings.lookEveryMs;
  hitSpot(spot, candidate, atMs, { ...settings, resumes, anchored: false });
  if (spot.strong !== null) {
    countScore(passage.inView, candidate.score);
    passage.inView.hits++;
  }
  confirmSpot(spot);
  passage.isOutside = false;
  passage.isStanding = sightings.some((s) => isStill(s.track));
  const velocity = sightings.map((s) => velocityOf(s.track)).find((v) => v !== undefined);
  if (velocity !== undefined) passage.velocity = velocity;
  if (settings.line !== undefined)
    passage.crossed += crossings(settings.line, footOf(before), footOf(candidate.boxNorm));
  if (passage.moved) return;
  if (!isAway(candidate.boxNorm, passage.home)) {
    passage.awaySightings = 0;
    passage.homeUntilMs = atMs;
    return;
  }
  passage.awaySightings++;
  passage.moved = passage.awaySightings >= leftSightings;
  // What stood here long before it moved was scenery until then: the passage begins where it set off.
  if (passage.moved && passage.homeUntilMs - startOf(spot) >= sceneryMs)
    spot.present = [{ fromMs: passage.homeUntilMs, toMs: atMs }];
}

/** Within this time of the younger one's start two vehicles may turn out to be parts of one. */
const partsMs = 10_000;

/** Two vehicles turn out to be parts of one, when the box of one has grown to what both were. */
function absorbParts(
  state: GateState,
  known: ReadonlyMap<Passage, readonly PlaceSighting[]>,
  atMs: number,
  settings: PassageSettings,
): void {
  const lately = (p: Passage): boolean => atMs - endOf(p.spot) <= 3.5 * settings.lookEveryMs;
  const isYoung = (a: Passage, b: Passage): boolean => atMs - Math.max(startOf(a.spot), startOf(b.spot)) <= partsMs;
  for (const [passage, sightings] of known) {
    const now = whole(sightings).boxNorm;
    const own = expectedBox(passage, atMs);
    const other = state.live.find(
      (p) => !known.has(p) && lately(p) && isYoung(p, passage) && isUnionOf(now, own, expectedBox(p, atMs)),
    );
    if (other === undefined) continue;
    const { spot } = passage;
    const [first] = spot.present;
    if (first !== undefined && startOf(other.spot) < first.fromMs) {
      first.fromMs = startOf(other.spot);
      passage.home = other.home;
      passage.number = other.number;
    }
    spot.isConfirmed ||= other.spot.isConfirmed;
    spot.contactShareMax = Math.max(spot.contactShareMax, other.spot.contactShareMax);
    passage.tracks = [...other.tracks, ...passage.tracks].slice(-tracksMax);
    passage.named.wanted += other.named.wanted;
    passage.named.other += other.named.other;
    passage.moved ||= other.moved;
    passage.crossed += other.crossed;
    state.live = state.live.filter((p) => p !== other);
  }
}

/** What is seen after too long a blind stretch may be another vehicle, wherever it stands: passages before it end there. */
function endLost(state: GateState, moment: Moment): void {
  const isLost = ({ spot }: Passage): boolean => isIdentityLost(moment, endOf(spot), moment.atMs);
  state.gone.push(...state.live.filter((p) => isLost(p) && p.spot.isConfirmed && p.moved));
  state.live = state.live.filter((p) => !isLost(p));
}

/**
 * Takes one look at a gate into account: every vehicle that passes is one passage, whether its box flickers, is hidden, breaks in two, or
 * others are in the gate with it. Changes `state`.
 */
export function advanceGate(state: GateState, look: PassageLook, settings: PassageSettings): void {
  const moment = tick(state, look, settings);
  if (moment === null) return;
  endLost(state, moment);
  const { known, fresh } = group(state, look, settings);
  absorbParts(state, known, moment.atMs, settings);
  for (const [passage, sightings] of known) {
    const others = partUp(passage, sightings);
    fresh.push(...others);
    const own = sightings.filter((s) => !others.includes(s));
    hitPassage(passage, own, moment, settings);
  }
  const outside = new Set(look.all.map((track) => track.trackId));
  state.live = state.live.filter((passage) => {
    if (known.has(passage)) return true;
    passage.isOutside ||= passage.tracks.some((id) => outside.has(id));
    const holdMs =
      passage.isStanding && !passage.isOutside ? Math.max(settings.graceMs, standingHoldMs) : settings.graceMs;
    if (missSpot(passage.spot, moment, holdMs)) return true;
    if (passage.spot.isConfirmed && passage.moved) state.gone.push(passage);
    return false;
  });
  const ordered = fresh.sort((a, b) => boxArea(b.candidate.boxNorm) - boxArea(a.candidate.boxNorm));
  for (const sighting of ordered) {
    // Cab and bed may come up in the same look as the whole.
    const part = state.live.find(
      (p) => startOf(p.spot) === moment.atMs && isPartOf(sighting.track, p, settings.lookEveryMs),
    );
    if (part !== undefined) part.tracks.push(sighting.track.trackId);
    else state.live.push(openPassage(state, sighting, moment, settings));
  }
  for (const passage of state.live) countName(passage, look.all);
}

/** A vehicle that is still there may be a part of an older one beside it, for a short time: then it is not told yet. */
function mayBePart(state: GateState, passage: Passage): boolean {
  if ((state.lastSeenMs ?? 0) - startOf(passage.spot) > partsMs) return false;
  return state.live.some(
    (other) =>
      state.live.indexOf(other) < state.live.indexOf(passage) &&
      other.spot.isConfirmed &&
      gapShare(other.spot.anchor, passage.spot.anchor) <= apartShare,
  );
}

/** Every passage so far, oldest first. With a line across the zone only what crossed it counts. */
export function readGate(state: GateState, settings: PassageSettings): { acts: Act[]; dropped: Act[] } {
  const live = state.live.filter((p) => p.spot.isConfirmed && p.moved && !mayBePart(state, p));
  const acts = [...state.gone, ...live]
    .filter((p) => settings.line === undefined || p.crossed !== 0)
    .map((p) => {
      const [track] = p.tracks;
      const act = actOfThing({ ...p.spot, anchor: p.spot.best.boxNorm }, state, live.includes(p), {
        ...(track === undefined ? {} : { track }),
        ...(p.crossed === 0 ? {} : { crossed: p.crossed > 0 ? ("forward" as const) : ("backward" as const) }),
      });
      const score = p.inView.hits >= inViewHits ? medianScore(p.inView) : act.score;
      const { wanted, other } = p.named;
      return { ...act, score, number: p.number, namedShare: wanted / Math.max(1e-9, wanted + other) };
    });
  return { acts: acts.sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs), dropped: [] };
}
