import type { Database } from "@mingcha/infra/db";
import type { ReviewTimeRow, ShareView } from "@mingcha/models/http";
import { makeShare, mayTellTime } from "@mingcha/models/statistics";
import { findViolation } from "@mingcha/models/violations";
import type { Period } from "./period.ts";

const steps = ["technical", "legal", "merged"] as const;

/**
 * How long a record of the period was open and in front of its reviewer, per review and per review and violation. Too few, or all by one
 * person, and no time is told: that would be a figure of somebody.
 */
export async function measureReviewTime(db: Database, { start, end }: Period): Promise<ReviewTimeRow[]> {
  type Row = { step: string; violation: string | null; reviews: number; people: number; at: number[] };
  const rows = await db.$queryRaw<Row[]>`
    select r.kind as step, c.violation, count(*)::int as reviews, count(distinct r.reviewer_id)::int as people,
      percentile_disc(array[0.5, 0.9]) within group (order by r.time_on_item_ms) as at
    from review r join clue c on c.id = r.clue_id
    where c.created_at >= ${start} and c.created_at < ${end} and r.time_on_item_ms is not null
    group by grouping sets ((r.kind), (r.kind, c.violation))`;
  return rows
    .flatMap(({ step: code, violation, reviews, people, at }): ReviewTimeRow[] => {
      const step = steps.find((one) => one === code);
      if (step === undefined) return [];
      const told = mayTellTime({ reviews, people });
      const seconds = (ms: number | undefined) => (told && ms !== undefined ? Math.round(ms / 1_000) : null);
      const title = violation === null ? null : (findViolation(violation)?.title ?? { zh: violation, en: violation });
      return [{ step, violation, title, reviews, p50S: seconds(at[0]), p90S: seconds(at[1]) }];
    })
    .sort((a, b) => steps.indexOf(a.step) - steps.indexOf(b.step) || order(a, b));
}

/** The whole queue first, then its violations. */
function order(a: ReviewTimeRow, b: ReviewTimeRow): number {
  if (a.violation === null || b.violation === null) return a.violation === null ? -1 : 1;
  return b.reviews - a.reviews || (a.violation < b.violation ? -1 : 1);
}

/** Known items answered rightly in a period, per queue; of a single person's answers nothing but their number. */
export async function countKnown(
  db: Database,
  { start, end }: Period,
  minDecided: number,
): Promise<{ technical: ShareView; legal: ShareView }> {
  const rows = await db.$queryRaw<{ stage: string; right: number; answers: number; people: number }[]>`
    select i.stage, count(*) filter (where a."right")::int as "right", count(*)::int as answers, count(distinct a.person_id)::int as people
    from seeded_answer a join seeded_item i on i.id = a.item_id
    where a.created_at >= ${start} and a.created_at < ${end} and i.withdrawn_at is null group by 1`;
  const of = (stage: string): ShareView => {
    const row = rows.find((one) => one.stage === stage);
    if (row === undefined || row.people < 2)
      return makeShare({ count: 0, total: 0, leftOut: row?.answers ?? 0 }, minDecided);
    return makeShare({ count: row.right, total: row.answers }, minDecided);
  };
  return { technical: of("technical"), legal: of("legal") };
}
