import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { dockLimits } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";

/** Half downloads of killed processes, and staged copies of what the store has by now. What anybody may still be writing is left. */
export async function clearLeftOvers({ db, store, dockFolder, now }: DockDeps): Promise<void> {
  for (const name of await readdir(dockFolder).catch(() => [])) {
    const path = join(dockFolder, name);
    const info = await stat(path).catch(() => null);
    if (info === null || now().getTime() - info.mtimeMs < dockLimits.leftOverMs) continue;
    if (name.endsWith(".part")) await rm(path, { force: true });
    else if (/^[0-9a-f-]{36}$/.test(name)) {
      const file = await db.dockFile.findUnique({ where: { id: name }, select: { state: true, sha256: true } });
      const isStored = file?.state === "taken" && file.sha256 !== null && (await store.find(file.sha256)) !== null;
      if (isStored) await rm(path, { force: true });
    }
  }
}
