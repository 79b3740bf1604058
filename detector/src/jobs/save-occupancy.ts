import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import type { PlaceReport } from "@mingcha/models/violations";

/**
 * Writes the timeline of one place from where the report begins. What was written for that time before is replaced; an interval that
 * began earlier is cut where the report takes over.
 */
export async function saveOccupancy(
  tx: DatabaseOrTransaction,
  place: { sourceId: string; sceneId: string; ruleKey: string },
  report: PlaceReport,
): Promise<void> {
  const { sourceId, sceneId, ruleKey } = place;
  const [first] = report.timeline;
  const last = report.timeline.at(-1);
  if (first === undefined || last === undefined) return;
  const from = new Date(first.fromMs);
  await tx.occupancy.deleteMany({ where: { sourceId, ruleKey, from: { gte: from, lte: new Date(last.toMs) } } });
  await tx.occupancy.updateMany({
    where: { sourceId, ruleKey, from: { lt: from }, to: { gt: from } },
    data: { to: from },
  });
  await tx.occupancy.createMany({
    data: report.timeline.map(
      (interval): Prisma.OccupancyCreateManyInput => ({
        sourceId,
        sceneId,
        ruleKey,
        violation: report.violation,
        zoneId: report.zone,
        state: interval.state,
        from: new Date(interval.fromMs),
        to: new Date(interval.toMs),
      }),
    ),
    skipDuplicates: true,
  });
}
