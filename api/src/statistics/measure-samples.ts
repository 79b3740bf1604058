import { type Database, Prisma } from "@mingcha/infra/db";
import type { AgreementView, MissesView, ShareView } from "@mingcha/models/http";
import { agreementOf, estimateMisses, makeShare, type PairCount } from "@mingcha/models/statistics";
import type { Period } from "./period.ts";

/** Acts that run longer before a sampled look than this were flagged when it was drawn. */
const lateFlagReach = Prisma.sql`interval '31 days'`;

/** The miss estimate from looks captured in a period. A look is missed where anybody saw a violation on it, and clear where anybody saw none. */
export async function measureMisses(db: Database, { from, to }: Period, minDecided: number): Promise<MissesView> {
  type Row = {
    looks: number;
    flagged: number;
    judged: number;
    missed: number;
    unclear: number;
    flaggedLater: number;
  };
  const draws = await db.$queryRaw<Row[]>`
    with said as (
      select s.id, s.draw_id, coalesce(bool_or(a.answer = 'violation'), false) as missed, coalesce(bool_or(a.answer <> 'cannot_tell'), false) as clear,
        exists (
          select 1 from flag f where f.source_id = d.source_id and f.from_at <= s.captured_at
            and f.from_at > s.captured_at - ${lateFlagReach} and f.to_at >= s.captured_at
        ) as later
      from look_draw d join look_sample s on s.draw_id = d.id and s.seeded_flag_id is null left join look_answer a on a.sample_id = s.id
      where d.day >= ${from}::date and d.day <= ${to}::date group by s.id, d.source_id
    )
    select d.looks - d.flagged as looks, d.flagged, count(said.id) filter (where clear and not later)::int as judged,
      count(said.id) filter (where missed and not later)::int as missed,
      count(said.id) filter (where not clear and not later)::int as unclear, count(said.id) filter (where later)::int as "flaggedLater"
    from look_draw d left join said on said.draw_id = d.id
    where d.day >= ${from}::date and d.day <= ${to}::date and d.wanted > 0 group by d.id`;
  const sum = (field: keyof Row) => draws.reduce((all, draw) => all + draw[field], 0);
  return {
    ...estimateMisses(draws, minDecided),
    flaggedLater: sum("flaggedLater"),
    draws: draws.length,
    flaggedLooks: sum("flagged"),
  };
}

/**
 * Legal verdicts on what technical review passed in the same round: "pass" agrees, "fail" and "send back" do not, "unsure" is left out. What
 * technical review rejects never reaches legal review, so kappa has nothing to take off chance from and is not told.
 */
export async function agreeOnReviews(
  db: Database,
  { start, end }: Period,
  minDecided: number,
  personId?: string,
): Promise<AgreementView> {
  const own =
    personId === undefined
      ? Prisma.empty
      : Prisma.sql`and (l.reviewer_id = ${personId}::uuid or t.reviewer_id = ${personId}::uuid)`;
  const rows = await db.$queryRaw<{ result: string; count: number }[]>`
    select l.result, count(distinct l.id)::int as count
    from clue c join review l on l.clue_id = c.id and l.kind = 'legal'
      join review t on t.clue_id = c.id and t.kind = 'technical' and t.round = l.round and t.result = 'pass'
    where c.created_at >= ${start} and c.created_at < ${end} ${own} group by 1`;
  const pairs = rows
    .filter(({ result }) => result !== "unsure")
    .map(({ result, count }): PairCount => ({ first: "pass", second: result === "pass" ? "pass" : "fail", count }));
  const leftOut = rows.find(({ result }) => result === "unsure")?.count ?? 0;
  return agreementOf(pairs, minDecided, { leftOut });
}

/** Two persons' answers on one look, neither knowing the other's: whether there was a violation. "Cannot tell" is left out. */
export async function agreeOnSamples(
  db: Database,
  { from, to }: Period,
  minDecided: number,
  personId?: string,
): Promise<AgreementView> {
  const own =
    personId === undefined
      ? Prisma.empty
      : Prisma.sql`and (a.person_id = ${personId}::uuid or b.person_id = ${personId}::uuid)`;
  const rows = await db.$queryRaw<PairCount[]>`
    select a.answer as first, b.answer as second, count(*)::int as count
    from look_draw d join look_sample s on s.draw_id = d.id
      join look_answer a on a.sample_id = s.id join look_answer b on b.sample_id = s.id and (b.created_at, b.id) > (a.created_at, a.id)
    where d.day >= ${from}::date and d.day <= ${to}::date ${own} group by 1, 2`;
  const isClear = ({ first, second }: PairCount) => first !== "cannot_tell" && second !== "cannot_tell";
  const leftOut = rows.filter((row) => !isClear(row)).reduce((all, { count }) => all + count, 0);
  return agreementOf(rows.filter(isClear), minDecided, { leftOut });
}

/** Known violations that were seen, of all answers on looks of accepted records. "Cannot tell" is undecided: it neither helps nor is forgotten. */
export async function countSeeds(
  db: Database,
  { from, to }: Period,
  minDecided: number,
  personId?: string,
): Promise<ShareView> {
  const own = personId === undefined ? Prisma.empty : Prisma.sql`and a.person_id = ${personId}::uuid`;
  const [row] = await db.$queryRaw<{ found: number; clear: number; unclear: number }[]>`
    select count(*) filter (where a.answer = 'violation' and a.violation = f.violation)::int as found,
      count(*) filter (where a.answer <> 'cannot_tell')::int as clear, count(*) filter (where a.answer = 'cannot_tell')::int as unclear
    from look_draw d join look_sample s on s.draw_id = d.id join flag f on f.id = s.seeded_flag_id join look_answer a on a.sample_id = s.id
    where d.day >= ${from}::date and d.day <= ${to}::date ${own}`;
  return makeShare({ count: row?.found ?? 0, total: row?.clear ?? 0, undecided: row?.unclear ?? 0 }, minDecided);
}
