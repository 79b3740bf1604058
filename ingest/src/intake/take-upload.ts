import { join } from "node:path";
import { assertSharedStaging } from "@mingcha/infra/storage";
import { storeIntake } from "@mingcha/models/jobs";
import { createIntake } from "./create-intake.ts";
import type { IntakeDeps } from "./intake-deps.ts";

/** Takes over a finished browser upload: one intake row per upload, the upload is TAKEN. Repeating changes nothing. */
export async function takeUploadNow(
  { db, queues, folders }: Pick<IntakeDeps, "db" | "queues" | "folders">,
  uploadId: string,
): Promise<void> {
  const upload = await db.upload.findUnique({ where: { id: uploadId } });
  if (upload?.state !== "RECEIVED") return;
  await assertSharedStaging(db, folders.data);
  const { intake } = await createIntake(db, {
    via: "upload",
    fileName: upload.fileName,
    stagedPath: join(folders.uploads, upload.id),
    dedupeKey: `upload:${upload.id}`,
    sizeBytes: upload.sizeBytes,
    sha256: upload.sha256,
    personId: upload.personId,
    sourceId: upload.sourceId,
    groupId: `upload:${upload.groupId}`,
    startedAtHint: upload.startedAtHint,
  });
  await db.upload.updateMany({ where: { id: uploadId, state: "RECEIVED" }, data: { state: "TAKEN" } });
  if (intake.state === "WAITING") await queues.ring(storeIntake, { intakeId: intake.id });
}
