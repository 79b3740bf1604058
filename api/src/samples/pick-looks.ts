import { type DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { type ClueState, clueStateCodes } from "@mingcha/models/clue";
import { outcomeOf } from "@mingcha/models/statistics";

export interface PickedLook {
  readonly clipId: string;
  readonly offsetMs: number;
  readonly capturedAt: Date;
  readonly seededFlagId: string | null;
}

export interface Stretch {
  readonly sourceId: string;
  readonly key: string;
  readonly start: Date;
  readonly end: Date;
}

export interface PickedLooks {
  /** Looks of the day on which something could be seen, and those that a flag covered. */
  readonly looks: number;
  readonly flagged: number;
  readonly picked: PickedLook[];
}

const ranked = (keyHex: string, name: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`sha256(decode(${keyHex}, 'hex') || convert_to(${name}, 'UTF8'))`;

/**
 * The first `wanted` looks of a day that no flag covers, in the order of SHA-256(key ‖ "clip:offset"). The same key and the same rows give the
 * same looks; without the key nobody can tell which. What a suppression keeps from being flagged is drawn from like everything else.
 */
export async function pickUnflagged(
  db: DatabaseOrTransaction,
  { sourceId, key, start, end }: Stretch,
  wanted: number,
): Promise<PickedLooks> {
  type Row = { clipId: string; offsetMs: number; capturedAt: Date; isFlagged: boolean; looks: number; flagged: number };
  const rows = await db.$queryRaw<Row[]>`
    with acts as (
      select range_agg(tstzrange(from_at, to_at, '[]')) as spans from flag
      where source_id = ${sourceId} and from_at < ${end} and to_at >= ${start}
    ), seen as (
      select l.clip_id, l.offset_ms, l.captured_at, coalesce(l.captured_at <@ acts.spans, false) as is_flagged
      from look l join clip c on c.id = l.clip_id and c.deleted_at is null, acts
      where l.source_id = ${sourceId} and l.captured_at >= ${start} and l.captured_at < ${end} and l.status = 'seen'
    )
    select clip_id::text as "clipId", offset_ms as "offsetMs", captured_at as "capturedAt", is_flagged as "isFlagged",
      (count(*) over ())::int as looks, (count(*) filter (where is_flagged) over ())::int as flagged
    from seen order by is_flagged, ${ranked(key, Prisma.sql`clip_id::text || ':' || offset_ms`)} limit ${Math.max(1, wanted)}`;
  return {
    looks: rows[0]?.looks ?? 0,
    flagged: rows[0]?.flagged ?? 0,
    picked: rows
      .filter((row) => !row.isFlagged)
      .slice(0, wanted)
      .map(({ clipId, offsetMs, capturedAt }) => ({ clipId, offsetMs, capturedAt, seededFlagId: null })),
  };
}

const acceptedStates = clueStateCodes.filter((state: ClueState) => outcomeOf[state] === "accepted");
/** Records this old are not shown again: their clips may be gone by now. */
const seedReachMs = 30 * 86_400_000;

/** Looks of records that both reviews accepted, each record once: the pictures that were cut of the act while it went on. */
export async function pickSeeds(
  db: DatabaseOrTransaction,
  { sourceId, key, end }: Stretch,
  wanted: number,
): Promise<PickedLook[]> {
  if (wanted === 0) return [];
  return db.$queryRaw<PickedLook[]>`
    select e.clip_id::text as "clipId", e.offset_ms as "offsetMs", e.captured_at as "capturedAt", f.id::text as "seededFlagId"
    from clue c join flag f on f.id = c.flag_id
      join lateral (
        select e.clip_id, e.offset_ms, e.captured_at from evidence e
        where e.flag_id = f.id and e.kind in ('wide', 'during') and not exists (select 1 from clip k where k.id = e.clip_id and k.deleted_at is not null)
          and not exists (select 1 from look_sample s where s.clip_id = e.clip_id and s.offset_ms = e.offset_ms)
        order by e.kind desc, e.captured_at limit 1
      ) e on true
    where c.source_id = ${sourceId} and c.state = any(${acceptedStates}::"ClueState"[])
      and c.from_at >= ${new Date(end.getTime() - seedReachMs)} and c.from_at < ${end}
      and not exists (select 1 from look_sample s where s.seeded_flag_id = f.id)
    order by ${ranked(key, Prisma.sql`f.id::text`)} limit ${wanted}`;
}
