import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { parseScene, type Scene } from "@mingcha/models/scene";

export interface SceneRow {
  readonly id: string;
  readonly validFrom: Date;
  readonly scene: Scene;
}

/** @throws for a document that is no scene any more. */
export function readRow(row: { id: string; validFrom: Date; document: unknown }): SceneRow {
  const parsed = parseScene(row.document);
  if (parsed.kind === "bad") throw new Error(`scene ${row.id}: ${parsed.text.en}`);
  return { id: row.id, validFrom: row.validFrom, scene: parsed.scene };
}

/** The scene version in force at a capture time, or null for a source without one. */
export async function findScene(db: DatabaseOrTransaction, sourceId: string, at: Date): Promise<SceneRow | null> {
  const row = await db.scene.findFirst({
    where: { sourceId, validFrom: { lte: at } },
    orderBy: [{ validFrom: "desc" }, { version: "desc" }],
  });
  return row === null ? null : readRow(row);
}

/** The versions in force from an instant on, oldest first. Of two that begin at one instant the later version counts. */
export async function findScenes(db: DatabaseOrTransaction, sourceId: string, from: Date): Promise<SceneRow[]> {
  const first = await findScene(db, sourceId, from);
  const later = await db.scene.findMany({
    where: { sourceId, validFrom: { gt: from } },
    orderBy: [{ validFrom: "asc" }, { version: "asc" }],
  });
  return [...(first === null ? [] : [first]), ...later.map(readRow)];
}

export const sceneAt = (rows: readonly SceneRow[], atMs: number): SceneRow | undefined =>
  rows.findLast((row) => row.validFrom.getTime() <= atMs);
