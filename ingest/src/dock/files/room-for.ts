import { dockLimits, openFileStates } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";

const dayMs = 86_400_000;

/** How many more files of a dock may be taken up: those that wait are counted, and those of a day that were not taken. */
export async function roomFor({ db, now }: Pick<DockDeps, "db" | "now">, sn: string): Promise<number> {
  const foundAt = { gt: new Date(now().getTime() - dayMs) };
  const [open, notTaken] = await Promise.all([
    db.dockFile.count({ where: { sn, state: { in: [...openFileStates] } } }),
    db.dockFile.count({ where: { sn, state: { not: "taken" }, foundAt } }),
  ]);
  return Math.max(0, Math.min(dockLimits.openFilesMax - open, dockLimits.notTakenADayMax - notTaken));
}
