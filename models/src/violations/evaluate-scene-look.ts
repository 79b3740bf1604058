import type { PassageLook, PassageSettings } from "../passages/index.ts";
import type { BoxNorm, Detection, Role, RoleOrLabel, Scene, SeenLook } from "../scene/index.ts";
import { type TrackerSettings, type TrackSighting, trackerSettings } from "../tracking/index.ts";
import { type ContactBound, isNear, pickCandidates } from "./pick-candidates.ts";
import type { WatchedPlace } from "./resolve-rule.ts";

const vehicles: readonly RoleOrLabel[] = ["car", "truck", "two-wheeler"] satisfies Role[];
/** What may lie where a truck stood, where a rule names nothing but vehicles. */
const heaps: readonly RoleOrLabel[] = ["goods", "furniture", "cart", "canopy"] satisfies Role[];

/** What may hide a place, and the score from which it is taken to be there: those of the tracker that are sure. */
const hiding: readonly (Role | null)[] = ["person", "car", "truck", "two-wheeler"] satisfies Role[];
const hidingScore = 0.3;

const hidersOf = (detections: readonly Detection[], { zone }: WatchedPlace): BoxNorm[] =>
  detections
    .filter(
      ({ role, score, boxNorm }) => score >= hidingScore && hiding.includes(role) && isNear(boxNorm, zone.polygon),
    )
    .map(({ boxNorm }) => boxNorm);

/** What is picked for a place from a look: followed things, and things that stand. */
type Picked = WatchedPlace & { bound?: ContactBound };
type Picks = { followed: Picked | null; standing: Picked | null };

function picksOf(place: WatchedPlace): Picks {
  const { motion } = place.violation;
  if (motion === "stands") return { followed: null, standing: place };
  // Of what only passes nobody asks how far it stands in a zone: what is likeliest tells best when it came and went.
  if (motion === "passes") return { followed: { ...place, bound: "usual" }, standing: null };
  if (motion !== "dumps") return { followed: place, standing: null };
  const driving = place.roles.filter((role) => vehicles.includes(role));
  const lying = place.roles.filter((role) => !vehicles.includes(role));
  return {
    followed: { ...place, roles: driving.length > 0 ? driving : ["truck"] },
    standing: { ...place, roles: lying.length > 0 ? lying : heaps },
  };
}

const picks = new WeakMap<WatchedPlace, Picks>();

const pickedFor = (place: WatchedPlace): Picks => {
  let known = picks.get(place);
  if (known === undefined) {
    known = picksOf(place);
    picks.set(place, known);
  }
  return known;
};

/** Whether a place needs to know which thing is which. */
export const isFollowing = (place: WatchedPlace): boolean => place.violation.motion !== "stands";

/** One tracker serves all places of a scene: it starts at the lowest score any of them asks for. */
export const trackerOf = (scene: Scene, places: readonly WatchedPlace[]): TrackerSettings =>
  trackerSettings(scene.lookEveryS * 1000, Math.min(1, ...places.filter(isFollowing).map((p) => p.settings.minScore)));

export const passageSettings = ({ settings, zone }: WatchedPlace): PassageSettings =>
  zone.line === undefined ? settings : { ...settings, line: zone.line };

/**
 * A look as one place sees it. A tracked thing is in the zone when one of its names in this look is a candidate there.
 * @param detections without those in privacy zones.
 */
export function lookAt(
  look: Pick<SeenLook, "capturedAtMs" | "status">,
  detections: readonly Detection[],
  sightings: readonly TrackSighting[],
  scene: Scene,
  place: WatchedPlace,
): PassageLook {
  const { followed, standing } = pickedFor(place);
  const things = standing === null ? [] : pickCandidates(detections, scene, standing);
  const seen = {
    capturedAtMs: look.capturedAtMs,
    isSeen: true,
    all: sightings,
    things,
    hiders: standing === null ? [] : hidersOf(detections, place),
  };
  if (followed === null) return { ...seen, inZone: [] };
  const candidates = pickCandidates(detections, scene, followed);
  const byBox = new Map(candidates.map((candidate) => [candidate.boxNorm, candidate]));
  const inZone = sightings.flatMap((track) => {
    const named = track.detections.find((d) => byBox.has(d.boxNorm));
    const candidate = named === undefined ? undefined : byBox.get(named.boxNorm);
    return candidate === undefined ? [] : [{ candidate, track }];
  });
  return { ...seen, inZone };
}
