import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { RecusalDecisionBody } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";

/**
 * The head's decision on a recusal (APL 43(3)): approved, it binds; refused, it does not, or no longer. Nobody decides on the own one.
 * @throws NOT_FOUND, OWN_RECUSAL, STALE, RECUSAL_DECIDED, STEP_UP_NEEDED
 */
export async function decideRecusal(
  deps: Deps,
  id: string,
  { result, note, decided }: RecusalDecisionBody,
  person: SignedIn,
): Promise<void> {
  const recusal = await deps.db.recusal.findUnique({
    where: { id },
    include: { decisions: { orderBy: { ordinal: "asc" } } },
  });
  if (recusal === null) throw new AppError("NOT_FOUND", {}, { detail: `recusal ${id}` });
  if (recusal.personId === person.id) throw new AppError("OWN_RECUSAL");
  if (recusal.decisions.length !== decided) throw new AppError("STALE");
  if (recusal.decisions.at(-1)?.result === result) throw new AppError("RECUSAL_DECIDED");
  if (result === "refused" && !note) throw new AppError("BAD_INPUT", { reason: "须填写说明 / a note is needed" });
  assertStepUp(deps, person);
  try {
    await deps.db.$transaction(async (tx) => {
      await tx.recusalDecision.create({
        data: { recusalId: id, ordinal: decided + 1, result, note: note || null, decidedBy: person.id },
      });
      await appendCustody(tx, {
        action: `recusal.${result}`,
        subject: recusal.clueId === null ? `person:${recusal.personId}` : `clue:${recusal.clueId}`,
        actor: { kind: "person", id: person.id, name: person.name },
        detail: { recusalId: id, personId: recusal.personId, ordinal: decided + 1 },
      });
    });
  } catch (error) {
    if (isDuplicate(error)) throw new AppError("STALE");
    throw error;
  }
}
