import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { compareLooks, decodeLook, type Look, storedLookSchema } from "@mingcha/models/scene";

const pageRows = 5_000;

/**
 * Stored looks of a source in the order in which they count (`compareLooks`), from an instant on, until the first gap longer than `gapMs` that begins at or after
 * `untilMs`: what lies beyond such a gap is another session and not touched. `hasLater` tells that there is one.
 */
export async function readLooks(
  tx: DatabaseOrTransaction,
  sourceId: string,
  from: { afterMs: number } | { fromMs: number },
  { untilMs, gapMs }: { untilMs: number; gapMs: number },
): Promise<{ looks: Look[]; hasLater: boolean }> {
  const looks: Look[] = [];
  const since = "afterMs" in from ? { gt: new Date(from.afterMs) } : { gte: new Date(from.fromMs) };
  for (let skip = 0; ; skip += pageRows) {
    const rows = await tx.look.findMany({
      where: { sourceId, capturedAt: since },
      orderBy: [{ capturedAt: "asc" }, { clipId: "asc" }, { offsetMs: "asc" }],
      select: { capturedAt: true, detections: true },
      skip,
      take: pageRows,
    });
    for (const row of rows) {
      const atMs = row.capturedAt.getTime();
      const last = looks.at(-1);
      if (last !== undefined && last.capturedAtMs >= untilMs && atMs - last.capturedAtMs > gapMs)
        return { looks: looks.sort(compareLooks), hasLater: true };
      looks.push(decodeLook(storedLookSchema.parse(row.detections)));
    }
    if (rows.length < pageRows) return { looks: looks.sort(compareLooks), hasLater: false };
  }
}

/** Where the session begins that an instant belongs to: backwards look by look, until a long gap or `reachMs` is reached. */
export async function findSessionStart(
  tx: DatabaseOrTransaction,
  sourceId: string,
  atMs: number,
  { gapMs, reachMs }: { gapMs: number; reachMs: number },
): Promise<number> {
  const rows = await tx.look.findMany({
    where: { sourceId, capturedAt: { gte: new Date(atMs - reachMs), lt: new Date(atMs) } },
    orderBy: { capturedAt: "desc" },
    select: { capturedAt: true },
  });
  let startMs = atMs;
  for (const row of rows) {
    if (startMs - row.capturedAt.getTime() > gapMs) break;
    startMs = row.capturedAt.getTime();
  }
  return startMs;
}
