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

/**
 * Where reading begins for a session without a kept state: at its first look, backwards look by look to the last long gap. Where it began longer
 * than `reachMs` ago, `reachMs` ago or where the earliest flag that stands there began, and `leadMs` before that, since what stands
 * there when a watch begins is judged otherwise than what is seen to come. Never further back than `reachMaxMs`.
 */
export async function findSessionStart(
  tx: DatabaseOrTransaction,
  sourceId: string,
  atMs: number,
  { gapMs, reachMs, reachMaxMs, leadMs }: { gapMs: number; reachMs: number; reachMaxMs: number; leadMs: number },
): Promise<number> {
  const floorMs = atMs - reachMaxMs;
  let fromMs = atMs - reachMs;
  for (;;) {
    const standing = await tx.flag.aggregate({
      where: { sourceId, from: { lt: new Date(fromMs) }, to: { gte: new Date(fromMs) } },
      _min: { from: true },
    });
    if (standing._min.from === null || fromMs <= floorMs) break;
    fromMs = standing._min.from.getTime();
  }
  const untilMs = Math.max(fromMs - leadMs, floorMs);
  for (let startMs = atMs; ; ) {
    const rows = await tx.look.findMany({
      where: { sourceId, capturedAt: { gte: new Date(untilMs), lt: new Date(startMs) } },
      orderBy: { capturedAt: "desc" },
      select: { capturedAt: true },
      take: pageRows,
    });
    for (const { capturedAt } of rows) {
      if (startMs - capturedAt.getTime() > gapMs) return startMs;
      startMs = capturedAt.getTime();
    }
    if (rows.length < pageRows) return startMs;
  }
}
