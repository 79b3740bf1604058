import { type Database, Prisma } from "@mingcha/infra/db";
import { type ClueState, clueStates } from "@mingcha/models/clue";
import type { QueueRow, RateId, ShareView, WaitRow } from "@mingcha/models/http";
import { makeShare, type OutcomeCounts } from "@mingcha/models/statistics";
import type { Period } from "./period.ts";

/** Where a record waits for somebody who has to look at it. */
const queueStates = ["PRESCREEN", "TECH_REVIEW", "LEGAL_REVIEW", "ON_SITE_CHECK"] as const satisfies ClueState[];

/** Every queue as it stands now. An age counts from the opening of the clue: no step makes it younger. */
export async function measureQueues(db: Database, { now }: Period): Promise<QueueRow[]> {
  type Row = { state: string; open: number; overdue: number; oldestS: number; at: number[] };
  const rows = await db.$queryRaw<Row[]>`
    select state::text as state, count(*)::int as open, count(*) filter (where due_at < ${now})::int as overdue,
      extract(epoch from ${now} - min(created_at))::float8 as "oldestS",
      percentile_disc(array[0.5, 0.95]) within group (order by extract(epoch from ${now} - created_at)::float8) as at
    from clue where state = any(${[...queueStates]}::"ClueState"[]) group by 1`;
  return queueStates.map((state) => {
    const row = rows.find((item) => item.state === state);
    const { zh, en } = clueStates[state];
    const past = (seconds: number | undefined) => (seconds === undefined ? null : Math.max(0, Math.round(seconds)));
    return {
      state,
      title: { zh, en },
      open: row?.open ?? 0,
      overdue: row?.overdue ?? 0,
      oldestS: past(row?.oldestS),
      p50S: past(row?.at[0]),
      p95S: past(row?.at[1]),
    };
  });
}

interface Reviewed {
  readonly waits: WaitRow[];
  readonly rates: Pick<Record<RateId, ShareView>, "on_time" | "sent_back">;
}

type Sums = {
  tech: number;
  techWaiting: number;
  techAt: bigint[] | null;
  legal: number;
  legalWaiting: number;
  legalAt: bigint[] | null;
  onTime: number;
  judged: number;
  notDue: number;
  unreviewed: number;
  sentBack: number;
  legalReviewed: number;
};

/** A wait in milliseconds, doubled, plus one while it still goes on: orders by the wait and keeps whether it has ended. */
const coded = (from: Prisma.Sql, to: Prisma.Sql, now: Date): Prisma.Sql =>
  Prisma.sql`(extract(epoch from coalesce(${to}, ${now}) - ${from}) * 1000)::bigint * 2 + (${to} is null)::int`;

/**
 * Waiting times and rates of the clues opened in a period. Who still waits is among them with the time so far, so a review that is never
 * made makes the figure worse, not better. A review is on time when its verdict (pass or fail, not "unsure") was given by the due date.
 */
export async function measureReviews(db: Database, period: Period, minDecided: number): Promise<Reviewed> {
  const { start, end, now } = period;
  const [sums] = await db.$queryRaw<Sums[]>`
    with said as (
      select r.clue_id, min(r.created_at) filter (where r.kind in ('technical', 'merged')) as tech,
        min(r.created_at) filter (where r.kind = 'technical' and r.result = 'pass') as passed,
        min(r.created_at) filter (where r.kind = 'legal') as legal,
        min(r.created_at) filter (where (r.kind in ('legal', 'merged') and r.result in ('pass', 'fail')) or (r.kind = 'technical' and r.result = 'fail')) as verdict,
        bool_or(r.result = 'send_back') as returned
      from review r join clue c on c.id = r.clue_id where c.created_at >= ${start} and c.created_at < ${end} group by 1
    ), item as (
      select c.state::text as state, c.created_at as opened, c.due_at as due, said.*
      from clue c left join said on said.clue_id = c.id
      where c.created_at >= ${start} and c.created_at < ${end} and c.state <> 'MERGED'
    )
    select count(tech)::int as tech,
      count(*) filter (where tech is null and state in ('PRESCREEN', 'TECH_REVIEW'))::int as "techWaiting",
      percentile_disc(array[0.5, 0.95]) within group (order by ${coded(Prisma.sql`opened`, Prisma.sql`tech`, now)})
        filter (where tech is not null or state in ('PRESCREEN', 'TECH_REVIEW')) as "techAt",
      count(*) filter (where passed is not null and legal is not null)::int as legal,
      count(*) filter (where passed is not null and legal is null)::int as "legalWaiting",
      percentile_disc(array[0.5, 0.95]) within group (order by ${coded(Prisma.sql`passed`, Prisma.sql`legal`, now)})
        filter (where passed is not null) as "legalAt",
      count(*) filter (where verdict <= due)::int as "onTime",
      count(*) filter (where verdict is not null or (due < ${now} and state <> 'DISCARDED'))::int as judged,
      count(*) filter (where verdict is null and due >= ${now} and state <> 'DISCARDED')::int as "notDue",
      count(*) filter (where verdict is null and state = 'DISCARDED')::int as unreviewed,
      count(*) filter (where returned)::int as "sentBack",
      count(legal)::int as "legalReviewed"
    from item`;
  if (sums === undefined) throw new Error("the query of reviews gave no row");
  return {
    waits: [
      waitOf("technical", sums.tech, sums.techWaiting, sums.techAt),
      waitOf("legal", sums.legal, sums.legalWaiting, sums.legalAt),
    ],
    rates: {
      on_time: makeShare(
        { count: sums.onTime, total: sums.judged, undecided: sums.notDue, leftOut: sums.unreviewed },
        minDecided,
      ),
      sent_back: makeShare({ count: sums.sentBack, total: sums.legalReviewed }, minDecided),
    },
  };
}

function waitOf(step: WaitRow["step"], reviewed: number, waiting: number, at: readonly bigint[] | null): WaitRow {
  const [p50, p95] = (at ?? []).map(Number);
  const seconds = (code: number | undefined) =>
    code === undefined ? null : Math.max(0, Math.round(Math.floor(code / 2) / 1_000));
  const goesOn = (code: number | undefined) => code !== undefined && code % 2 === 1;
  return {
    step,
    reviewed,
    waiting,
    p50S: seconds(p50),
    p50AtLeast: goesOn(p50),
    p95S: seconds(p95),
    p95AtLeast: goesOn(p95),
  };
}

/** Rates that follow from what became of the clues, and from what was seen after a dissuasion (domain H.8). */
export async function measureOutcomes(
  db: Database,
  { start, end }: Period,
  { accepted, rejected, discarded, not_found, erased, transferred, undecided, merged }: OutcomeCounts,
  minDecided: number,
): Promise<Pick<Record<RateId, ShareView>, "wrong" | "erased" | "corrected">> {
  const wrong = rejected + discarded + not_found;
  const [looked] = await db.$queryRaw<{ corrected: number; looked: number; open: number }[]>`
    select count(*) filter (where c.recheck = 'corrected')::int as corrected, count(c.recheck)::int as looked,
      count(*) filter (where c.recheck is null)::int as open
    from clue c
    where c.created_at >= ${start} and c.created_at < ${end} and exists (select 1 from dissuasion d where d.clue_id = c.id)`;
  return {
    wrong: makeShare(
      { count: wrong, total: wrong + accepted + erased, undecided, leftOut: merged + transferred },
      minDecided,
    ),
    erased: makeShare({ count: erased, total: accepted + erased }, minDecided),
    corrected: makeShare(
      { count: looked?.corrected ?? 0, total: looked?.looked ?? 0, undecided: looked?.open ?? 0 },
      minDecided,
    ),
  };
}
