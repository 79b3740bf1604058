import type { Database } from "@mingcha/infra/db";

export interface SourceDay {
  readonly sourceId: string;
  readonly day: string;
}

/** Days this long ago are not drawn from any more. */
const reachDays = 400;

/**
 * Days that are over, of which something was recorded, all of it is looked through and nothing arrived since `since`, and nothing was drawn yet;
 * oldest first. Steps from day to day through the index of clips, one look-up each, so that neither a long stop nor a late upload leaves
 * a day out.
 */
export function findDaysToDraw(
  db: Database,
  { timezone, now, since, limit }: { timezone: string; now: Date; since: Date; limit: number },
): Promise<SourceDay[]> {
  const earliest = new Date(now.getTime() - reachDays * 86_400_000);
  return db.$queryRaw<SourceDay[]>`
    with recursive days as (
      select s.id, (select min(c.started_at) from clip c where c.source_id = s.id and c.started_at >= ${earliest}) as at from source s
      union all
      select days.id, (
        select min(c.started_at) from clip c
        where c.source_id = days.id and c.started_at >= ((days.at at time zone ${timezone})::date + 1)::timestamp at time zone ${timezone}
      )
      from days where days.at is not null
    ), local as (
      select id, (at at time zone ${timezone})::date as day from days where at is not null
    )
    select id as "sourceId", day::text as day from local
    where day < (${since}::timestamptz at time zone ${timezone})::date
      and not exists (select 1 from look_draw d where d.source_id = local.id and d.day = local.day)
      and not exists (
        select 1 from clip c
        where c.source_id = local.id and c.started_at >= (day - 1)::timestamp at time zone ${timezone}
          and c.started_at < (day + 1)::timestamp at time zone ${timezone} and (c.state = 'STORED' or c.received_at > ${since})
      )
    order by day, id limit ${limit}`;
}
