import type { LonLat } from "./gcj02.ts";

/** Mean radius of the earth (IUGG). */
const earthM = 6_371_008.8;
const radians = (degrees: number): number => (degrees / 180) * Math.PI;

/** Metres between two points of one datum on a sphere (haversine); within half a percent of the ellipsoid. */
export function distanceM(a: LonLat, b: LonLat): number {
  const half = (degrees: number): number => Math.sin(radians(degrees) / 2) ** 2;
  const share =
    half(b.latitude - a.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(b.longitude - a.longitude);
  return 2 * earthM * Math.asin(Math.min(1, Math.sqrt(share)));
}
