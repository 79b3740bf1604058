import { recusalBinds } from "@mingcha/models";
import { type RecusalView, recusalSchema } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { type LoadedRecusal, recusalRow } from "./load-recusals.ts";

/** Recusals as pages see them, with the names of whoever entered and decided them. */
export async function viewRecusals(
  { db }: Pick<Deps, "db">,
  rows: readonly LoadedRecusal[],
  person: SignedIn,
): Promise<RecusalView[]> {
  const ids = rows.flatMap((row) => [row.createdBy, ...row.decisions.map(({ decidedBy }) => decidedBy)]);
  const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map((row) =>
    recusalSchema.parse({
      id: row.id,
      person: row.person,
      clueId: row.clueId,
      place: row.place ?? row.clue?.place ?? "",
      kind: row.kind,
      reasonCode: row.reasonCode,
      note: row.note,
      createdBy: nameOf.get(row.createdBy) ?? row.createdBy,
      createdAt: row.createdAt.toISOString(),
      binds: recusalBinds(recusalRow(row)),
      decisions: row.decisions.map(({ result, note, decidedBy, decidedAt }) => ({
        result,
        note,
        by: nameOf.get(decidedBy) ?? decidedBy,
        at: decidedAt.toISOString(),
      })),
      mayDecide: person.duties.includes("head") && row.personId !== person.id,
    }),
  );
}
