import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { dueDate, localDay } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import type { LoadedClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import { prefillParty } from "../objects/prefill-party.ts";

/**
 * Opens the case of an accepted record, inside the transaction that files it (READY_TO_FILE → FILED). The case begins in
 * FILING_REVIEW: the head still has to approve the filing. Due dates come from the bureau's timers.
 */
export async function openCase(
  tx: DatabaseOrTransaction,
  deps: Deps,
  clue: LoadedClue,
  handlerIds: readonly string[],
): Promise<string> {
  const { profile } = deps;
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
      from: clue.from,
      to: clue.to,
      filedAt,
      dueDates,
      handlers: { create: handlerIds.map((personId, index) => ({ personId, ordinal: index + 1 })) },
    },
  });
  await prefillParty(tx, { caseId: opened.id, clueId: clue.id, at: filedAt });
  return opened.id;
}
