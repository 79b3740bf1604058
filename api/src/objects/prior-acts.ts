import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { PriorActs } from "@mingcha/models/http";
import { findViolation } from "@mingcha/models/violations";

const shownMax = 20;
const lookBackMs = 365 * 86_400_000;

interface Row {
  readonly id: string;
  readonly violation: string;
  readonly place: string;
  readonly timezone: string;
  readonly from: Date;
  readonly state: string;
  readonly case_id: string | null;
  readonly case_state: string | null;
  readonly confirmed: boolean;
}

/**
 * Acts of the last twelve months at a place (and at those within it, "… 12号 门前" of "… 12号") or with an object a person confirmed, newest
 * first. A sighting that was joined to another record is that record's act.
 */
export async function findPriorActs(
  db: DatabaseOrTransaction,
  {
    place,
    objectId,
    now,
    exceptClueId,
  }: { place: string | null; objectId: string | null; now: Date; exceptClueId?: string },
): Promise<PriorActs> {
  const since = new Date(now.getTime() - lookBackMs);
  const rows = await db.$queryRaw<Row[]>`
    with known as materialized (
      select p.place from clue_place p where ${place}::text is not null and (p.place = ${place} or starts_with(p.place, ${place} || ' ')) limit 200
    ), matched as materialized (
      select m.clue_id from object_match m where m.object_id = ${objectId}::uuid and m.withdrawn_at is null
    ), found as (
      select c.id from clue c where c.place in (select k.place from known k) and c.from_at >= ${since} and c.state <> 'MERGED'
      union
      select c.id from clue c where c.id in (select m.clue_id from matched m) and c.from_at >= ${since} and c.state <> 'MERGED'
    )
    select c.id::text, c.violation, c.place, s.timezone, c.from_at as "from", c.state::text, k.id::text as case_id, k.state::text as case_state,
      exists (select 1 from matched m where m.clue_id = c.id) as confirmed
    from found f join clue c on c.id = f.id join source s on s.id = c.source_id left join "case" k on k.clue_id = c.id
    where c.id is distinct from ${exceptClueId ?? null}::uuid
    order by c.from_at desc, c.id desc limit 2000`;
  const counts: Record<string, number> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return {
    items: rows.slice(0, shownMax).map((row) => ({
      clueId: row.id,
      violation: row.violation,
      violationTitle: findViolation(row.violation)?.title ?? { zh: row.violation, en: row.violation },
      place: row.place,
      timezone: row.timezone,
      from: row.from.toISOString(),
      state: row.state,
      caseId: row.case_id,
      caseState: row.case_state,
      confirmed: row.confirmed,
    })),
    total: rows.length,
    counts,
  };
}
