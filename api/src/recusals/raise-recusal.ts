import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError, type Duty, placeKey, type RecusalKind, recusalBinds, samePlace } from "@mingcha/models";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { recusalRow } from "./load-recusals.ts";

/** Duties whose holders take steps on records, and so may have to stay away from one. */
export const actingDuties: readonly Duty[] = ["monitor", "technical_reviewer", "legal_reviewer", "handler", "head"];

export interface Grounds {
  readonly personId: string;
  readonly about: { readonly clueId: string } | { readonly place: string };
  readonly reasonCode: string;
  readonly note: string;
}

/**
 * Enters a recusal with its custody entry: the own one binds at once and gives a record back that is open; another's for one record waits
 * for the head; a standing one is a fact on record. @throws NOT_FOUND, RECUSAL_STANDS
 */
export async function raiseRecusal(deps: Deps, grounds: Grounds, person: SignedIn): Promise<string> {
  const { personId, about, reasonCode, note } = grounds;
  const clueId = "clueId" in about ? about.clueId : null;
  const place = "place" in about ? about.place : null;
  const kind: RecusalKind = personId === person.id ? "declared" : clueId === null ? "recorded" : "requested";
  return deps.db.$transaction(async (tx) => {
    // one at a time for one person: the same recusal is not entered twice
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`recusal:${personId}`}, 0))`;
    const who = await tx.person.findFirst({ where: { id: personId, duties: { hasSome: [...actingDuties] } } });
    if (who === null) throw new AppError("NOT_FOUND", {}, { detail: `acting person ${personId}` });
    if (clueId !== null && (await tx.clue.count({ where: { id: clueId } })) === 0)
      throw new AppError("NOT_FOUND", {}, { detail: `clue ${clueId}` });
    if (await stands(tx, grounds)) throw new AppError("RECUSAL_STANDS");
    const { id } = await tx.recusal.create({
      data: { personId, clueId, place, kind, reasonCode, note, createdBy: person.id },
    });
    if (kind === "declared" && clueId !== null)
      await tx.clue.updateMany({
        where: { id: clueId, leasedBy: personId },
        data: { leasedBy: null, leasedUntil: null },
      });
    await appendCustody(tx, {
      action: `recusal.${kind}`,
      subject: clueId === null ? `person:${personId}` : `clue:${clueId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { recusalId: id, personId, reasonCode },
    });
    return id;
  });
}

/** Whether such a recusal binds already, or waits for the head. */
async function stands(tx: DatabaseOrTransaction, { personId, about }: Grounds): Promise<boolean> {
  const rows = await tx.recusal.findMany({
    where: { personId, clueId: "clueId" in about ? about.clueId : null },
    include: { decisions: { orderBy: { ordinal: "asc" } } },
  });
  return rows.some(
    (row) =>
      (recusalBinds(recusalRow(row)) || row.decisions.length === 0) &&
      ("clueId" in about || (row.place !== null && samePlace(row.place, about.place))),
  );
}

/** A place that has a name at all. */
export function assertPlace(place: string): void {
  if (placeKey(place).length < 2) throw new AppError("BAD_INPUT", { reason: "须写明地点 / the place must be named" });
}
