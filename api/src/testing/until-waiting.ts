import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "@mingcha/infra/db";

/** Resolves once so many connections of this database wait for a lock that another holds: what is to come after it has begun. */
export async function untilWaiting(db: Database, many = 1): Promise<void> {
  // a request that ended before it came to the lock would never wait
  for (let tries = 0; tries < 2_000; tries++) {
    const [row] = await db.$queryRaw<{ waiting: bigint }[]>`
      select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if ((row?.waiting ?? 0n) >= BigInt(many)) return;
    await pause(10);
  }
  throw new Error("nobody came to wait for the lock");
}
