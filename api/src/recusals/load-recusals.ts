import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { isRecused, type RecusalRow } from "@mingcha/models";

/** A recusal with its decisions, the newest last. */
export const recusalInclude = {
  person: { select: { id: true, name: true } },
  clue: { select: { place: true } },
  decisions: { orderBy: { ordinal: "asc" } },
} as const satisfies Prisma.RecusalInclude;
export type LoadedRecusal = Prisma.RecusalGetPayload<{ include: typeof recusalInclude }>;

type Stored = Pick<LoadedRecusal, "personId" | "clueId" | "place" | "kind"> & {
  readonly decisions: readonly { readonly result: string }[];
};

/** A stored recusal as the rules of models/people look at it; `decisions` oldest first. */
export function recusalRow({ personId, clueId, place, kind, decisions }: Stored): RecusalRow {
  const decision = decisions.at(-1)?.result;
  return {
    personId,
    clueId,
    place,
    kind: kind as RecusalRow["kind"],
    decision: decision === "approved" || decision === "refused" ? decision : null,
  };
}

/** Recusals from one record, as a loaded record carries them. */
export function loadRecusals(db: DatabaseOrTransaction, clueId: string) {
  return db.recusal.findMany({ where: { clueId }, include: { decisions: { orderBy: { ordinal: "asc" } } } });
}

/** Standing recusals: of everybody, or of one person. There are few of them; places are compared by the rules. */
export async function loadStanding(db: DatabaseOrTransaction, personId?: string): Promise<RecusalRow[]> {
  const rows = await db.recusal.findMany({
    where: { clueId: null, ...(personId === undefined ? {} : { personId }) },
    include: { decisions: { orderBy: { ordinal: "asc" } } },
  });
  return rows.map(recusalRow);
}

interface Placed {
  readonly id: string;
  readonly place: string;
  readonly flag: { readonly place: string };
  readonly corrections: readonly {
    readonly field: string;
    readonly oldValue: string | null;
    readonly newValue: string;
  }[];
}

/** Whether a person is recused from a record under any name that its place has had: a correction of the place lifts nobody's recusal. */
export function isRecusedFrom(recusals: readonly RecusalRow[], personId: string, clue: Placed): boolean {
  const corrected = clue.corrections.flatMap(({ field, oldValue, newValue }) =>
    field === "place" ? [oldValue ?? newValue, newValue] : [],
  );
  const places = new Set([clue.place, clue.flag.place, ...corrected]);
  return [...places].some((place) => isRecused(recusals, personId, { id: clue.id, place }));
}
