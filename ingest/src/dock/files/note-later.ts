import type { DockFileModel } from "@mingcha/infra/db";
import { type DockFileReason, dockFileReasons } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";
import { noteInCustody } from "./move-file.ts";

/**
 * Another object lies under the name of a file that was taken in, or was overwritten before: it is told, and nothing of it is taken. Each object is a
 * question of its own: what a person said was of the one before, so the file stands open again. Nothing happens where this one was noted already, or
 * the file has moved on.
 */
export async function noteLater(
  { db, log }: Pick<DockDeps, "db" | "log">,
  file: DockFileModel,
  etag: string,
): Promise<undefined> {
  const isTaken = file.state === "taken";
  const reasonCode: DockFileReason = isTaken ? "overwritten_after" : "overwritten";
  const { zh, en } = dockFileReasons[reasonCode];
  const isNew = await db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ attempt: number }[]>`
      update dock_file set later_etag = ${etag}, reason_code = ${reasonCode}, reason_zh = ${zh}, reason_en = ${en},
        attempt = attempt + case when reason_code is null then 0 else 1 end
      where id = ${file.id}::uuid and state = ${file.state} and etag <> ${etag} and later_etag is distinct from ${etag}
      returning attempt`;
    if (row === undefined) return false;
    const { attempt } = row;
    if (isTaken) await noteInCustody(tx, file, "dock.file_written_again", { reasonCode, etag, attempt });
    else await noteInCustody(tx, file, "dock.file_set_aside", { state: file.state, reasonCode, etag, attempt });
    return true;
  });
  if (isNew)
    log.warn({ dockFileId: file.id, sn: file.sn, reasonCode }, "another object lies under the name of a dock's file");
  return undefined;
}
