import { parseScene, type Scene, type StoredLook, storedLookSchema } from "@mingcha/models/scene";
import type { Database } from "../db/index.ts";

const hourMs = 3_600_000;

/** Stored looks of a source in time order, and the scene that was in force at their end; none where it has no looks in that time. */
export type SourceLooks =
  | { kind: "looks"; stored: StoredLook[]; scene: { document: Scene; version: number } | undefined }
  | { kind: "none" };

/**
 * Reads the stored looks of a source from a database. Without `fromMs` the 24 h up to the last look, without `toMs` up to the newest look.
 * Read hour by hour: a page of a long list would be counted from its beginning each time.
 */
export async function readSourceLooks(
  db: Database,
  sourceId: string,
  span: { fromMs?: number | undefined; toMs?: number | undefined },
): Promise<SourceLooks> {
  const until = span.toMs === undefined ? {} : { capturedAt: { lte: new Date(span.toMs) } };
  const last = await db.look.findFirst({
    where: { sourceId, ...until },
    orderBy: { capturedAt: "desc" },
    select: { capturedAt: true },
  });
  if (last === null) return { kind: "none" };
  const toMs = last.capturedAt.getTime();
  const fromMs = span.fromMs ?? toMs - 24 * hourMs;
  const stored: StoredLook[] = [];
  for (let atMs = fromMs; atMs <= toMs; atMs += hourMs) {
    const rows = await db.look.findMany({
      where: { sourceId, capturedAt: { gte: new Date(atMs), lt: new Date(Math.min(atMs + hourMs, toMs + 1)) } },
      orderBy: [{ capturedAt: "asc" }, { clipId: "asc" }, { offsetMs: "asc" }],
      select: { detections: true },
    });
    for (const row of rows) stored.push(storedLookSchema.parse(row.detections));
  }
  const row = await db.scene.findFirst({
    where: { sourceId, validFrom: { lte: last.capturedAt } },
    orderBy: [{ validFrom: "desc" }, { version: "desc" }],
  });
  const parsed = row === null ? undefined : parseScene(row.document);
  // only what was read as a scene is ever stored as one
  if (parsed?.kind === "bad") throw new Error(`the stored scene of ${sourceId}: ${parsed.text.en}`);
  return {
    kind: "looks",
    stored,
    scene: row === null || parsed === undefined ? undefined : { document: parsed.scene, version: row.version },
  };
}
