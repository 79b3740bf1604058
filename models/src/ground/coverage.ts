import { type Geom, intersection, union } from "polyclip-ts";
import type { LonLat } from "../geo/gcj02.ts";

type Ring = [number, number][];
type Shape = Ring[][];

/** Ground that was seen: its shape as GeoJSON's MultiPolygon coordinates, its area, and of a district how much. */
export interface Coverage {
  readonly polygons: Shape;
  readonly areaM2: number;
  /** 0..1 of the district's area; null where no district was given. */
  readonly districtShare: number | null;
}

const earthM = 6_371_008.8;
const rad = Math.PI / 180;

/** To seven decimals, a centimetre: sweep-line clipping is sure on numbers that are not all noise. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const ringOf = (points: readonly LonLat[]): Ring =>
  points.map(({ longitude, latitude }) => [rounded(longitude), rounded(latitude)]);

/** Area of a ring on the sphere of the earth's mean radius, m² (Chamberlain and Duquette, JPL 07-03, eq. 1). */
function ringArea(ring: Ring): number {
  let sum = 0;
  for (const [i, [lon, lat]] of ring.entries()) {
    const [nextLon, nextLat] = ring[(i + 1) % ring.length] as [number, number];
    sum += (nextLon - lon) * rad * (2 + Math.sin(lat * rad) + Math.sin(nextLat * rad));
  }
  return Math.abs((sum * earthM * earthM) / 2);
}

/** Area of polygons with holes, m². */
export const areaOf = (shape: Shape): number =>
  shape.reduce(
    (total, [outer = [], ...holes]) => total + ringArea(outer) - holes.reduce((sum, hole) => sum + ringArea(hole), 0),
    0,
  );

/** Joined two by two, so that each join stays small: frames of a flight overlap their neighbours, not each other. */
async function unite(shapes: readonly Shape[], pause: () => Promise<void>): Promise<Shape> {
  let level = [...shapes];
  while (level.length > 1) {
    const next: Shape[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [a, b] = [level[i] as Shape, level[i + 1]];
      next.push(b === undefined ? a : (union(a as Geom, b as Geom) as Shape));
      await pause();
    }
    level = next;
  }
  return level[0] ?? [];
}

/**
 * Union of footprints, and of a district the part that was seen. `pause` is awaited between joins, so that whoever serves others meanwhile
 * can: some hundred frames take about a millisecond each.
 */
export async function coverageOf(
  footprints: readonly (readonly LonLat[])[],
  district: readonly LonLat[] | null = null,
  pause: () => Promise<void> = async () => {},
): Promise<Coverage> {
  const rings = footprints.filter((ring) => ring.length > 2);
  const seen = await unite(
    rings.map((ring): Shape => [[ringOf(ring)]]),
    pause,
  );
  if (district === null || district.length < 3) return { polygons: seen, areaM2: areaOf(seen), districtShare: null };
  const whole: Shape = [[ringOf(district)]];
  const inside = seen.length === 0 ? [] : (intersection(seen as Geom, whole as Geom) as Shape);
  return { polygons: seen, areaM2: areaOf(seen), districtShare: areaOf(inside) / areaOf(whole) };
}
