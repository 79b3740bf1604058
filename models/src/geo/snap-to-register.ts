import { distanceM } from "./distance.ts";
import { distanceToLinesM, type Position } from "./distance-to-lines.ts";
import type { LonLat } from "./gcj02.ts";
import type { Street } from "./streets.ts";

/** A street by its name, with every line that is drawn of it. */
export interface SnapStreet {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly (readonly Position[])[];
}

/** Something registered at one point: a shop, a permitted place. `kind` is the register's word for it. */
export interface SnapObject extends LonLat {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

/** Something registered with an extent: a circle around a point (`radiusM` null or 0: the point), or a closed ring of at least three corners. */
export type SnapSite = {
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
} & (
  | { readonly point: LonLat; readonly radiusM?: number | null; readonly ring?: undefined }
  | { readonly ring: readonly Position[]; readonly point?: undefined }
);

export interface SnapRegister {
  readonly streets: readonly SnapStreet[];
  readonly objects: readonly SnapObject[];
  readonly sites: readonly SnapSite[];
}

export interface SnapCandidate {
  /** `street`, or the kind the register gave (`site` where it gave none). */
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  /** To the street's line, the object's point, the site's edge; 0 inside a site. Metres, unrounded. */
  readonly distanceM: number;
  /** The point may lie on it: it is no farther than the point's own error. */
  readonly isWithinError: boolean;
}

export interface Snapped {
  /** Nearest first, at most `candidatesMax`. */
  readonly candidates: readonly SnapCandidate[];
  readonly nearest: SnapCandidate | null;
  /** Somewhere within the error another candidate of the nearest's kind would be the nearer one: which it is is not known. */
  readonly isAmbiguous: boolean;
  /** The error is too large to name anything: that nothing is named says nothing of what is there. */
  readonly isTooUnsure: boolean;
}

/** House rules, no law: how far from a place one still says "about at", and from what error on nothing is named any more. */
export const snapLimits = { reachM: 60, errorMaxM: 150, candidatesMax: 6 } as const;
export type SnapLimits = { readonly [key in keyof typeof snapLimits]: number };

/**
 * What a position with an error may be "about at": a proposal for a person, never a stated place.
 *
 * Takes a point (WGS-84 degrees), the radius in metres within which the true point lies, and what is registered around it: street lines,
 * objects at a point, sites with an extent. The caller brings only what is near; all of it is looked through. A candidate lies within
 * `reachM`, or within the error where that is larger. An error that is not finite, negative or above `errorMaxM` names nothing.
 * Ambiguous: another candidate of the same kind is at most twice the error farther off than the nearest, so a true point within the error
 * can be nearer to it. On a plane around the point; exact to a per mille within ten kilometres.
 */
export function snapToRegister(
  point: LonLat,
  errorM: number,
  register: SnapRegister,
  limits: Partial<SnapLimits> = {},
): Snapped {
  const { reachM, errorMaxM, candidatesMax } = { ...snapLimits, ...limits };
  if (!(errorM >= 0 && errorM <= errorMaxM))
    return { candidates: [], nearest: null, isAmbiguous: false, isTooUnsure: true };
  const candidate = (kind: string, { id, name }: { id: string; name: string }, away: number): SnapCandidate => ({
    kind,
    id,
    name,
    distanceM: away,
    isWithinError: away <= errorM,
  });
  const all = [
    ...register.streets.map((street) => candidate("street", street, distanceToLinesM(point, street.lines))),
    ...register.objects.map((object) => candidate(object.kind, object, distanceM(point, object))),
    ...register.sites.map((site) => candidate(site.kind ?? "site", site, distanceToSiteM(point, site))),
  ].sort((a, b) => a.distanceM - b.distanceM || (a.id < b.id ? -1 : 1));
  const near = all.filter((one) => one.distanceM <= Math.max(reachM, errorM));
  const nearest = near[0] ?? null;
  return {
    candidates: near.slice(0, candidatesMax),
    nearest,
    isTooUnsure: false,
    isAmbiguous: all.some(
      (other) =>
        nearest !== null &&
        other !== nearest &&
        other.kind === nearest.kind &&
        other.distanceM - nearest.distanceM <= 2 * errorM,
    ),
  };
}

/** A bureau's street lines by name; lines without one are left out, since "about at a street without a name" says nothing. */
export function snapStreets(streets: readonly Street[]): SnapStreet[] {
  const byName = new Map<string, (readonly Position[])[]>();
  for (const { name, lines } of streets) if (name !== null) byName.set(name, [...(byName.get(name) ?? []), ...lines]);
  return [...byName].map(([name, lines]) => ({ id: name, name, lines }));
}

function distanceToSiteM(point: LonLat, site: SnapSite): number {
  if (site.ring === undefined) return Math.max(0, distanceM(point, site.point) - (site.radiusM ?? 0));
  const [first] = site.ring;
  if (first === undefined) return Number.POSITIVE_INFINITY;
  return contains(site.ring, point) ? 0 : distanceToLinesM(point, [[...site.ring, first]]);
}

/** Even-odd test. */
function contains(ring: readonly Position[], { longitude, latitude }: LonLat): boolean {
  let inside = false;
  ring.forEach(([ax, ay], nth) => {
    const [bx, by] = ring[(nth + 1) % ring.length] as Position;
    if (ay > latitude !== by > latitude && longitude < ((bx - ax) * (latitude - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}
