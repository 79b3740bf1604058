import type { DatabaseOrTransaction } from "../db/index.ts";

export interface LoadedHold {
  readonly id: string;
  readonly untilMs: number;
  /**
   * A stretch of a source covers what was recorded in it, or may have been by how unsure the start of its recording is; a record covers what it
   * rests on.
   */
  readonly covers: (thing: {
    fromMs: number;
    toMs: number;
    uncertaintyMs: number;
    clueIds: readonly string[];
  }) => boolean;
}

/** Legal holds that nobody lifted on a source and on records. Whether their end has come is for the pure rule to say. */
export async function loadHolds(
  tx: DatabaseOrTransaction,
  sourceId: string,
  clueIds: readonly string[],
): Promise<LoadedHold[]> {
  const rows = await tx.legalHold.findMany({
    where: {
      liftedAt: null,
      OR: [{ sourceId, clueId: null }, { clueId: { in: [...new Set(clueIds)] } }],
    },
  });
  return rows.map(({ id, until, clueId, from, to }) => ({
    id,
    untilMs: until.getTime(),
    covers: (thing) =>
      clueId === null
        ? from.getTime() <= thing.toMs + thing.uncertaintyMs && to.getTime() >= thing.fromMs - thing.uncertaintyMs
        : thing.clueIds.includes(clueId),
  }));
}
