import type { LonLat } from "./gcj02.ts";

/** WGS-84 degrees. */
export type Position = readonly [longitude: number, latitude: number];

/** Mean length of a degree of latitude on the sphere of `distanceM`, metres. */
const metresPerDegree = 111_195;

/** Metres from a point to the nearest of some lines, on a plane around the point; exact to a per mille within ten kilometres. */
export function distanceToLinesM(at: LonLat, lines: readonly (readonly Position[])[]): number {
  const east = metresPerDegree * Math.cos((at.latitude / 180) * Math.PI);
  let least = Number.POSITIVE_INFINITY;
  for (const line of lines)
    for (let nth = 1; nth < line.length; nth++) {
      const [fromLongitude, fromLatitude] = line[nth - 1] as Position;
      const [toLongitude, toLatitude] = line[nth] as Position;
      const ax = (fromLongitude - at.longitude) * east;
      const ay = (fromLatitude - at.latitude) * metresPerDegree;
      const bx = (toLongitude - at.longitude) * east;
      const by = (toLatitude - at.latitude) * metresPerDegree;
      const [dx, dy] = [bx - ax, by - ay];
      const long = dx * dx + dy * dy;
      const share = long === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / long));
      const away = (ax + share * dx) ** 2 + (ay + share * dy) ** 2;
      if (away < least) least = away;
    }
  return Math.sqrt(least);
}
