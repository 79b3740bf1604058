import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { loadClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertMayMatch } from "./assert-may-match.ts";

/** Takes back a match with a reason; it stays to be seen. A case that was opened with it keeps what it was given: its handlers correct it. */
export async function withdrawMatch(
  deps: Deps,
  { clueId, matchId, reason }: { clueId: string; matchId: string; reason: string },
  person: SignedIn,
): Promise<void> {
  await assertMayMatch(deps, await loadClue(deps.db, clueId), person);
  await deps.db.$transaction(async (tx) => {
    const match = await tx.objectMatch.findFirst({ where: { id: matchId, clueId } });
    if (match === null) throw new AppError("NOT_FOUND", {}, { detail: `match ${matchId}` });
    const done = await tx.objectMatch.updateMany({
      where: { id: matchId, withdrawnAt: null },
      data: { withdrawnAt: deps.now(), withdrawnBy: person.id, withdrawnReason: reason },
    });
    if (done.count !== 1) throw new AppError("STALE");
    await appendCustody(tx, {
      action: "clue.object_withdrawn",
      subject: `clue:${clueId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { matchId, objectId: match.objectId },
    });
  });
}
