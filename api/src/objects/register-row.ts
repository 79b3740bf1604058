import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import {
  gramsOf,
  keyOf,
  nameOf,
  type ObjectFact,
  type ObjectKind,
  objectFactSchema,
  placeOf,
  searchOf,
} from "@mingcha/models/objects";

export type ObjectRow = Prisma.RegisterObjectGetPayload<object>;

/** The columns that follow from what an object is. */
export function columnsOf(fact: ObjectFact) {
  const search = searchOf(fact);
  return {
    kind: fact.kind,
    key: keyOf(fact),
    name: nameOf(fact),
    place: placeOf(fact),
    search,
    grams: gramsOf(search),
    document: fact satisfies Prisma.InputJsonObject,
  };
}

export const factOf = (row: { document: unknown }): ObjectFact => objectFactSchema.parse(row.document);

/** One writer at a time to the register of a kind: what was looked up stays true until the transaction ends. */
export async function lockRegister(tx: DatabaseOrTransaction, kind: ObjectKind): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`objects:${kind}`}, 0))`;
}

/** Another open object that this one would be, or undefined: the same key, or a shop's credit code at its place. */
export async function findSame(
  tx: DatabaseOrTransaction,
  fact: ObjectFact,
  exceptId?: string,
): Promise<ObjectRow | undefined> {
  const code = fact.kind === "shop" ? fact.creditCode : null;
  const found = await tx.registerObject.findMany({
    where: {
      kind: fact.kind,
      closedAt: null,
      ...(exceptId === undefined ? {} : { id: { not: exceptId } }),
      OR: [
        { key: keyOf(fact) },
        ...(code === null ? [] : [{ place: placeOf(fact), document: { path: ["creditCode"], equals: code } }]),
      ],
    },
    take: 1,
  });
  return found[0];
}
