import { fieldSettings } from "@mingcha/models/field";
import { z } from "zod";
import type { FieldSteps } from "./provider.ts";

/** What is read of a registered place (models/objects/facts.ts). */
export const placeSchema = z.object({
  longitude: z.number(),
  latitude: z.number(),
  radiusM: z.number().nullable().default(null),
  gateSources: z.array(z.string()).default([]),
});

/** Building and tipping sites of the register: a place without a time, so never more than possible. */
export const placeSteps: FieldSteps = {
  name: "registered places",
  around: async (db, { sourceId, box }) => {
    const rows = await db.registerObject.findMany({
      where: { kind: { in: ["site", "tipping"] }, closedAt: null },
      select: { id: true, kind: true, document: true },
    });
    return rows.flatMap(({ id, kind, document }) => {
      const place = placeSchema.safeParse(document).data;
      if (place === undefined) return [];
      const { longitude, latitude, gateSources } = place;
      const isIn =
        box !== null &&
        longitude >= box.west &&
        longitude <= box.east &&
        latitude >= box.south &&
        latitude <= box.north;
      return isIn || gateSources.includes(sourceId)
        ? {
            kind: kind === "site" ? ("site" as const) : ("tipping" as const),
            id,
            clueId: null,
            span: null,
            officers: [],
            recusedIds: [],
            at: { longitude, latitude, errorM: fieldSettings.markErrorM },
            radiusM: place.radiusM ?? 0,
            ownSources: gateSources,
          }
        : [];
    });
  },
  // a place that is registered later is no late news of an earlier recording: its next look finds it
  changed: async () => [],
};
