import { footprintOnGround, zoneOnGround } from "../ground/index.ts";
import {
  type BoxNorm,
  boxShareInPolygon,
  type Candidate,
  contactBands,
  convexShareInPolygon,
  type Detection,
  groundContactBand,
  groundContactShare,
  type PolygonNorm,
  type RoleOrLabel,
  type Scene,
  unionBox,
  type Zone,
} from "../scene/index.ts";
import { isSameThing } from "../tracking/index.ts";
import { poseOf } from "./ground-of.ts";

/** A thing belongs to a private area when at least half of it lies there … */
const insideShare = 0.5;
/** … and to an exempt one when at least this much of its ground contact does. */
export const exemptShare = 0.5;

const zoneLists = new WeakMap<Scene, Partial<Record<Zone["kind"], Zone[]>>>();

/** The zones of one kind. Asked for every box of every look, so each scene's lists are made once. */
export function zonesOf(scene: Scene, kind: Zone["kind"]): readonly Zone[] {
  let lists = zoneLists.get(scene);
  if (lists === undefined) {
    lists = {};
    zoneLists.set(scene, lists);
  }
  lists[kind] ??= scene.zones.filter((zone) => zone.kind === kind);
  return lists[kind];
}

const bounds = new WeakMap<PolygonNorm, BoxNorm>();

/** Whether a box reaches into the box around a polygon: most boxes of a look are nowhere near a given zone. */
export function isNear(box: BoxNorm, polygon: PolygonNorm): boolean {
  let around = bounds.get(polygon);
  if (around === undefined) {
    around = unionBox(polygon.map(([x, y]) => [x, y, 0, 0] as const)) ?? [0, 0, 0, 0];
    bounds.set(polygon, around);
  }
  return (
    box[0] <= around[0] + around[2] &&
    box[0] + box[2] >= around[0] &&
    box[1] <= around[1] + around[3] &&
    box[1] + box[3] >= around[1]
  );
}

const shareIn = (box: BoxNorm, { polygon }: Zone): number =>
  isNear(box, polygon) ? boxShareInPolygon(box, polygon) : 0;

const isPrivate = (box: BoxNorm, scene: Scene): boolean =>
  zonesOf(scene, "privacy").some((zone) => shareIn(box, zone) >= insideShare);

type Placed = Pick<Detection, "role" | "boxNorm">;

/**
 * Of what is known of a thing's height only roughly: `usual` for the likeliest, `least` for the share that lies there whatever its height,
 * `most` for the share that may.
 */
export type ContactBound = "least" | "usual" | "most";

/** A box that ends this near the lower rim of the picture may be cut there: where the thing touches the ground is not seen. */
const rimShare = 0.01;
const mayBeCut = ([, y, , height]: BoxNorm): boolean => y + height > 1 - rimShare;
/**
 * Of what is cut there the near end lies before the picture: it takes more ground than is seen, and so a smaller share of it lies in the zone.
 * By how much depends on how it turns (house choice: 0.78 to 0.8 gave the best ends of passages, 0.65 to 0.85 nearly so).
 */
const cutShare = 0.8;

/**
 * Share of the ground a thing takes that lies in a zone, 0..1: of its footprint in square metres where its height is roughly known and the
 * camera's pose is, else of the contact band of its box. Where a height gives no footprint the band stands in for it.
 */
export function contactShareIn(zone: Zone, thing: Placed, scene: Scene, bound: ContactBound): number {
  const { boxNorm, role } = thing;
  const contact = contactBands[role ?? "other"];
  const band = groundContactBand(boxNorm, contact);
  if (!isNear(unionBox([boxNorm, band]) ?? band, zone.polygon)) return 0;
  const byBand = groundContactShare(boxNorm, contact, zone.polygon);
  const { stands, legs } = contact;
  const ground = (stands ?? legs) && poseOf(scene);
  const zoneM = ground && zoneOnGround(ground, zone.polygon);
  if (ground === undefined || zoneM === undefined) return byBand;
  if (legs !== undefined) {
    // Whether its legs are in the box nobody says: deep enough to stand on its lower edge, it takes the ground of either reading.
    const footprint = footprintOnGround(ground, boxNorm, legs.highM, legs.deepM);
    return footprint === undefined ? byBand : Math.max(byBand, convexShareInPolygon(footprint, zoneM));
  }
  if (stands === undefined) return byBand;
  const byHeight = (highM: number): number => {
    const footprint = footprintOnGround(ground, boxNorm, highM, stands.deepM);
    const share = footprint === undefined ? byBand : convexShareInPolygon(footprint, zoneM);
    return bound === "usual" && mayBeCut(boxNorm) ? cutShare * share : share;
  };
  const { least, usual, most } = stands.highM;
  if (bound === "usual") return byHeight(usual);
  const shares = [least, usual, most].map(byHeight);
  if (mayBeCut(boxNorm)) shares.push(byBand);
  return bound === "least" ? Math.min(...shares) : Math.max(...shares);
}

/** Whether things of a role are measured on the ground of a scene, where their boxes allow it. */
export const isMeasured = (role: Detection["role"], scene: Scene): boolean =>
  contactBands[role ?? "other"].stands !== undefined && poseOf(scene)?.camera != null;

/** What may be known of a look at all: nothing inside a privacy zone is kept, stored or judged. */
export const maskPrivacy = (detections: readonly Detection[], scene: Scene): Detection[] =>
  detections.filter((detection) => !isPrivate(detection.boxNorm, scene));

const hasRole = ({ role, label }: Detection, roles: readonly RoleOrLabel[]): boolean =>
  roles.some((wanted) => wanted === role || (wanted.startsWith("label:") && wanted.slice("label:".length) === label));

/** A thing that the model named or boxed twice counts once, by its surest box, as for things that are followed. */
function dropDoubleNames(candidates: Candidate[]): Candidate[] {
  if (candidates.length < 2) return candidates;
  const kept: Candidate[] = [];
  for (const candidate of candidates.sort((a, b) => b.score - a.score))
    if (!kept.some((other) => isSameThing(other, candidate))) kept.push(candidate);
  return kept;
}

/** Detections of the wanted roles whose ground contact lies in the zone and in no exempt one. Privacy zones are masked here too. */
export function pickCandidates(
  detections: readonly Detection[],
  scene: Scene,
  place: { zone: Zone; roles: readonly RoleOrLabel[]; minContact: number; bound?: ContactBound },
): Candidate[] {
  const exempt = zonesOf(scene, "exempt");
  const candidates: Candidate[] = [];
  for (const detection of detections) {
    if (!hasRole(detection, place.roles)) continue;
    const { boxNorm, score, label, role } = detection;
    const contactShare = contactShareIn(place.zone, detection, scene, place.bound ?? "least");
    if (contactShare <= 0 || contactShare < place.minContact) continue;
    if (exempt.some((zone) => contactShareIn(zone, detection, scene, "most") >= exemptShare)) continue;
    if (isPrivate(boxNorm, scene)) continue;
    candidates.push({ boxNorm, score, label, role, contactShare });
  }
  return dropDoubleNames(candidates);
}
