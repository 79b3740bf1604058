import type { Database } from "@mingcha/infra/db";
import {
  decodeLook,
  type Look,
  parseScene,
  type Scene,
  type StoredLook,
  storedLookSchema,
} from "@mingcha/models/scene";
import { BadUse } from "../cli/fail.ts";

const hourMs = 3_600_000;

/** Stored looks of a source in time order, and the scene that was in force at their end. */
export type SourceLooks = { stored: StoredLook[]; scene: { document: Scene; version: number } | undefined };

/**
 * Reads the stored looks of a source from a database. Without `from` the last 24 h that have any, without `to` up to the last look.
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
  if (last === null) throw new BadUse(`the source ${sourceId} has no stored looks in that time`);
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
  if (parsed?.kind === "bad") throw new BadUse(`the stored scene of ${sourceId}: ${parsed.text.en}`);
  return {
    stored,
    scene: row === null || parsed === undefined ? undefined : { document: parsed.scene, version: row.version },
  };
}

/** The looks as rules see them, and how long it took to bring them back from their stored form. */
export function decodeLooks(stored: readonly StoredLook[]): { looks: Look[]; decodeMs: number } {
  const startedMs = performance.now();
  const looks = stored.map(decodeLook);
  return { looks, decodeMs: performance.now() - startedMs };
}
