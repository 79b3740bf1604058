import { dayOf } from "@mingcha/models/trips";
import type { Deps } from "../deps.ts";
import { gateViolations } from "./camera-passes.ts";
import { compareDay } from "./compare-day.ts";
import { wantDays } from "./days.ts";

/** What came into the register or from cameras is looked for this often, and bears on days of this long back; older ones a person asks for. */
const lookEveryMs = 30_000;
const lookBackDays = 35;
/** A sweep does other things too. */
const daysAtOnce = 2;

/** Compares days that are behind, the oldest first: quotas are counted from day to day. */
export function createTruckComparing(deps: Deps): () => Promise<number> {
  let lookedMs = Number.NEGATIVE_INFINITY;
  return async () => {
    const nowMs = deps.now().getTime();
    if (Math.abs(nowMs - lookedMs) >= lookEveryMs) {
      lookedMs = nowMs;
      await wantChanged(deps);
    }
    const behind = await deps.db.$queryRaw<{ day: string }[]>`
      select day from truck_day where wanted <> done order by day limit ${daysAtOnce}`;
    for (const { day } of behind) await compareDay(deps, day);
    return behind.length;
  };
}

/** Days compared before the register changed, or before a camera's flag came, was read or was matched with a vehicle. */
async function wantChanged({ db, profile, now }: Deps): Promise<void> {
  const first = dayOf(now().getTime() - lookBackDays * 86_400_000, profile.timezone);
  await db.$executeRaw`
    update truck_day set wanted = wanted + 1
    where wanted = done and day >= ${first} and done_at < (
      select max(updated_at) from register_object where kind in ('site', 'tipping', 'disposal', 'vehicle')
    )`;
  const gates = await db.$queryRaw<{ source: string }[]>`
    select distinct jsonb_array_elements_text(document->'gateSources') as source
    from register_object where kind = 'site' and (closed_at is null or closed_at > ${new Date(Date.parse(first))})`;
  if (gates.length === 0) return;
  const days = await db.$queryRaw<{ day: string }[]>`
    select distinct f.day from (
      select to_char(f.from_at at time zone ${profile.timezone}, 'YYYY-MM-DD') as day,
        greatest(f.updated_at, c.updated_at, m.at) as changed_at
      from flag f left join clue c on c.flag_id = f.id
      left join lateral (
        select max(greatest(confirmed_at, withdrawn_at)) as at from object_match where clue_id = c.id
      ) m on true
      where f.source_id = any(${gates.map(({ source }) => source)}::text[]) and f.violation = any(${gateViolations}::text[])
        and f.from_at >= ${new Date(Date.parse(first))}
    ) f left join truck_day d on d.day = f.day
    where d.day is null or (d.wanted = d.done and d.done_at < f.changed_at)`;
  await wantDays(
    db,
    days.map(({ day }) => day),
  );
}
