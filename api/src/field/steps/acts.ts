import { clueStateCodes, clueStates } from "@mingcha/models/clue";
import { fieldSettings } from "@mingcha/models/field";
import { boundTo, loadGate } from "./gate.ts";
import type { FieldSteps } from "./provider.ts";
import { loadRecused } from "./recused.ts";

/** Records a recording may still bear on: those on their way, and those that became a case. */
const wantedStates = clueStateCodes.filter((state) => clueStates[state].open || state === "FILED");

/**
 * Acts of records that other sources flagged: an officer or a car that came by while it went on has seen it too. A gate records all day: only acts
 * that something else than nearness ties to it are its matter.
 */
export const actSteps: FieldSteps = {
  name: "acts of records",
  around: async (db, { sourceId, from, to, box, personIds }) => {
    if (box === null) return [];
    const gate = await loadGate(db, sourceId);
    const found = await db.clue.findMany({
      where: {
        state: { in: wantedStates },
        from: { lte: to },
        to: { gte: from },
        sourceId: { not: sourceId },
        flag: {
          source: {
            longitude: { gte: box.west, lte: box.east },
            latitude: { gte: box.south, lte: box.north },
          },
        },
      },
      select: {
        id: true,
        from: true,
        to: true,
        place: true,
        flag: { select: { source: { select: { id: true, place: true, longitude: true, latitude: true } } } },
      },
    });
    const rows = gate === null ? found : found.filter(({ place, flag }) => boundTo(gate, place, flag.source));
    const recused = await loadRecused(
      db,
      rows.map(({ id }) => id),
      personIds,
    );
    return rows.flatMap(({ id, from: begun, to: ended, flag }) => {
      const { longitude, latitude } = flag.source;
      return longitude === null || latitude === null
        ? []
        : {
            kind: "clue" as const,
            id,
            clueId: id,
            span: { fromMs: begun.getTime(), toMs: ended.getTime() },
            officers: [],
            recusedIds: recused(id),
            at: { longitude, latitude, errorM: fieldSettings.markErrorM },
            ownSources: [],
          };
    });
  },
  changed: async (db, since) => {
    // a record that moves on bears only on what was proposed for it
    const rows = await db.$queryRaw<{ at: Date; from: Date; to: Date; longitude: number; latitude: number }[]>`
      select c.updated_at as at, c.from_at as "from", c.to_at as "to", s.longitude, s.latitude
      from clue c join source s on s.id = c.source_id
      where c.updated_at >= ${since} and s.longitude is not null and s.latitude is not null and (
        c.created_at >= ${since} or exists (select 1 from field_decision d where d.clue_id = c.id and d.decision = 'proposed'))
      order by c.updated_at desc limit 2000`;
    return rows.map(({ at, from, to, longitude, latitude }) => ({
      at,
      from,
      to,
      sourceId: null,
      near: { longitude, latitude },
    }));
  },
};
