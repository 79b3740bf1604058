import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { suppressionDuties } from "@mingcha/models/suppression";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";

/** Ends a suppression at once; the reason stands in the custody log. Throws NOT_FOUND, or SUPPRESSION_ENDED where nothing is in force. */
export async function revokeSuppression(deps: Deps, id: string, reason: string, person: SignedIn): Promise<void> {
  const now = deps.now();
  await deps.db.$transaction(async (tx) => {
    const row = await tx.suppression.findUnique({ where: { id }, select: { sourceId: true } });
    if (row === null) throw new AppError("NOT_FOUND", {}, { detail: `suppression ${id}` });
    const { sourceId } = row;
    await assertSourceDistrict(tx, { profile: deps.profile, sourceId, person, needs: [suppressionDuties.revoke] });
    const revoked = await tx.suppression.updateMany({
      where: { id, revokedAt: null, validUntil: { gt: now } },
      data: { revokedAt: now, revokedBy: person.id },
    });
    if (revoked.count !== 1) throw new AppError("SUPPRESSION_ENDED");
    await appendCustody(tx, {
      action: "suppression.revoked",
      subject: `suppression:${id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { reason, suppressedActs: await tx.suppressedAct.count({ where: { suppressionId: id } }) },
    });
  });
}
