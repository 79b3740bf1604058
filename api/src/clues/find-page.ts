import { type Database, Prisma } from "@mingcha/infra/db";
import { type ClueState, clueStateCodes, type PriorityLevel } from "@mingcha/models/clue";

/** Where a page ended: what its last record sorts by. */
export interface PageEnd {
  readonly queueAt: Date;
  readonly priority: PriorityLevel;
  readonly createdAt: Date;
  readonly id: string;
}

/** Each order has an index per state, and per state with violation, source or place. */
const orders = {
  newest: {
    by: (row: string) => Prisma.raw(`${row}created_at desc, ${row}id desc`),
    beyond: ({ createdAt, id }: PageEnd) => Prisma.sql`and (created_at, id) < (${createdAt}, ${id}::uuid)`,
  },
  oldest: {
    by: (row: string) => Prisma.raw(`${row}created_at, ${row}id`),
    beyond: ({ createdAt, id }: PageEnd) => Prisma.sql`and (created_at, id) > (${createdAt}, ${id}::uuid)`,
  },
  due: {
    by: (row: string) => Prisma.raw(`${row}queue_at, ${row}priority, ${row}created_at, ${row}id`),
    beyond: ({ queueAt, priority, createdAt, id }: PageEnd) =>
      Prisma.sql`and (queue_at, priority, created_at, id) > (${queueAt}, ${priority}::"CluePriority", ${createdAt}, ${id}::uuid)`,
  },
} as const;

export interface PageQuery {
  /** None: every state. */
  readonly states: readonly ClueState[];
  readonly violation?: string | undefined;
  readonly sourceId?: string | undefined;
  /** Part of a place. */
  readonly q?: string | undefined;
  readonly order: keyof typeof orders;
  readonly after: PageEnd | null;
  readonly limit: number;
}

/**
 * With so many places or fewer that contain the searched text each is looked up by itself; with more of them the text is common, and going
 * through the records in their order meets enough soon.
 */
const placesMax = 200;

/** What `ilike` takes for "contains this text", signs of its own taken as text. */
const patternOf = (q: string): string => `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Places that contain a text, of the distinct ones: thousands, however many records there are. Null: more than `placesMax`. */
async function findPlaces(db: Database, q: string): Promise<string[] | null> {
  const rows = await db.$queryRaw<{ place: string }[]>`
    select place from clue_place where place ilike ${patternOf(q)} limit ${placesMax + 1}`;
  return rows.length > placesMax ? null : rows.map(({ place }) => place);
}

/**
 * Ids of one page of records, in order. Each state (and each place searched for) is one walk down an index from where the page begins, as
 * far as the page is long; the walks are then merged. So a page costs the same in a thousand records and in a million.
 */
export async function findPage(db: Database, query: PageQuery): Promise<string[]> {
  const { violation, sourceId, after, limit } = query;
  const q = query.q?.trim() ?? "";
  const places = q === "" ? undefined : await findPlaces(db, q);
  if (places?.length === 0) return [];
  const states = query.states.length > 0 ? query.states : clueStateCodes;
  const { by, beyond } = orders[query.order];
  const eachPlace = places ? Prisma.sql`cross join unnest(${places}::text[]) as p(place)` : Prisma.empty;
  const filters = [
    violation === undefined ? Prisma.empty : Prisma.sql`and violation = ${violation}`,
    sourceId === undefined ? Prisma.empty : Prisma.sql`and source_id = ${sourceId}`,
    places ? Prisma.sql`and clue.place = p.place` : Prisma.empty,
    places === null ? Prisma.sql`and clue.place ilike ${patternOf(q)}` : Prisma.empty,
  ];
  const rows = await db.$queryRaw<{ id: string }[]>`
    select found.id from unnest(${states}::"ClueState"[]) as s(state) ${eachPlace}
    cross join lateral (
      select id, queue_at, priority, created_at from clue
      where state = s.state ${Prisma.join(filters, " ")} ${after === null ? Prisma.empty : beyond(after)}
      order by ${by("")} limit ${limit}
    ) found
    order by ${by("found.")} limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Beyond this a number tells nobody anything; counting on would cost the more the more there is. */
export const countMax = 1_000;

/** Records per state, each counted up to `countMax`. */
export async function countStates(db: Database): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ state: string; count: number }[]>`
    select s.state::text as state, n.count::int as count from unnest(enum_range(null::"ClueState")) as s(state)
    cross join lateral (
      -- in the order of the index: unordered, a state that is nearly empty would be looked for in the whole table
      select count(*) from (select 1 from clue where clue.state = s.state order by created_at, id limit ${countMax}) c
    ) n(count)`;
  return Object.fromEntries(rows.filter(({ count }) => count > 0).map(({ state, count }) => [state, count]));
}
