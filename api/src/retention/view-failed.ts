import type { Database } from "@mingcha/infra/db";
import type { RetentionView } from "@mingcha/models/http";

const shownMax = 50;
const waiting = { state: "QUARANTINED", letGoAt: null, deletedAt: null } as const;

/** Recordings that could not be analysed and wait for a person to look at them, oldest first. */
export async function viewFailed(db: Pick<Database, "clip">): Promise<RetentionView["failed"]> {
  const [total, rows] = await Promise.all([
    db.clip.count({ where: waiting }),
    db.clip.findMany({
      where: waiting,
      orderBy: [{ startedAt: "asc" }, { id: "asc" }],
      take: shownMax,
      include: { source: { select: { name: true, timezone: true } } },
    }),
  ]);
  return {
    total,
    items: rows.map((clip) => ({
      clipId: clip.id,
      sourceName: clip.source.name || clip.sourceId,
      timezone: clip.source.timezone,
      fileName: clip.fileName,
      startedAt: clip.startedAt.toISOString(),
      durationMs: clip.durationMs,
      sizeBytes: Number(clip.sizeBytes),
      reason: { zh: clip.reasonZh ?? "", en: clip.reasonEn ?? "" },
    })),
  };
}
