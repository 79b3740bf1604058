import { footprintOnGround, zoneOnGround } from "../ground/index.ts";
import {
  type BoxNorm,
  boxIou,
  boxShareInPolygon,
  type Candidate,
  contactBands,
  convexShareInPolygon,
  type Detection,
  groundContactBand,
  type PolygonNorm,
  type RoleOrLabel,
  type Scene,
  unionBox,
  type Zone,
} from "../scene/index.ts";
import { groundOf } from "./ground-of.ts";

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
function isNear(box: BoxNorm, polygon: PolygonNorm): boolean {
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

/**
 * Share of the ground a thing takes that lies in a zone, 0..1: of its footprint in square metres where its height and the camera's pose are
 * known, else of the contact band of its box.
 */
export function contactShareIn(
  zone: Zone,
  { role, boxNorm }: Pick<Detection, "role" | "boxNorm">,
  scene: Scene,
): number {
  const band = contactBands[role ?? "other"];
  const ground = band.stands === undefined || !isNear(boxNorm, zone.polygon) ? undefined : groundOf(scene);
  if (band.stands !== undefined && ground?.kind === "ok") {
    const footprint = footprintOnGround(ground.fit, boxNorm, band.stands);
    const zoneM = footprint && zoneOnGround(ground.fit, zone.polygon);
    if (footprint !== undefined && zoneM !== undefined) return convexShareInPolygon(footprint, zoneM);
  }
  return shareIn(groundContactBand(boxNorm, band), zone);
}

/** What may be known of a look at all: nothing inside a privacy zone is kept, stored or judged. */
export const maskPrivacy = (detections: readonly Detection[], scene: Scene): Detection[] =>
  detections.filter((detection) => !isPrivate(detection.boxNorm, scene));

const hasRole = ({ role, label }: Detection, roles: readonly RoleOrLabel[]): boolean =>
  roles.some((wanted) => wanted === role || (wanted.startsWith("label:") && wanted.slice("label:".length) === label));

/** Two boxes overlapping this much are one thing that the model named twice (a van as car and as truck): the stronger name counts. */
const sameThingIou = 0.65;

function dropDoubleNames(candidates: Candidate[]): Candidate[] {
  if (candidates.length < 2) return candidates;
  const kept: Candidate[] = [];
  for (const candidate of candidates.sort((a, b) => b.score - a.score))
    if (!kept.some((other) => boxIou(other.boxNorm, candidate.boxNorm) >= sameThingIou)) kept.push(candidate);
  return kept;
}

/** Detections of the wanted roles whose ground contact lies in the zone and in no exempt one. Privacy zones are masked here too. */
export function pickCandidates(
  detections: readonly Detection[],
  scene: Scene,
  place: { zone: Zone; roles: readonly RoleOrLabel[]; minContact: number },
): Candidate[] {
  const exempt = zonesOf(scene, "exempt");
  const candidates: Candidate[] = [];
  for (const detection of detections) {
    if (!hasRole(detection, place.roles)) continue;
    const { boxNorm, score, label, role } = detection;
    const contactShare = contactShareIn(place.zone, detection, scene);
    if (contactShare <= 0 || contactShare < place.minContact) continue;
    if (exempt.some((zone) => contactShareIn(zone, detection, scene) >= exemptShare)) continue;
    if (isPrivate(boxNorm, scene)) continue;
    candidates.push({ boxNorm, score, label, role, contactShare });
  }
  return dropDoubleNames(candidates);
}
