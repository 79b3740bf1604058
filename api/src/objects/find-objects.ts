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

/**
 * Ids of one page by name. A search meets the index of characters and pairs first; the words themselves are then looked for in what is left.
 * `limit nothing` on the inner query keeps the two steps apart, so that a rare text is never looked for row by row in the order of names.
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
  const closed = state === "open" ? Prisma.sql`closed_at is null` : Prisma.sql`closed_at is not null`;
  const beyond = after === null ? Prisma.empty : Prisma.sql`and (name, id) > (${after.name}, ${after.id}::uuid)`;
  const atPlace = place === undefined ? Prisma.empty : Prisma.sql`and place = ${place}`;
  const grams = words.flatMap(gramsToFind);
  const rows =
    words.length === 0
      ? await db.$queryRaw<{ id: string }[]>`
          select id from register_object where kind = ${kind} and ${closed} ${atPlace} ${beyond}
          order by name, id limit ${limit}`
      : await db.$queryRaw<{ id: string }[]>`
          with found as materialized (
            select id, name from register_object
            where grams @> ${grams}::text[] and kind = ${kind} and ${closed} ${atPlace} ${beyond}
              ${Prisma.join(
                words.map((word) => Prisma.sql`and search like ${patternOf(word)}`),
                " ",
              )}
          )
          select id from found order by name, id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Open objects of each kind, each counted up to a thousand. */
export async function countObjects(db: Database): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ kind: string; count: number }[]>`
    select k.kind, n.count::int as count from unnest(array['shop', 'vehicle', 'permit']) as k(kind)
    cross join lateral (
      select count(*) from (select 1 from register_object o where o.kind = k.kind and o.closed_at is null limit ${countMax}) c
    ) n(count)`;
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}
