import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import type { SceneState } from "@mingcha/models/violations";

/** Form of the stored state. Raise it whenever the shape or the meaning of `SceneState` changes: older rows are then not read. */
const format = 4;
/** How far back a late clip finds a state to start from; beyond, its session is read from its looks alone. */
const keepMs = 24 * 3_600_000;
const hourMs = 3_600_000;

export interface WatchState {
  readonly sceneId: string;
  /** Looks up to and including this instant are in the state, ms since 1970. */
  readonly throughMs: number;
  readonly state: SceneState;
}

/** The newest state that holds only looks before an instant: where evaluation goes on, or goes back to for a late clip. */
export async function loadWatch(
  tx: DatabaseOrTransaction,
  sourceId: string,
  before: Date,
): Promise<WatchState | undefined> {
  const row = await tx.watchState.findFirst({
    where: { sourceId, through: { lt: before } },
    orderBy: { through: "desc" },
  });
  if (row === null || row.format !== format) return undefined;
  return { sceneId: row.sceneId, throughMs: row.through.getTime(), state: row.state as unknown as SceneState };
}

/**
 * Keeps the state reached. States that a late clip has overtaken go (`overtakenFrom` to `throughMs`); of the older ones the last of each
 * hour stays for a day.
 */
export async function saveWatch(
  tx: DatabaseOrTransaction,
  sourceId: string,
  watch: WatchState & { suspended: { reason: string; sinceMs: number } | null },
  overtakenFrom: Date,
): Promise<void> {
  const through = new Date(watch.throughMs);
  await tx.watchState.deleteMany({ where: { sourceId, through: { gte: overtakenFrom, lte: through } } });
  await tx.$executeRaw`
    delete from watch_state w where w.source_id = ${sourceId} and w.through_at < ${through} and (
      w.through_at < ${new Date(watch.throughMs - keepMs)}
      or date_trunc('hour', w.through_at) = ${new Date(Math.floor(watch.throughMs / hourMs) * hourMs)}
      or exists (select 1 from watch_state n where n.source_id = w.source_id and n.through_at > w.through_at and n.through_at < ${through}
        and date_trunc('hour', n.through_at) = date_trunc('hour', w.through_at)))`;
  await tx.watchState.create({
    data: {
      sourceId,
      through,
      sceneId: watch.sceneId,
      format,
      state: watch.state as unknown as Prisma.InputJsonValue,
      suspended: watch.suspended?.reason ?? null,
      suspendedSince: watch.suspended === null ? null : new Date(watch.suspended.sinceMs),
    },
  });
}
