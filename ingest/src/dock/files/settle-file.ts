import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, DockFileModel } from "@mingcha/infra/db";
import type { UploadBucket } from "@mingcha/infra/dock";
import { machine } from "../../intake/intake-deps.ts";
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
    if (count === 0) return;
    const { id: intakeId, clipId, sha256 } = intake;
    await noteInCustody(tx, file, "dock.file_taken", { intakeId, clipId, sha256 });
    if (file.admission !== null && clipId !== null) await noteAdmission(tx, file, clipId);
  });
  return undefined;
}

/** Whoever follows the clip alone reads there too on whose word it came, and why. */
async function noteAdmission(tx: DatabaseOrTransaction, file: DockFileModel, clipId: string): Promise<void> {
  const { ordinal, reasonCode, reason, etag, personId, createdAt } = await tx.dockFileDecision.findUniqueOrThrow({
    where: { fileId_ordinal: { fileId: file.id, ordinal: file.admission ?? 0 } },
  });
  await appendCustody(tx, {
    action: "clip.taken_on_word",
    subject: `clip:${clipId}`,
    actor: machine,
    detail: {
      dockFileId: file.id,
      decision: ordinal,
      reasonCode,
      reason,
      etag,
      personId,
      decidedAt: createdAt.toISOString(),
    },
  });
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
