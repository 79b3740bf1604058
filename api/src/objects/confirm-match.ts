import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { loadClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertMayMatch } from "./assert-may-match.ts";
import { findCandidates } from "./candidates.ts";

/**
 * Writes down that a person finds this object in a record, as the object was shown to them. No process calls this: the row itself needs a
 * person (guard G-30).
 */
export async function confirmMatch(
  deps: Deps,
  clueId: string,
  { objectId, version }: { objectId: string; version: number },
  person: SignedIn,
): Promise<{ id: string }> {
  const clue = await loadClue(deps.db, clueId);
  if (clue.state === "MERGED")
    throw new AppError("BAD_INPUT", {
      reason: "该记录已并入另一记录，请在那里确认 / this record was joined to another; confirm it there",
    });
  await assertMayMatch(deps, clue, person);
  const candidate = (await findCandidates(deps.db, clue)).find(({ row }) => row.id === objectId);
  const reasons = candidate?.reasons.map(({ code }) => code) ?? [];
  try {
    return await deps.db.$transaction(async (tx) => {
      // held until the match is in: a change of the object comes before or after it
      await tx.$queryRaw`select 1 from register_object where id = ${objectId}::uuid for share`;
      const object = await tx.registerObject.findUnique({ where: { id: objectId } });
      if (object === null || (object.kind !== "shop" && object.kind !== "vehicle"))
        throw new AppError("NOT_FOUND", {}, { detail: `object ${objectId}` });
      if (object.closedAt !== null) throw new AppError("OBJECT_CLOSED");
      if (object.version !== version) throw new AppError("STALE");
      const standing = await tx.objectMatch.findFirst({
        where: { clueId, withdrawnAt: null },
        include: { object: { select: { name: true } }, confirmer: { select: { name: true } } },
      });
      if (standing !== null)
        throw new AppError("MATCH_STANDS", { who: standing.confirmer.name, name: standing.object.name });
      const match = await tx.objectMatch.create({
        data: { clueId, objectId, objectVersion: version, reasons, confirmedBy: person.id, confirmedAt: deps.now() },
      });
      await appendCustody(tx, {
        action: "clue.object_confirmed",
        subject: `clue:${clueId}`,
        actor: { kind: "person", id: person.id, name: person.name },
        detail: { matchId: match.id, objectId, objectKind: object.kind, objectVersion: version, reasons },
      });
      return { id: match.id };
    });
  } catch (error) {
    // two people at once: the index let one through
    if (isDuplicate(error)) throw new AppError("STALE");
    throw error;
  }
}
