import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { isSameDrawing, parseScene, type Scene } from "@mingcha/models/scene";
import type { ViewReference } from "@mingcha/models/view";
import { readRow } from "./scene-versions.ts";

/**
 * The view the zones of a scene version were drawn on, as far as it has been seen: where it has none of its own that of the version before, as
 * long as its zones are the same drawing. A new threshold must not make a turned camera's picture the view the zones were drawn on.
 */
export async function loadViewReference(db: DatabaseOrTransaction, sceneId: string): Promise<ViewReference | null> {
  const { sourceId, version } = await db.scene.findUniqueOrThrow({ where: { id: sceneId } });
  const rows = await db.scene.findMany({
    where: { sourceId, version: { lte: version } },
    orderBy: { version: "desc" },
    select: { id: true, validFrom: true, document: true },
  });
  const own = rows[0] === undefined ? undefined : readRow(rows[0]).scene;
  const redrawn = rows.findIndex((row, back) => back > 0 && (own === undefined || !isDrawnAs(own, row.document)));
  const alike = (redrawn < 0 ? rows : rows.slice(0, redrawn)).map(({ id }) => id);
  const known = await db.viewReference.findMany({ where: { sceneId: { in: alike } } });
  const nearest = alike.map((id) => known.find((row) => row.sceneId === id)).find((row) => row !== undefined);
  return nearest === undefined ? null : (nearest.signature as unknown as ViewReference);
}

/** A version of long ago that no longer reads as a scene is another drawing: it must not keep today's recordings from being looked at. */
function isDrawnAs(scene: Scene, document: unknown): boolean {
  const parsed = parseScene(document);
  return parsed.kind !== "bad" && isSameDrawing(parsed.scene, scene);
}

/** The first clear look under a scene version becomes its reference and stays it; of two clips at once the first to be stored counts. */
export async function saveViewReference(
  tx: DatabaseOrTransaction,
  ids: { sceneId: string; sourceId: string },
  startedAt: Date,
  { offsetMs, ...signature }: ViewReference & { offsetMs: number },
): Promise<void> {
  const capturedAt = new Date(startedAt.getTime() + Math.round(offsetMs));
  await tx.viewReference.createMany({
    data: [{ ...ids, capturedAt, signature: signature as unknown as Prisma.InputJsonValue }],
    skipDuplicates: true,
  });
}
