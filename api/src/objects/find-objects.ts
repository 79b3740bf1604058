import { type Database, Prisma } from "@mingcha/infra/db";
import { gramsToFind, type ObjectKind } from "@mingcha/models/objects";

/** Beyond this a number tells nobody anything. */
const countMax = 1_000;

export interface ObjectsQuery {
  readonly kind: ObjectKind;
  readonly state: "open" | "closed";
  readonly q?: string | undefined;
  readonly place?: string | undefined;
  readonly after: { readonly name: string; readonly id: string } | null;
  readonly limit: number;
}

/** What `ilike` takes for "contains this text", signs of its own taken as text. */
const patternOf = (word: string): string => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** With so many objects or fewer that contain the text they are sorted; with more of them it is common, and walking in order meets enough soon. */
const sortedMax = 2_000;

/**
 * Ids of one page by name. A search meets the index of characters and pairs first; the words themselves are then looked for in what is left.
 * So a rare text is never looked for row by row, and a common one is never sorted whole.
 */
export async function findObjects(db: Database, query: ObjectsQuery): Promise<string[]> {
  const { kind, state, place, after, limit } = query;
  // a database has no room for a control character, nor has a name
  const words = (query.q ?? "")
    .replace(/\p{Cc}/gu, " ")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, 8);
  const where = Prisma.join(
    [
      Prisma.sql`kind = ${kind}`,
      state === "open" ? Prisma.sql`closed_at is null` : Prisma.sql`closed_at is not null`,
      ...(place === undefined ? [] : [Prisma.sql`place = ${place}`]),
      ...(after === null ? [] : [Prisma.sql`(name, id) > (${after.name}, ${after.id}::uuid)`]),
      ...words.map((word) => Prisma.sql`search like ${patternOf(word)}`),
    ],
    " and ",
  );
  if (words.length > 0) {
    const rows = await db.$queryRaw<{ id: string; total: number }[]>`
      with found as materialized (
        select id, name from register_object
        where grams @> ${words.flatMap(gramsToFind)}::text[] and ${where} limit ${sortedMax + 1}
      )
      select id, (count(*) over ())::int as total from found order by name, id limit ${limit}`;
    if ((rows[0]?.total ?? 0) <= sortedMax) return rows.map(({ id }) => id);
  }
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id from register_object where ${where} order by name, id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Open objects of each kind, each counted up to a thousand. */
export async function countObjects(db: Database): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ kind: string; count: number }[]>`
    select k.kind, n.count::int as count from unnest(array['shop', 'vehicle', 'permit']) as k(kind)
    cross join lateral (
      -- in the order of the index: unordered, a kind that is nearly empty would be looked for in the whole table
      select count(*) from (
        select 1 from register_object o where o.kind = k.kind and o.closed_at is null order by o.name, o.id limit ${countMax}
      ) c
    ) n(count)`;
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}
