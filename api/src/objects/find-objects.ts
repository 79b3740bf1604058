import { type Database, Prisma } from "@mingcha/infra/db";
import { gramsToFind, type ObjectKind, objectKindCodes } from "@mingcha/models/objects";

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

/** As far as a search goes through objects in their order; a text so common that these fill a page needs no index. */
const walkMax = 3_000;

/**
 * Ids of one page by name. A search first walks a little way in the order of names; where that does not fill the page, the index of characters
 * and pairs finds every object that may contain the text, and the words themselves are looked for in these.
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
  const listed = Prisma.join(
    [
      Prisma.sql`kind = ${kind}`,
      state === "open" ? Prisma.sql`closed_at is null` : Prisma.sql`closed_at is not null`,
      ...(place === undefined ? [] : [Prisma.sql`place = ${place}`]),
      ...(after === null ? [] : [Prisma.sql`(name, id) > (${after.name}, ${after.id}::uuid)`]),
    ],
    " and ",
  );
  const idsOf = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);
  if (words.length === 0)
    return idsOf(await db.$queryRaw`select id from register_object where ${listed} order by name, id limit ${limit}`);

  const contains = Prisma.join(
    words.map((word) => Prisma.sql`search like ${patternOf(word)}`),
    " and ",
  );
  const near = idsOf(
    await db.$queryRaw`
      select id from (
        select id, name, search from register_object where ${listed} order by name, id limit ${walkMax}
      ) w where ${contains} order by name, id limit ${limit}`,
  );
  if (near.length === limit) return near;
  return idsOf(
    await db.$queryRaw`
      with found as materialized (
        select id, name from register_object
        where grams @> ${words.flatMap(gramsToFind)}::text[] and ${listed} and ${contains}
      )
      select id from found order by name, id limit ${limit}`,
  );
}

/** Open objects of each kind, each counted up to a thousand. */
export async function countObjects(db: Database): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ kind: string; count: number }[]>`
    select k.kind, n.count::int as count from unnest(${[...objectKindCodes]}::text[]) as k(kind)
    cross join lateral (
      -- in the order of the index: unordered, a kind that is nearly empty would be looked for in the whole table
      select count(*) from (
        select 1 from register_object o where o.kind = k.kind and o.closed_at is null order by o.name, o.id limit ${countMax}
      ) c
    ) n(count)`;
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}
