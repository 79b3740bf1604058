import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { isSameAct } from "@mingcha/models/clue";
import { dueDate, localDay } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import type { Deps } from "../deps.ts";
import { openStates } from "./collect-facts.ts";

const machine = { kind: "machine", id: "api", name: "api" } as const;

/**
 * Gives every flag its clue (RECEIVED → PRESCREEN or TECH_REVIEW, or MERGED into the clue of the same act, guard G-05),
 * and lets clues that nobody reviewed yet follow their flag's times. Safe to run at any moment and in several processes:
 * the flag's id is unique in `clue`.
 */
export async function openClues(deps: Deps): Promise<number> {
  const { db, profile } = deps;
  const flags = await db.flag.findMany({
    where: { clue: null },
    orderBy: { from: "asc" },
    take: 200,
    include: { source: true },
  });
  for (const flag of flags) {
    const motion = findViolation(flag.violation)?.motion ?? "stands";
    const siblings = await db.clue.findMany({
      where: { violation: flag.violation, place: flag.place, state: { in: openStates }, mergedIntoId: null },
    });
    const seen = { violation: flag.violation, place: flag.place, fromMs: flag.from.getTime(), toMs: flag.to.getTime() };
    const same = siblings.find((row) =>
      isSameAct(
        { violation: row.violation, place: row.place, fromMs: row.from.getTime(), toMs: row.to.getTime() },
        seen,
        motion,
      ),
    );
    const captured = localDay(flag.to, flag.source.timezone);
    const due = dueDate(profile, captured, profile.review.dueWorkingDays, "working_day").day;
    const state = same ? "MERGED" : profile.review.prescreen ? "PRESCREEN" : "TECH_REVIEW";
    try {
      await db.$transaction(async (tx) => {
        const clue = await tx.clue.create({
          data: {
            flagId: flag.id,
            state,
            violation: flag.violation,
            sourceId: flag.sourceId,
            place: flag.place,
            from: flag.from,
            to: flag.to,
            mergedIntoId: same?.id ?? null,
            dueAt: new Date(`${due}T15:59:59Z`),
          },
        });
        await appendCustody(tx, {
          action: "clue.opened",
          subject: `clue:${clue.id}`,
          actor: machine,
          detail: { flagId: flag.id, state, mergedInto: same?.id ?? null },
        });
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  // Before a person has judged it, a clue shows the act as far as it is known; afterwards what was judged stays.
  await db.$executeRaw`
    update clue set from_at = f.from_at, to_at = f.to_at, updated_at = now()
    from flag f where f.id = clue.flag_id and clue.state in ('PRESCREEN', 'TECH_REVIEW') and (clue.from_at <> f.from_at or clue.to_at <> f.to_at)`;
  return flags.length;
}
