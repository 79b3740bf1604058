import { rm } from "node:fs/promises";
import type { DatabaseOrTransaction, DockFileModel, IntakeModel } from "@mingcha/infra/db";
import type { UploadBucket } from "@mingcha/infra/dock";
import { isPositioningName } from "@mingcha/models/dock";
import { storeIntake } from "@mingcha/models/jobs";
import { createIntake } from "../../intake/create-intake.ts";
import { exists } from "../../intake/kept-bytes.ts";
import { dockDedupeKey, dockGroup } from "../../intake/said-of-dock.ts";
import type { DockDeps } from "../dock-deps.ts";
import { noteInCustody } from "./move-file.ts";
import { fetchTo, setLost, stagedPathOf } from "./verify-file.ts";

/** A checked file becomes an ordinary intake of the drone's source; positioning data goes into the store as it is. */
export async function takeFile(deps: DockDeps, bucket: UploadBucket, file: DockFileModel): Promise<undefined> {
  const { db, queues } = deps;
  if (file.sha256 === null || file.sizeBytes === null || file.etag === null) return undefined;
  // what was made of it before a kill counts, whatever lies in the bucket by now
  const dedupeKey = dockDedupeKey(file);
  const known = await db.intake.findUnique({ where: { dedupeKey } });
  if (known !== null) return link(deps, file, known);
  const path = stagedPathOf(deps, file);
  if (!(await exists(path))) {
    // staging was lost with its machine, or the store took it just now
    const fetched = await fetchTo(deps, bucket, file, { etag: file.etag });
    if (fetched === null || fetched.sha256 !== file.sha256) {
      await rm(path, { force: true });
      return setLost(deps, bucket, file);
    }
  }
  // a large file takes its time, in which the dock may have been switched off or lost its source; one that it was given is none of this file's
  const dock = await db.dock.findUniqueOrThrow({ where: { sn: file.sn } });
  if (!dock.enabled || dock.sourceId === null) return undefined;
  const sourceId = file.sourceId ?? dock.sourceId;
  if (isPositioningName(file.name)) return keep(deps, file, path, { sha256: file.sha256, sourceId });
  const arrival = {
    via: "dock",
    fileName: file.name,
    stagedPath: path,
    dedupeKey,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    sourceId,
    groupId: dockGroup(file),
  } as const;
  const { intake } = await createIntake(db, arrival, (tx, { id }) => setIntake(tx, file, { id, sourceId }));
  await queues.ring(storeIntake, { intakeId: intake.id });
  return undefined;
}

type Made = Pick<IntakeModel, "id" | "sourceId">;

const setIntake = (db: DatabaseOrTransaction, { id }: DockFileModel, { id: intakeId, sourceId }: Made) =>
  db.dockFile.updateMany({ where: { id }, data: { intakeId, sourceId } });

async function link({ db, queues }: DockDeps, file: DockFileModel, intake: Made): Promise<undefined> {
  await setIntake(db, file, intake);
  await queues.ring(storeIntake, { intakeId: intake.id });
  return undefined;
}

async function keep(
  deps: DockDeps,
  file: DockFileModel,
  path: string,
  { sha256, sourceId }: { readonly sha256: string; readonly sourceId: string },
): Promise<undefined> {
  await deps.store.putFile(path, { expectedSha256: sha256, ours: true });
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.dockFile.updateMany({
      where: { id: file.id, state: "verified" },
      data: { state: "taken", stateAt: deps.now(), keptSha256: sha256, sourceId },
    });
    if (count > 0) await noteInCustody(tx, file, "dock.file_taken", { sha256 });
  });
  await rm(path, { force: true });
  return undefined;
}
