import type { Database } from "@mingcha/infra/db";
import type { LonLat, SnapRegister } from "@mingcha/models/geo";
import { movedBy } from "@mingcha/models/ground";
import { z } from "zod";
import type { Deps } from "../deps.ts";

/** Objects that are looked through around one place; a street front has fewer within the reach. */
const objectsMax = 500;
/** Radius that a site may have (models/objects): its middle may lie as far outside the reach. */
const siteRadiusMaxM = 5_000;
const placedSchema = z.object({
  longitude: z.number(),
  latitude: z.number(),
  radiusM: z.number().nullish(),
});

/** What the bureau has on record around a place: its streets, and open objects that say where they are. */
export async function registerAround(
  { db, mapBase }: Pick<Deps, "db" | "mapBase">,
  place: LonLat,
  radiusM: number,
): Promise<SnapRegister> {
  const [objects, sites] = await Promise.all([
    find(db, place, radiusM, ["shop", "permit"]),
    find(db, place, radiusM + siteRadiusMaxM, ["site", "tipping"]),
  ]);
  return {
    streets: mapBase.snapStreets,
    objects,
    sites: sites.map(({ longitude, latitude, ...site }) => ({ ...site, point: { longitude, latitude } })),
  };
}

async function find(db: Database, place: LonLat, radiusM: number, kinds: readonly string[]) {
  const corner = movedBy(place, radiusM, radiusM);
  const [high, wide] = [corner.latitude - place.latitude, corner.longitude - place.longitude];
  const rows = await db.$queryRaw<{ id: string; kind: string; name: string; document: unknown }[]>`
    select id, kind, name, document from register_object
    where closed_at is null and document->>'longitude' is not null and kind = any(${[...kinds]})
      and (document->>'longitude')::float8 between ${place.longitude - wide} and ${place.longitude + wide}
      and (document->>'latitude')::float8 between ${place.latitude - high} and ${place.latitude + high}
    order by abs((document->>'longitude')::float8 - ${place.longitude}) + abs((document->>'latitude')::float8 - ${place.latitude}), id
    limit ${objectsMax}`;
  return rows.flatMap(({ id, kind, name, document }) => {
    const at = placedSchema.safeParse(document);
    return at.success ? [{ id, kind, name, ...at.data, radiusM: at.data.radiusM ?? null }] : [];
  });
}
