import type { Database } from "@mingcha/infra/db";
import { freeBytes } from "@mingcha/infra/storage";
import { paceDays } from "@mingcha/models/retention";
import type { RetentionDeps } from "./retention-deps.ts";

const hourMs = 3_600_000;
/** More often than a sample is kept: one that failed is made up for. */
export const diskEveryMs = 10 * 60_000;
/** Samples are kept a while longer than the pace is taken over. */
const keptMs = 4 * paceDays * 24 * hourMs;

/**
 * Writes down once an hour how much room a machine has, so that it can be told how long that lasts; that it was written tells too that time went
 * on (run-clock.ts), so samples of a clock that was ahead go.
 */
export async function sampleDisk({
  db,
  folders,
  machine,
  now,
}: Pick<RetentionDeps, "folders" | "machine" | "now"> & { db: Database }): Promise<void> {
  const at = new Date(Math.floor(now().getTime() / hourMs) * hourMs);
  await db.diskSample.createMany({
    data: { machine, at, freeBytes: BigInt(await freeBytes(folders.data)) },
    skipDuplicates: true,
  });
  await db.diskSample.deleteMany({
    where: { machine, OR: [{ at: { lt: new Date(at.getTime() - keptMs) } }, { at: { gt: at } }] },
  });
}
