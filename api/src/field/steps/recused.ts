import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { isRecusedFrom, loadStanding, recusalRow } from "../../recusals/load-recusals.ts";

/** Of these people those recused from each record, by the record's id. */
export async function loadRecused(
  db: DatabaseOrTransaction,
  clueIds: readonly string[],
  personIds: readonly string[],
): Promise<(clueId: string) => string[]> {
  if (clueIds.length === 0 || personIds.length === 0) return () => [];
  const clues = await db.clue.findMany({
    where: { id: { in: [...new Set(clueIds)] } },
    select: {
      id: true,
      place: true,
      flag: { select: { place: true } },
      corrections: { select: { field: true, oldValue: true, newValue: true } },
      recusals: { include: { decisions: { orderBy: { ordinal: "asc" } } } },
    },
  });
  const standing = await loadStanding(db);
  return (clueId) => {
    const clue = clues.find(({ id }) => id === clueId);
    if (clue === undefined) return [];
    const recusals = [...clue.recusals.map(recusalRow), ...standing];
    return personIds.filter((personId) => isRecusedFrom(recusals, personId, clue));
  };
}

/** Records about whose people something was said since: who is recused from them has changed. */
export async function recusedSince(
  db: DatabaseOrTransaction,
  since: Date,
): Promise<{ at: Date; clueIds: string[]; personIds: string[] }> {
  const rows = await db.recusal.findMany({
    where: { OR: [{ createdAt: { gte: since } }, { decisions: { some: { decidedAt: { gte: since } } } }] },
    select: { clueId: true, personId: true, createdAt: true, decisions: { select: { decidedAt: true } } },
  });
  const times = rows.flatMap(({ createdAt, decisions }) => [createdAt, ...decisions.map((row) => row.decidedAt)]);
  return {
    at: new Date(Math.max(0, ...times.map((at) => at.getTime()))),
    clueIds: rows.flatMap(({ clueId }) => clueId ?? []),
    // a standing one bears on whatever its person did
    personIds: rows.flatMap(({ clueId, personId }) => (clueId === null ? [personId] : [])),
  };
}
