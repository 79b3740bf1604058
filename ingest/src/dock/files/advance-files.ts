import type { DockFileModel, Prisma } from "@mingcha/infra/db";
import { dockLimits } from "@mingcha/models/dock";
import { isOutage } from "../../intake/is-outage.ts";
import type { DockDeps } from "../dock-deps.ts";
import { removeTaken, settleFile } from "./settle-file.ts";
import { takeFile } from "./take-file.ts";
import { verifyFile } from "./verify-file.ts";

const filesAtOnce = 200;

/** Brings every file a step further. Each step may be repeated after a kill at any moment, by this machine or another. */
export async function advanceFiles(deps: DockDeps): Promise<void> {
  const { bucket } = deps;
  if (bucket === null) return;
  // of a dock that was switched off or lost its source nothing more is taken
  const mayTake = { dock: { enabled: true, sourceId: { not: null } } };
  await each(deps, await list(deps, { state: "noticed", ...mayTake }), (file) => verifyFile(deps, bucket, file));
  await each(deps, await list(deps, { state: "verified", intakeId: null, ...mayTake }), (file) =>
    takeFile(deps, bucket, file),
  );
  await each(deps, await listDecided(deps), (file) => settleFile(deps, file));
  await each(deps, await list(deps, { state: "taken", removedAt: null, reasonCode: null }), (file) =>
    removeTaken(deps, bucket, file),
  );
}

/** Those of which the last look could do nothing come later again, behind the others: many that never come keep no other waiting. */
function list({ db, now }: Pick<DockDeps, "db" | "now">, where: Prisma.DockFileWhereInput): Promise<DockFileModel[]> {
  const before = new Date(now().getTime() - dockLimits.lookAgainMs);
  return db.dockFile.findMany({
    where: { ...where, OR: [{ lookedAt: null }, { lookedAt: { lt: before } }] },
    orderBy: [{ lookedAt: { sort: "asc", nulls: "first" } }, { foundAt: "asc" }],
    take: filesAtOnce,
  });
}

/** Files whose intake was decided. */
async function listDecided({ db }: Pick<DockDeps, "db">): Promise<DockFileModel[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select f.id from dock_file f join intake i on i.id = f.intake_id
    where f.state = 'verified' and i.state <> 'WAITING' limit ${filesAtOnce}`;
  return db.dockFile.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
}

/** A file that cannot be handled keeps no other from it; a store or database that is away ends the turn. */
async function each(
  deps: Pick<DockDeps, "db" | "now" | "log">,
  files: readonly DockFileModel[],
  step: (file: DockFileModel) => Promise<"later" | undefined>,
): Promise<void> {
  for (const file of files) {
    try {
      if ((await step(file)) === "later") await noteLook(deps, file);
    } catch (error) {
      if (isOutage(error)) throw error;
      deps.log.warn({ err: error, dockFileId: file.id }, "file of a dock could not be handled; it is tried again");
      await noteLook(deps, file);
    }
  }
}

async function noteLook({ db, now }: Pick<DockDeps, "db" | "now">, { id }: DockFileModel): Promise<void> {
  await db.dockFile.updateMany({ where: { id }, data: { lookedAt: now() } });
}
