import type { DockFileModel } from "@mingcha/infra/db";
import type { UploadBucket } from "@mingcha/infra/dock";
import type { DockDeps } from "../dock-deps.ts";
import { endFile, noteInCustody } from "./move-file.ts";
import { noteLater } from "./note-later.ts";

/** What became of the intake becomes of the file. */
export async function settleFile(deps: DockDeps, file: DockFileModel): Promise<undefined> {
  const intake = file.intakeId === null ? null : await deps.db.intake.findUnique({ where: { id: file.intakeId } });
  if (intake === null || intake.state === "WAITING") return undefined;
  if (intake.state === "QUARANTINED") {
    const { reasonCode, reasonZh, reasonEn } = intake;
    return endFile(deps, file, { state: "refused", code: reasonCode ?? "", zh: reasonZh ?? "", en: reasonEn ?? "" });
  }
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.dockFile.updateMany({
      where: { id: file.id, state: "verified" },
      data: { state: "taken", stateAt: deps.now() },
    });
    if (count > 0)
      await noteInCustody(tx, file, "dock.file_taken", {
        intakeId: intake.id,
        clipId: intake.clipId,
        sha256: intake.sha256,
      });
  });
  return undefined;
}

/** Empties the bucket of what the store has, and of nothing else: another object under the name stays, with a word about it. */
export async function removeTaken(
  deps: DockDeps,
  bucket: UploadBucket,
  file: DockFileModel,
): Promise<"later" | undefined> {
  if (file.sha256 === null || (await deps.store.find(file.sha256)) === null) return "later";
  const seen = await bucket.see(file.objectKey);
  if (seen !== null && seen.etag !== file.etag) return noteLater(deps, file, seen.etag);
  if (seen !== null) await bucket.remove(file.objectKey);
  await deps.db.dockFile.updateMany({ where: { id: file.id, removedAt: null }, data: { removedAt: deps.now() } });
  return undefined;
}
