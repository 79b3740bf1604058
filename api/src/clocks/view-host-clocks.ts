import type { Database } from "@mingcha/infra/db";
import { hostConditionOf, isHostClockReason } from "@mingcha/models/device";
import type { HostClockView } from "@mingcha/models/http";

/** A machine that has not looked at its clock for so long receives nothing any more. */
const goneMs = 24 * 3_600_000;

/** Clocks of the machines that receive cameras. */
export async function viewHostClocks(db: Database, now: Date): Promise<HostClockView[]> {
  const rows = await db.hostClock.findMany({
    where: { triedAt: { gt: new Date(now.getTime() - goneMs) } },
    orderBy: { machine: "asc" },
  });
  return rows.map(({ machine, measuredAt, aheadMs, uncertaintyMs, server, reason }) => {
    const clock =
      measuredAt === null || aheadMs === null || uncertaintyMs === null
        ? null
        : { aheadMs, uncertaintyMs, measuredAtMs: measuredAt.getTime() };
    return {
      machine,
      condition: hostConditionOf(clock, now.getTime()),
      measuredAt: measuredAt?.toISOString() ?? null,
      aheadMs,
      uncertaintyMs,
      server,
      reason: reason !== null && isHostClockReason(reason) ? reason : null,
    };
  });
}
