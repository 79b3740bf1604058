import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, IntakeModel } from "@mingcha/infra/db";
import { type IntakeDeps, machine } from "./intake-deps.ts";
import type { IntakeRefusal } from "./refusal.ts";

/** Sets a file aside with its reason. Its bytes are kept; the files behind it go on. */
export async function refuseFile(
  { db, log }: Pick<IntakeDeps, "db" | "log">,
  intake: IntakeModel,
  refusal: IntakeRefusal,
): Promise<void> {
  await db.$transaction((transaction) => markRefused(transaction, intake.id, refusal));
  log.warn({ intakeId: intake.id, reasonCode: refusal.code }, "file refused");
}

/** The new state and its custody entry, inside the caller's transaction; nothing where the file was decided before. */
export async function markRefused(
  transaction: DatabaseOrTransaction,
  intakeId: string,
  refusal: IntakeRefusal,
): Promise<void> {
  const where = { id: intakeId, state: "WAITING" } as const;
  const intake = await transaction.intake.findFirst({ where });
  const data = { state: "QUARANTINED", reasonCode: refusal.code, reasonZh: refusal.zh, reasonEn: refusal.en } as const;
  const taken = await transaction.intake.updateMany({ where, data });
  if (taken.count === 0 || !intake) return;
  await appendCustody(transaction, {
    action: "intake.refused",
    subject: `intake:${intake.id}`,
    actor: machine,
    detail: { via: intake.via, reasonCode: refusal.code, sizeBytes: Number(intake.sizeBytes) },
  });
}
