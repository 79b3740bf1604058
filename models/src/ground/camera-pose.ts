import type { LonLat } from "../geo/gcj02.ts";

/** Where a flying camera was and looked. Degrees, NED, rotation order ZYX (yaw 0 = north, clockwise; pitch −90 = straight down). */
export interface CameraPose extends LonLat {
  readonly heightAboveGroundM: number;
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
}

/** A lens without distortion: focal lengths and middle in pixels of a picture of this size. */
export interface Lens {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly focalXPx: number;
  readonly focalYPx: number;
  readonly middleXPx: number;
  readonly middleYPx: number;
}

/** Diagonal of 35 mm film, 36 × 24 mm. */
const filmDiagonalMm = 43.27;
const rad = Math.PI / 180;

/** What a recording may say of its lens; null where it does not. */
export interface StatedLens {
  readonly fovHorizontalDeg: number | null;
  readonly fovVerticalDeg: number | null;
  readonly focal35Mm: number | null;
}

/** Focal length in pixels: from the stated field of view, else from the focal length as on 35 mm film (ingest note §2.1); null where neither is stated. */
export function lensOf(widthPx: number, heightPx: number, stated: StatedLens): Lens | null {
  if (!(widthPx > 0 && heightPx > 0)) return null;
  const halfOf = (degrees: number | null): number | null =>
    degrees !== null && degrees > 0.1 && degrees < 170 ? Math.tan((degrees / 2) * rad) : null;
  const [halfX, halfY] = [halfOf(stated.fovHorizontalDeg), halfOf(stated.fovVerticalDeg)];
  const byX = halfX === null ? null : widthPx / 2 / halfX;
  const byY = halfY === null ? null : heightPx / 2 / halfY;
  const byFilm =
    stated.focal35Mm !== null && stated.focal35Mm > 0
      ? (stated.focal35Mm / filmDiagonalMm) * Math.hypot(widthPx, heightPx)
      : null;
  const focalXPx = byX ?? byY ?? byFilm;
  const focalYPx = byY ?? byX ?? byFilm;
  if (focalXPx === null || focalYPx === null) return null;
  return { widthPx, heightPx, focalXPx, focalYPx, middleXPx: widthPx / 2, middleYPx: heightPx / 2 };
}

export type Vector = readonly [north: number, east: number, down: number];

/**
 * Direction of a pixel in the world: camera axes x forward, y right, z down; `Rz(yaw)·Ry(pitch)·Rx(roll)·(1, (u−cx)/fx, (v−cy)/fy)`
 * (ingest note §2.1). Not of unit length.
 */
export function rayOf(
  pose: Pick<CameraPose, "yawDeg" | "pitchDeg" | "rollDeg">,
  lens: Lens,
  [u, v]: readonly [number, number],
): Vector {
  const [cy, sy] = [Math.cos(pose.yawDeg * rad), Math.sin(pose.yawDeg * rad)];
  const [cp, sp] = [Math.cos(pose.pitchDeg * rad), Math.sin(pose.pitchDeg * rad)];
  const [cr, sr] = [Math.cos(pose.rollDeg * rad), Math.sin(pose.rollDeg * rad)];
  const right = (u - lens.middleXPx) / lens.focalXPx;
  const below = (v - lens.middleYPx) / lens.focalYPx;
  const [x, y, z] = [1, right * cr - below * sr, right * sr + below * cr];
  const forward = x * cp + z * sp;
  return [forward * cy - y * sy, forward * sy + y * cy, -x * sp + z * cp];
}

/** Half axes of the WGS-84 ellipsoid. */
const equatorM = 6_378_137;
const eccentricity2 = 0.006_694_379_990_14;

/** A point this many metres north and east of another, by the local radii of curvature; good for some kilometres. */
export function movedBy({ longitude, latitude }: LonLat, northM: number, eastM: number): LonLat {
  const w = Math.sqrt(1 - eccentricity2 * Math.sin(latitude * rad) ** 2);
  const meridianM = (equatorM * (1 - eccentricity2)) / w ** 3;
  const parallelM = (equatorM / w) * Math.cos(latitude * rad);
  return { longitude: longitude + eastM / parallelM / rad, latitude: latitude + northM / meridianM / rad };
}
