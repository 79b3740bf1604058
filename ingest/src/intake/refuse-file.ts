import { appendCustody } from "@mingcha/infra/custody";
import type { IntakeModel } from "@mingcha/infra/db";
import { type IntakeDeps, machine } from "./intake-deps.ts";
import type { IntakeRefusal } from "./refusal.ts";

/** Sets a file aside with its reason. Its bytes are kept; the files behind it go on. */
export async function refuseFile(
  { db, log }: Pick<IntakeDeps, "db" | "log">,
  intake: IntakeModel,
  refusal: IntakeRefusal,
): Promise<void> {
  await db.$transaction(async (transaction) => {
    const taken = await transaction.intake.updateMany({
      where: { id: intake.id, state: "WAITING" },
      data: { state: "QUARANTINED", reasonCode: refusal.code, reasonZh: refusal.zh, reasonEn: refusal.en },
    });
    if (taken.count === 0) return;
    await appendCustody(transaction, {
      action: "intake.refused",
      subject: `intake:${intake.id}`,
      actor: machine,
      detail: { via: intake.via, reasonCode: refusal.code, sizeBytes: Number(intake.sizeBytes) },
    });
  });
  log.warn({ intakeId: intake.id, reasonCode: refusal.code }, "file refused");
}
