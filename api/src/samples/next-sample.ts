import { type DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import type { NextSample } from "@mingcha/models/http";
import { sampleAskedForDays } from "@mingcha/models/statistics";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { optionsOf, sceneAt, zonesOf } from "./view-look.ts";

const askedForMs = sampleAskedForDays * 86_400_000;

/** One person never judges a look twice, nor one that the same person recorded, nor a known one whose record that person reviewed. */
export const barredFor = (personId: string): Prisma.Sql => Prisma.sql`(
  c.collector_id = ${personId}::uuid
  or exists (
    select 1 from review r join clue k on k.id = r.clue_id where k.flag_id = s.seeded_flag_id and r.reviewer_id = ${personId}::uuid
  ))`;

/** Looks of the person's districts alone, for who has some. */
const inDistricts = ({ districts }: SignedIn): Prisma.Sql =>
  districts.length === 0
    ? Prisma.empty
    : Prisma.sql`and exists (select 1 from source o where o.id = c.source_id and o.district = any(${[...districts]}))`;

/**
 * The oldest look that still needs this person's answer. One clear answer is enough, two for the first of each drawing, so that two people
 * can be compared; "cannot tell" asks one more person. There is no list to choose from.
 */
export async function nextSample(deps: Pick<Deps, "db" | "now">, person: SignedIn): Promise<NextSample> {
  const { db } = deps;
  const since = new Date(deps.now().getTime() - askedForMs);
  const waiting = Prisma.sql`
    from look_sample s join look_draw d on d.id = s.draw_id join clip c on c.id = s.clip_id
      left join lateral (
        select count(*) filter (where a.answer <> 'cannot_tell') as clear, count(*) as given,
          coalesce(bool_or(a.person_id = ${person.id}::uuid), false) as mine
        from look_answer a where a.sample_id = s.id
      ) said on true
    where d.drawn_at >= ${since} and not said.mine and not coalesce(${barredFor(person.id)}, false) ${inDistricts(person)}
      and said.clear < (case when s.ordinal = 1 then 2 else 1 end) and said.given < (case when s.ordinal = 1 then 3 else 2 end)`;
  const [count] = await db.$queryRaw<{ waiting: number }[]>`select count(*)::int as waiting ${waiting}`;
  const [found] = await db.$queryRaw<{ id: string }[]>`
    select s.id::text as id ${waiting} order by d.drawn_at, d.id, s.ordinal limit 1`;
  return {
    waiting: count?.waiting ?? 0,
    sample: found === undefined ? null : await viewSample(db, found.id),
  };
}

async function viewSample(db: DatabaseOrTransaction, id: string): Promise<NextSample["sample"]> {
  const sample = await db.lookSample.findUniqueOrThrow({ where: { id } });
  const clip = await db.clip.findUniqueOrThrow({ where: { id: sample.clipId }, include: { source: true } });
  const scene = await sceneAt(db, clip.sourceId, sample.capturedAt);
  const options = scene === null ? [] : optionsOf(scene);
  return {
    id,
    sourceName: clip.source.name || clip.source.id,
    place: clip.source.place,
    timezone: clip.source.timezone,
    clipId: clip.id,
    offsetMs: sample.offsetMs,
    widthPx: clip.widthPx,
    heightPx: clip.heightPx,
    capturedAt: sample.capturedAt.toISOString(),
    zones: scene === null ? [] : zonesOf(scene, new Set(options.map(({ zoneId }) => zoneId))),
    options,
  };
}
