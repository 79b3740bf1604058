import type { Database } from "@mingcha/infra/db";
import type { RetentionDeps } from "./retention-deps.ts";

const hourMs = 3_600_000;
/** So far this machine's clock and the database's may be apart (house rule). */
const apartMs = 5 * 60_000;
/** A stillness of the hourly samples that no outage is likely to explain: a clock that went wrong looks the same (house rule). */
const stillMs = 3 * 24 * hourMs;
/** So long samples are written at a new time before anything goes by it: a person has a day to see it (house rule). */
const awakeMs = 24 * hourMs;
/** Further back than that nobody needs to look for a gap. */
const seenMs = awakeMs + 2 * stillMs;

/** The database's clock. */
export async function askDatabaseClock(db: Pick<Database, "$queryRaw">): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
  if (row === undefined) throw new Error("the database gave no time");
  return row.now;
}

/**
 * The instant a run deletes by: the database's clock, where it can be believed. Null, with a warning in the log, where this machine's clock
 * says something else, or where the hourly samples of free space do not lead up to it without a gap for at least a day: after a long stillness,
 * and after a clock that jumped, nothing is deleted before samples were written at the new time for a day.
 */
export async function readRunClock({
  db,
  now,
  databaseNow,
  log,
}: Pick<RetentionDeps, "db" | "now" | "databaseNow" | "log">): Promise<Date | null> {
  const before = now().getTime();
  const at = await databaseNow();
  const after = now().getTime();
  const aheadMs = before > at.getTime() ? before - at.getTime() : Math.min(0, after - at.getTime());
  if (Math.abs(aheadMs) > apartMs) {
    log.warn({ aheadS: aheadMs / 1_000 }, "nothing is deleted: the clock of this machine and the database's differ");
    return null;
  }
  const samples = await db.diskSample.findMany({
    where: { at: { lte: at, gte: new Date(at.getTime() - seenMs) } },
    select: { at: true },
    distinct: ["at"],
    orderBy: { at: "desc" },
  });
  let since = at.getTime();
  for (const sample of samples) {
    if (since - sample.at.getTime() > stillMs) break;
    since = sample.at.getTime();
  }
  if (at.getTime() - since >= awakeMs) return at;
  log.warn(
    { now: at, since: new Date(since) },
    "nothing is deleted: time stood still or jumped before this; deleting goes on once samples were written for a day",
  );
  return null;
}
