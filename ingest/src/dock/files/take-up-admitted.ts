import type { DockFileModel } from "@mingcha/infra/db";
import { newestOf } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";
import { takeUp } from "./take-up.ts";

/**
 * A file that a person had taken in as it is: looked at once more, as the object that was decided of, and from here on it goes the way of every other. What
 * was said last counts, under the row's lock: one that was closed meanwhile is left.
 */
export async function takeUpAdmitted(
  { db, now }: Pick<DockDeps, "db" | "now">,
  { id }: DockFileModel,
): Promise<undefined> {
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from dock_file where id = ${id}::uuid for update`;
    const file = await tx.dockFile.findUniqueOrThrow({ where: { id } });
    const newest = newestOf(await tx.dockFileDecision.findMany({ where: { fileId: id } }), file.attempt);
    if (file.state !== "mismatch" || newest?.step !== "admit" || newest.etag === null) return;
    await takeUp(tx, file, { etag: newest.etag, sizeBytes: null }, now(), newest.ordinal);
  });
  return undefined;
}
