import type { Elevation } from "@mingcha/models/ground";
import type { Deps } from "../deps.ts";

/** As far from the aircraft as places are told. */
const reachM = 2_000;

/** Heights of the ground under and around a piece of flight; null where no file is configured or no position is known. */
export async function elevationAround(
  { elevation }: Pick<Deps, "elevation">,
  points: readonly { readonly longitude: number | null; readonly latitude: number | null }[],
): Promise<Elevation | null> {
  const known = points.flatMap(({ longitude, latitude }) =>
    longitude === null || latitude === null ? [] : [{ longitude, latitude }],
  );
  const [first] = known;
  if (elevation === null || first === undefined) return null;
  const box = known.reduce(
    ({ west, east, south, north }, { longitude, latitude }) => ({
      west: Math.min(west, longitude),
      east: Math.max(east, longitude),
      south: Math.min(south, latitude),
      north: Math.max(north, latitude),
    }),
    { west: first.longitude, east: first.longitude, south: first.latitude, north: first.latitude },
  );
  return elevation.within(box, reachM);
}
