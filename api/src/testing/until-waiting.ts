import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "@mingcha/infra/db";

/** Resolves once a connection of this database waits for a lock that another holds: what is to come second has begun. */
export async function untilWaiting(db: Database): Promise<void> {
  for (;;) {
    const [row] = await db.$queryRaw<{ waiting: bigint }[]>`
      select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if ((row?.waiting ?? 0n) > 0n) return;
    await pause(10);
  }
}
