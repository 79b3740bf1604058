import type { DatabaseOrTransaction } from "../db/index.ts";

export interface FoundDeletion {
  readonly at: Date;
  readonly number: number;
}

/** The newest certificate of a recording or picture that is gone. */
export async function findDeletion(
  db: DatabaseOrTransaction,
  of: { clipId: string } | { evidenceId: string },
): Promise<FoundDeletion | null> {
  const row = await db.deletionCertificate.findFirst({
    where: "clipId" in of ? { clipId: of.clipId, kind: "clip" } : { evidenceId: of.evidenceId, kind: "picture" },
    orderBy: { number: "desc" },
    select: { decidedAt: true, number: true },
  });
  return row === null ? null : { at: row.decidedAt, number: row.number };
}

/** Recordings of a source in a stretch of time that are gone. */
export function findDeletedClips(
  tx: DatabaseOrTransaction,
  sourceId: string,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<{ id: string }[]> {
  return tx.$queryRaw<{ id: string }[]>`
    select id::text as id from clip
    where source_id = ${sourceId} and deleted_at is not null and started_at <= ${new Date(toMs)}
      and started_at >= ${new Date(fromMs - 86_400_000)} and started_at + duration_ms * interval '1 millisecond' >= ${new Date(fromMs)}
    order by started_at limit 1000`;
}

/** `删字第12号`: how a certificate is cited. */
export const certificateName = (number: number): string => String(number).padStart(6, "0");
