import type { IntakeModel } from "@mingcha/infra/db";
import { storeIntake } from "@mingcha/models/jobs";
import type { IntakeDeps } from "./intake-deps.ts";
import { refusedPath } from "./kept-bytes.ts";
import { settleIntake } from "./settle-intake.ts";
import { isVia, vias } from "./via.ts";

/** A row untouched for this long has no worker on it, or one that will find the doorbell already rung. */
export const quietMs = 5_000;
const rowsAtOnce = 500;

/**
 * The database's own list of unfinished work: files not stored, bytes not put where they belong. Rings for each, so a lost queue or a
 * killed process loses nothing. Uploads not yet taken are found by their own way in.
 */
export async function sweepIntakes(deps: IntakeDeps, now = Date.now()): Promise<void> {
  const { db, queues } = deps;
  const quietSince = new Date(now - quietMs);
  const waiting = await db.intake.findMany({
    where: { state: "WAITING", updatedAt: { lt: quietSince } },
    orderBy: { createdAt: "asc" },
    take: rowsAtOnce,
  });
  for (const { id } of waiting) await queues.ring(storeIntake, { intakeId: id });

  const decided = await db.intake.findMany({
    where: { state: { not: "WAITING" }, stagedPath: { not: "" }, updatedAt: { lt: quietSince } },
    orderBy: { createdAt: "desc" },
    take: rowsAtOnce,
  });
  for (const intake of decided) if (isUnsettled(deps, intake)) await settleQuietly(deps, intake);
}

function isUnsettled({ folders }: IntakeDeps, intake: IntakeModel): boolean {
  if (intake.state !== "QUARANTINED") return true;
  if (!isVia(intake.via) || vias[intake.via].afterRefused === "leave") return false;
  return intake.stagedPath !== refusedPath(folders, intake);
}

/** One file that cannot be moved does not keep the others from it. */
async function settleQuietly(deps: IntakeDeps, intake: IntakeModel): Promise<void> {
  try {
    await settleIntake(deps, intake);
  } catch (error) {
    deps.log.warn({ err: error, intakeId: intake.id }, "could not put the bytes where they belong; trying again");
  }
}
