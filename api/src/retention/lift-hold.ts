import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, LegalHoldModel } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { retentionDuties } from "@mingcha/models/retention";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";

/** The first of two: says why a hold is not needed any more. It stays in force until another person confirms. */
export async function proposeLift(
  deps: Deps,
  id: string,
  { version, reason }: { version: number; reason: string },
  person: SignedIn,
): Promise<void> {
  assertStepUp(deps, person);
  await deps.db.$transaction(async (tx) => {
    const hold = await loadHold(tx, deps, id, person);
    const { count } = await tx.legalHold.updateMany({
      where: { id, version, liftedAt: null, liftProposedAt: null },
      data: { liftProposedBy: person.id, liftProposedAt: deps.now(), liftReason: reason, version: { increment: 1 } },
    });
    if (count !== 1) throw new AppError("STALE");
    await tell(tx, "hold.lift_proposed", hold, person, { reason });
  });
}

/** The second: lifts it, or keeps it and takes the proposal off. Throws HOLD_SAME_PERSON for the one who proposed it. */
export async function decideLift(
  deps: Deps,
  id: string,
  { version, confirm }: { version: number; confirm: boolean },
  person: SignedIn,
): Promise<void> {
  assertStepUp(deps, person);
  const now = deps.now();
  await deps.db.$transaction(async (tx) => {
    const hold = await loadHold(tx, deps, id, person);
    if (hold.version !== version || hold.liftProposedBy === null) throw new AppError("STALE");
    if (confirm && hold.liftProposedBy === person.id) throw new AppError("HOLD_SAME_PERSON");
    const { count } = await tx.legalHold.updateMany({
      where: { id, version, liftedAt: null, liftProposedBy: { not: null } },
      data: {
        version: { increment: 1 },
        ...(confirm
          ? { liftedBy: person.id, liftedAt: now }
          : { liftProposedBy: null, liftProposedAt: null, liftReason: null }),
      },
    });
    if (count !== 1) throw new AppError("STALE");
    await tell(tx, confirm ? "hold.lifted" : "hold.kept", hold, person, { proposedBy: hold.liftProposedBy });
  });
}

async function loadHold(tx: DatabaseOrTransaction, deps: Deps, id: string, person: SignedIn): Promise<LegalHoldModel> {
  const hold = await tx.legalHold.findUnique({ where: { id } });
  if (hold === null) throw new AppError("NOT_FOUND", {}, { detail: `legal hold ${id}` });
  const { sourceId } = hold;
  await assertSourceDistrict(tx, { profile: deps.profile, sourceId, person, needs: [retentionDuties.hold] });
  return hold;
}

const tell = (
  tx: DatabaseOrTransaction,
  action: "hold.lift_proposed" | "hold.lifted" | "hold.kept",
  { id, sourceId, clueId }: LegalHoldModel,
  person: SignedIn,
  detail: Record<string, unknown>,
) =>
  appendCustody(tx, {
    action,
    subject: `hold:${id}`,
    actor: { kind: "person", id: person.id, name: person.name },
    detail: { sourceId, clueId, ...detail },
  });
