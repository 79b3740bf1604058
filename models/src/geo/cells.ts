import type { LonLat } from "./gcj02.ts";

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

/**
 * Degrees of a cell that finds room `across` times along the longer side of a view, in half powers of two: the same while a view is only moved,
 * so that groups stand still meanwhile.
 */
export function cellOf([west, south, east, north]: Bounds, across: number): number {
  const least = Math.max(east - west, north - south, 1e-6) / across;
  return 2 ** (Math.ceil(Math.log2(least) * 2) / 2);
}

export interface Cell<T> {
  readonly members: readonly T[];
  /** Middle of its members. */
  readonly longitude: number;
  readonly latitude: number;
  readonly bounds: [number, number, number, number];
}

/** Points by cells of a grid over the earth, each cell at the middle of its points. */
export function intoCells<T extends LonLat>(points: readonly T[], cell: number): Cell<T>[] {
  const index = (degrees: number): number => Math.floor(degrees / cell);
  const cells = new Map<string, T[]>();
  for (const point of points) {
    const key = `${index(point.longitude)}/${index(point.latitude)}`;
    const known = cells.get(key);
    if (known === undefined) cells.set(key, [point]);
    else known.push(point);
  }
  const mean = (list: readonly T[], of: (point: T) => number): number =>
    list.reduce((all, point) => all + of(point), 0) / list.length;
  return [...cells.values()].map((members) => ({
    members,
    longitude: mean(members, ({ longitude }) => longitude),
    latitude: mean(members, ({ latitude }) => latitude),
    bounds: boundsOf(members),
  }));
}

export function boundsOf(points: readonly LonLat[]): [number, number, number, number] {
  const longitudes = points.map(({ longitude }) => longitude);
  const latitudes = points.map(({ latitude }) => latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}
