import { rm } from "node:fs/promises";
import type { DockFileModel } from "@mingcha/infra/db";
import type { UploadBucket } from "@mingcha/infra/dock";
import { isPositioningName } from "@mingcha/models/dock";
import { storeIntake } from "@mingcha/models/jobs";
import { createIntake } from "../../intake/create-intake.ts";
import { exists } from "../../intake/kept-bytes.ts";
import { dockDedupeKey } from "../../intake/said-of-dock.ts";
import type { DockDeps } from "../dock-deps.ts";
import { noteInCustody, setAside } from "./move-file.ts";
import { fetchTo, stagedPathOf } from "./verify-file.ts";

/** A checked file becomes an ordinary intake of the drone's source; positioning data goes into the store as it is. */
export async function takeFile(deps: DockDeps, bucket: UploadBucket, file: DockFileModel): Promise<undefined> {
  if (file.sha256 === null || file.sizeBytes === null || file.etag === null) return undefined;
  const path = stagedPathOf(deps, file);
  if (!(await exists(path))) {
    // staging was lost with its machine, or the store took it just now
    const fetched = await fetchTo(deps, bucket, file, { etag: file.etag });
    if (fetched === null || fetched.sha256 !== file.sha256) {
      await rm(path, { force: true });
      return setAside(deps, file, "mismatch", "overwritten");
    }
  }
  if (isPositioningName(file.name)) return keep(deps, file, path, file.sha256);
  const dock = await deps.db.dock.findUniqueOrThrow({ where: { sn: file.sn } });
  const { intake } = await createIntake(deps.db, {
    via: "dock",
    fileName: file.name,
    stagedPath: path,
    dedupeKey: dockDedupeKey(file.id),
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    sourceId: dock.sourceId,
    groupId: `dock:${file.sn}:${file.flightId}`,
  });
  await deps.db.dockFile.updateMany({ where: { id: file.id }, data: { intakeId: intake.id } });
  await deps.queues.ring(storeIntake, { intakeId: intake.id });
  return undefined;
}

async function keep(deps: DockDeps, file: DockFileModel, path: string, sha256: string): Promise<undefined> {
  await deps.store.putFile(path, { expectedSha256: sha256, ours: true });
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.dockFile.updateMany({
      where: { id: file.id, state: "verified" },
      data: { state: "taken", stateAt: deps.now(), keptSha256: sha256 },
    });
    if (count > 0) await noteInCustody(tx, file, "dock.file_taken", { sha256 });
  });
  await rm(path, { force: true });
  return undefined;
}
