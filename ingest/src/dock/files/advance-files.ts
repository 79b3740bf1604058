import type { DockFileModel } from "@mingcha/infra/db";
import { isOutage } from "../../intake/is-outage.ts";
import type { DockDeps } from "../dock-deps.ts";
import { removeTaken, settleFile } from "./settle-file.ts";
import { takeFile } from "./take-file.ts";
import { verifyFile } from "./verify-file.ts";

const filesAtOnce = 200;

/** Brings every file a step further. Each step may be repeated after a kill at any moment, by this machine or another. */
export async function advanceFiles(deps: DockDeps): Promise<void> {
  const { db, bucket } = deps;
  if (bucket === null) return;
  const list = (where: object) => db.dockFile.findMany({ where, orderBy: { foundAt: "asc" }, take: filesAtOnce });
  await each(deps, await list({ state: "noticed" }), (file) => verifyFile(deps, bucket, file));
  await each(deps, await list({ state: "verified", intakeId: null }), (file) => takeFile(deps, bucket, file));
  await each(deps, await list({ state: "verified", intakeId: { not: null } }), (file) => settleFile(deps, file));
  await each(deps, await list({ state: "taken", removedAt: null, reasonCode: null }), (file) =>
    removeTaken(deps, bucket, file),
  );
}

/** A file that cannot be handled keeps no other from it; a store or database that is away ends the turn. */
async function each(
  { log }: DockDeps,
  files: readonly DockFileModel[],
  step: (file: DockFileModel) => Promise<void>,
): Promise<void> {
  for (const file of files) {
    try {
      await step(file);
    } catch (error) {
      if (isOutage(error)) throw error;
      log.warn({ err: error, dockFileId: file.id }, "file of a dock could not be handled; it is tried again");
    }
  }
}
