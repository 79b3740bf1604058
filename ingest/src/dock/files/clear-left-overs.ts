import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { dockLimits } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";

/** Half downloads of killed processes, and staged copies of what the store has by now or will never have. What anybody may still be writing is left. */
export async function clearLeftOvers({ db, store, dockFolder, now }: DockDeps): Promise<void> {
  for (const name of await readdir(dockFolder).catch(() => [])) {
    const path = join(dockFolder, name);
    const info = await stat(path).catch(() => null);
    if (info === null || now().getTime() - info.mtimeMs < dockLimits.leftOverMs) continue;
    if (name.endsWith(".part")) await rm(path, { force: true });
    const [, id, attempt = "1"] = /^([0-9a-f-]{36})(?:\.(\d+))?$/.exec(name) ?? [];
    if (id === undefined) continue;
    const file = await db.dockFile.findUnique({
      where: { id },
      select: { state: true, sha256: true, intakeId: true, attempt: true },
    });
    const isStored = file?.state === "taken" && file.sha256 !== null && (await store.find(file.sha256)) !== null;
    // what does not agree lies in the bucket still, and no intake has this copy
    const isSetAside = file?.state === "mismatch" && file.intakeId === null;
    const isOfBefore = file !== null && Number(attempt) < file.attempt;
    const isOver = isOfBefore ? (await db.intake.count({ where: { stagedPath: path } })) === 0 : isStored || isSetAside;
    if (isOver) await rm(path, { force: true });
  }
}
