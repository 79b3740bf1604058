import {
  boxIou,
  boxShareInPolygon,
  type Candidate,
  type ContactBand,
  contactBands,
  type Detection,
  groundContactShare,
  type RoleOrLabel,
  type Scene,
  type Zone,
} from "../scene/index.ts";

/** A thing belongs to a private area when at least half of it lies there … */
const insideShare = 0.5;
/** … and to an exempt one when at least this much of its ground contact does. */
export const exemptShare = 0.5;

const bandOf = (detection: Detection): ContactBand => contactBands[detection.role ?? "other"];

export const zonesOf = (scene: Scene, kind: Zone["kind"]): Zone[] => scene.zones.filter((zone) => zone.kind === kind);

/** What may be known of a look at all: nothing inside a privacy zone is kept, stored or judged. */
export function maskPrivacy(detections: readonly Detection[], scene: Scene): Detection[] {
  const zones = zonesOf(scene, "privacy");
  if (zones.length === 0) return [...detections];
  return detections.filter((d) => !zones.some((zone) => boxShareInPolygon(d.boxNorm, zone.polygon) >= insideShare));
}

const hasRole = (detection: Detection, roles: readonly RoleOrLabel[]): boolean =>
  roles.some((role) =>
    role.startsWith("label:") ? detection.label === role.slice("label:".length) : detection.role === role,
  );

/** Two boxes overlapping this much are one thing that the model named twice (a van as car and as truck): the stronger name counts. */
const sameThingIou = 0.65;

function dropDoubleNames(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score))
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
  const candidates = maskPrivacy(detections, scene).flatMap((detection) => {
    if (!hasRole(detection, place.roles)) return [];
    const band = bandOf(detection);
    const contactShare = groundContactShare(detection.boxNorm, band, place.zone.polygon);
    if (contactShare < place.minContact) return [];
    if (exempt.some((zone) => groundContactShare(detection.boxNorm, band, zone.polygon) >= exemptShare)) return [];
    const { boxNorm, score, label, role } = detection;
    return [{ boxNorm, score, label, role, contactShare }];
  });
  return dropDoubleNames(candidates);
}
