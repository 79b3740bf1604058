import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { PictureFault } from "@mingcha/models/clue";
import { onSiteFindingsSchema } from "@mingcha/models/on-site";
import { dueDate, localDay } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import type { LoadedClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import { prefillParty } from "../objects/prefill-party.ts";
import { signedCheckOf } from "./on-site-facts.ts";

/**
 * Opens the case of an accepted record, inside the transaction that files it (READY_TO_FILE → FILED). The case begins in
 * FILING_REVIEW: the head still has to approve the filing. Due dates come from the bureau's timers. `leftOut`: why the case stands on the
 * on-site check alone; its act is then what the officers saw, when they saw it.
 */
export async function openCase(
  tx: DatabaseOrTransaction,
  deps: Deps,
  clue: LoadedClue,
  { handlerIds, leftOut }: { handlerIds: readonly string[]; leftOut: PictureFault | null },
): Promise<string> {
  const { profile } = deps;
  const act = leftOut === null ? clue : await actSeenAtPlace(tx, clue);
  const filedAt = deps.now();
  const violation = findViolation(clue.violation);
  const startOf = { captured: clue.to, flagged: clue.flag.createdAt, filed: filedAt };
  const dueDates = profile.timers.map((timer) => {
    const due = dueDate(profile, localDay(startOf[timer.from], profile.timezone), timer.days, timer.unit);
    return {
      id: timer.id,
      title: timer.title,
      dueOn: due.day,
      unit: timer.unit,
      basis: due.certain ? timer.basis : `${timer.basis}（工作日历未核实）`,
      verified: timer.verified && due.certain,
    };
  });
  const opened = await tx.case.create({
    data: {
      clueId: clue.id,
      cause: `涉嫌${violation?.title.zh ?? clue.violation}`,
      violation: clue.violation,
      place: clue.place,
      from: act.from,
      to: act.to,
      leftOut,
      filedAt,
      dueDates,
      handlers: { create: handlerIds.map((personId, index) => ({ personId, ordinal: index + 1 })) },
    },
  });
  await prefillParty(tx, { caseId: opened.id, clueId: clue.id, at: filedAt });
  return opened.id;
}

/** When two officers saw the act: the arrival they signed. */
async function actSeenAtPlace(tx: DatabaseOrTransaction, clue: LoadedClue): Promise<{ from: Date; to: Date }> {
  const check = await signedCheckOf(tx, clue);
  const arrivedAt = check === null ? null : onSiteFindingsSchema.parse(check.findings).arrivedAt;
  if (arrivedAt === null) throw new AppError("STALE");
  return { from: new Date(arrivedAt), to: new Date(arrivedAt) };
}
