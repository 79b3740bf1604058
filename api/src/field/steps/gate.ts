import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { distanceM, type LonLat } from "@mingcha/models/geo";
import { placeSchema } from "./places.ts";

/** A gate, with the places that the register says it stands at. */
export interface Gate {
  readonly place: string;
  readonly sites: readonly (LonLat & { readonly radiusM: number; readonly sourceIds: readonly string[] })[];
}

/** Null: the source is no gate. */
export async function loadGate(db: DatabaseOrTransaction, sourceId: string): Promise<Gate | null> {
  const source = await db.source.findUnique({ where: { id: sourceId }, select: { kind: true, place: true } });
  if (source?.kind !== "gate") return null;
  const rows = await db.registerObject.findMany({
    where: {
      kind: { in: ["site", "tipping"] },
      closedAt: null,
      document: { path: ["gateSources"], array_contains: [sourceId] },
    },
    select: { document: true },
  });
  return {
    place: source.place.trim(),
    sites: rows.flatMap(({ document }) => {
      const site = placeSchema.safeParse(document).data;
      if (site === undefined) return [];
      const { longitude, latitude, radiusM, gateSources } = site;
      return [{ longitude, latitude, radiusM: radiusM ?? 0, sourceIds: gateSources }];
    }),
  };
}

/** Whether an act is a gate's matter: of the same named place, of another gate of its site, or within the site. */
export function boundTo(
  { place, sites }: Gate,
  actPlace: string,
  source: { id: string; place: string; longitude: number | null; latitude: number | null },
): boolean {
  if (place !== "" && [actPlace, source.place].some((one) => one.trim() === place)) return true;
  const { longitude, latitude } = source;
  return sites.some(
    (site) =>
      site.sourceIds.includes(source.id) ||
      (longitude !== null && latitude !== null && distanceM(site, { longitude, latitude }) <= site.radiusM),
  );
}
