import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import type { ViewReference } from "@mingcha/models/view";

/** The view the zones of a scene version were drawn on, as far as it has been seen. */
export async function loadViewReference(db: DatabaseOrTransaction, sceneId: string): Promise<ViewReference | null> {
  const row = await db.viewReference.findUnique({ where: { sceneId } });
  return row === null ? null : (row.signature as unknown as ViewReference);
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
