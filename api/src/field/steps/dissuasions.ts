import { fieldSettings } from "@mingcha/models/field";
import { namesOf } from "../../people/names-of.ts";
import type { FieldSteps } from "./provider.ts";
import { loadRecused } from "./recused.ts";

const { stepLengthMs } = fieldSettings;
/** Known is the moment of the order; what led up to it is assumed. */
const spanOf = (sentAt: Date) => {
  const toMs = sentAt.getTime();
  return { fromMs: toMs - stepLengthMs, toMs, known: { fromMs: toMs, toMs } };
};

/** Orders to correct that were given by word of mouth at the place: they are written down when they have been given. */
export const dissuasionSteps: FieldSteps = {
  name: "dissuasions on the spot",
  around: async (db, { from, to, personIds }) => {
    const rows = await db.dissuasion.findMany({
      where: { channel: "on_site", sentAt: { gte: from, lte: new Date(to.getTime() + stepLengthMs) } },
      select: { id: true, clueId: true, sentAt: true, createdBy: true },
    });
    const names = await namesOf(
      db,
      rows.map(({ createdBy }) => createdBy),
    );
    const recused = await loadRecused(
      db,
      rows.map(({ clueId }) => clueId),
      personIds,
    );
    return rows.map(({ id, clueId, sentAt, createdBy }) => ({
      kind: "dissuasion",
      id,
      clueId,
      span: spanOf(sentAt),
      officers: [{ id: createdBy, name: names.get(createdBy) ?? createdBy }],
      recusedIds: recused(clueId),
      at: null,
      ownSources: [],
    }));
  },
  changed: async (db, since) => {
    const rows = await db.dissuasion.findMany({
      where: { channel: "on_site", sentAt: { gte: since } },
      select: { sentAt: true },
    });
    return rows.map(({ sentAt }) => ({
      at: sentAt,
      from: new Date(spanOf(sentAt).fromMs),
      to: sentAt,
      sourceId: null,
      near: null,
    }));
  },
};
