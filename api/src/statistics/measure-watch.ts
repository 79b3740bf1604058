import type { Database } from "@mingcha/infra/db";
import type { WatchedCamera } from "@mingcha/models/http";
import { continuousKinds, watchMinutes } from "@mingcha/models/statistics";
import type { Period } from "./period.ts";

type Stretch = { sourceId: string; kind: "accounted" | "blind"; from: Date; to: Date };

/** Minutes seen, blind and not recorded, per source and day of a period, by name. Sources without anything to tell are left out. */
export async function measureWatch(db: Database, { start, end, windows, now }: Period): Promise<WatchedCamera[]> {
  const stretches = await db.$queryRaw<Stretch[]>`
    with here as (
      select source_id, state, tstzrange(from_at, to_at) as span from occupancy
      where to_at > ${start} and from_at < ${end} and from_at < to_at
    ), joined as (
      select source_id, 'accounted' as kind, range_agg(span) as spans from here group by 1
      union all select source_id, 'blind', range_agg(span) from here where state = 'blind' group by 1
    )
    select source_id as "sourceId", kind, lower(span) as "from", upper(span) as "to" from joined, unnest(spans) as span`;
  const firsts = await db.$queryRaw<{ id: string; name: string; kind: string; first: Date | null }[]>`
    select s.id, s.name, s.kind, (select min(c.started_at) from clip c where c.source_id = s.id) as first from source s`;
  const bySource = new Map<string, Stretch[]>();
  for (const stretch of stretches) {
    const known = bySource.get(stretch.sourceId);
    if (known === undefined) bySource.set(stretch.sourceId, [stretch]);
    else known.push(stretch);
  }
  const until = Math.min(end.getTime(), now.getTime());
  return firsts
    .flatMap(({ id, name, kind, first }) => {
      const own = bySource.get(id) ?? [];
      const since = Math.max(start.getTime(), first?.getTime() ?? Number.POSITIVE_INFINITY);
      const isExpected = continuousKinds.includes(kind) && since < until;
      if (own.length === 0 && !isExpected) return [];
      const of = (wanted: Stretch["kind"]) =>
        own
          .filter((stretch) => stretch.kind === wanted)
          .map(({ from, to }) => ({ fromMs: from.getTime(), toMs: to.getTime() }));
      const days = watchMinutes(windows, {
        accounted: of("accounted"),
        blind: of("blind"),
        expected: isExpected ? { fromMs: since, toMs: until } : null,
      }).map((day) => ({
        ...day,
        seenMin: tenth(day.seenMin),
        blindMin: tenth(day.blindMin),
        unrecordedMin: day.unrecordedMin === null ? null : tenth(day.unrecordedMin),
      }));
      const sum = (field: "seenMin" | "blindMin" | "unrecordedMin") =>
        tenth(days.reduce((all, day) => all + (day[field] ?? 0), 0));
      return [
        {
          sourceId: id,
          name: name || id,
          seenMin: sum("seenMin"),
          blindMin: sum("blindMin"),
          unrecordedMin: isExpected ? sum("unrecordedMin") : null,
          days,
        },
      ];
    })
    .sort((a, b) => collator.compare(a.name, b.name));
}

const collator = new Intl.Collator("zh-CN", { numeric: true });
const tenth = (minutes: number): number => Math.round(minutes * 10) / 10;
