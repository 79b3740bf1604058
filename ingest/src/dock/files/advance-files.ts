import type { DockFileModel, Prisma } from "@mingcha/infra/db";
import { dockLimits } from "@mingcha/models/dock";
import { isOutage } from "../../intake/is-outage.ts";
import type { DockDeps } from "../dock-deps.ts";
import { inTurn } from "../in-turn.ts";
import { removeTaken, settleFile } from "./settle-file.ts";
import { takeFile } from "./take-file.ts";
import { takeUpAdmitted } from "./take-up-admitted.ts";
import { verifyFile } from "./verify-file.ts";

const filesAtOnce = 200;

/**
 * Brings every file a step further. Each step may be repeated after a kill at any moment, by this machine or another. What fails for one step's
 * files keeps no other step from its own; it is thrown when all have had their turn.
 */
export async function advanceFiles(deps: DockDeps): Promise<void> {
  const { bucket } = deps;
  if (bucket === null) return;
  // of a dock that was switched off or lost its source nothing more is taken
  const mayTake = { dock: { enabled: true, sourceId: { not: null } } };
  const steps: readonly (() => Promise<void>)[] = [
    async () => each(deps, await listAdmitted(deps), (file) => takeUpAdmitted(deps, file)),
    async () =>
      each(deps, await list(deps, { state: "noticed", ...mayTake }), (file) => verifyFile(deps, bucket, file)),
    async () =>
      each(deps, await list(deps, { state: "verified", intakeId: null, ...mayTake }), (file) =>
        takeFile(deps, bucket, file),
      ),
    async () => each(deps, await listDecided(deps), (file) => settleFile(deps, file)),
    async () =>
      each(deps, await list(deps, { state: "taken", removedAt: null, reasonCode: null }), (file) =>
        removeTaken(deps, bucket, file),
      ),
  ];
  await inTurn(steps);
}

/**
 * Those of which the last look could do nothing come later again, behind the others: many that never come keep no other waiting. Every dock has
 * its turn: one with thousands of files keeps no other waiting either.
 */
async function list(
  { db, now }: Pick<DockDeps, "db" | "now">,
  some: Prisma.DockFileWhereInput,
): Promise<DockFileModel[]> {
  const before = new Date(now().getTime() - dockLimits.lookAgainMs);
  const where = { ...some, OR: [{ lookedAt: null }, { lookedAt: { lt: before } }] };
  const docks = await db.dockFile.groupBy({ by: ["sn"], where, orderBy: { sn: "asc" } });
  const byDock: DockFileModel[][] = [];
  for (const { sn } of docks)
    byDock.push(
      await db.dockFile.findMany({
        where: { ...where, sn },
        orderBy: [{ lookedAt: { sort: "asc", nulls: "first" } }, { foundAt: "asc" }],
        take: Math.ceil(filesAtOnce / docks.length),
      }),
    );
  const rounds = Math.max(0, ...byDock.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => byDock.flatMap((files) => files[round] ?? [])).flat();
}

/** Files whose intake was decided. */
async function listDecided({ db }: Pick<DockDeps, "db">): Promise<DockFileModel[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select f.id from dock_file f join intake i on i.id = f.intake_id
    where f.state = 'verified' and i.state <> 'WAITING' limit ${filesAtOnce}`;
  return db.dockFile.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
}

/** Files that a person had taken in as they are, and that may be taken in. */
async function listAdmitted({ db }: Pick<DockDeps, "db">): Promise<DockFileModel[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select f.id from dock_file f join dock k on k.sn = f.sn and k.enabled and k.source_id is not null
    where f.state = 'mismatch' and (
      select d.step from dock_file_decision d where d.file_id = f.id and d.attempt = f.attempt order by d.ordinal desc limit 1) = 'admit'
    limit ${filesAtOnce}`;
  return db.dockFile.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
}

/** A file that cannot be handled keeps no other from it; what looks like a store or database that is away ends the step, and others go first next. */
async function each(
  deps: Pick<DockDeps, "db" | "now" | "log">,
  files: readonly DockFileModel[],
  step: (file: DockFileModel) => Promise<"later" | undefined>,
): Promise<void> {
  for (const file of files) {
    try {
      if ((await step(file)) === "later") await noteLook(deps, file);
    } catch (error) {
      const isAway = isOutage(error);
      if (!isAway)
        deps.log.warn({ err: error, dockFileId: file.id }, "file of a dock could not be handled; it is tried again");
      // one object may fail as if all were away
      await noteLook(deps, file).catch((failed: unknown) => {
        throw isAway ? error : failed;
      });
      if (isAway) throw error;
    }
  }
}

async function noteLook({ db, now }: Pick<DockDeps, "db" | "now">, { id }: DockFileModel): Promise<void> {
  await db.dockFile.updateMany({ where: { id }, data: { lookedAt: now() } });
}
