import type { Database } from "../db/index.ts";
import type { Logger } from "../log.ts";
import type { Figure } from "./prometheus-text.ts";

/** Leases are kept by the database's clock, arrivals are dated by the machine's: they have to agree. From here on it is said (house rule). */
const tellFromS = 1;

/** How far this machine's clock is ahead of the database's, in seconds, and how surely: half the time the question took. */
async function clockAhead(db: Pick<Database, "$queryRaw">): Promise<{ aheadS: number; uncertaintyS: number }> {
  const before = Date.now();
  const [row] = await db.$queryRaw<
    { ms: number }[]
  >`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
  const after = Date.now();
  return { aheadS: ((before + after) / 2 - (row?.ms ?? after)) / 1_000, uncertaintyS: (after - before) / 2_000 };
}

export async function clockFigure(db: Pick<Database, "$queryRaw">): Promise<Figure> {
  const { aheadS } = await clockAhead(db);
  return {
    name: "mingcha_clock_ahead_seconds",
    help: "How far the clock of this machine is ahead of the database's",
    samples: [{ value: Number(aheadS.toFixed(3)) }],
  };
}

/** Says once, at start, that a machine's clock is wrong. */
export async function warnOfClock(db: Pick<Database, "$queryRaw">, log: Pick<Logger, "warn">): Promise<void> {
  const { aheadS, uncertaintyS } = await clockAhead(db);
  if (Math.abs(aheadS) - uncertaintyS > tellFromS)
    log.warn({ aheadS, uncertaintyS }, "the clock of this machine and the database's differ: keep both by NTP");
}
