import type { DatabaseOrTransaction } from "@mingcha/infra/db";

/** Names of people by their id; ids that are missing are left out. */
export async function namesOf(
  db: DatabaseOrTransaction,
  ids: readonly (string | null | undefined)[],
): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null && id !== undefined))];
  if (known.length === 0) return new Map();
  const people = await db.person.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  return new Map(people.map(({ id, name }) => [id, name]));
}
