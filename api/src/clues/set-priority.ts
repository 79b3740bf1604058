import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { clueStates, priorityDuties, priorityOf, queueAtOf } from "@mingcha/models/clue";
import type { cluePriorityBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import { assertDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertNotRecused } from "../recusals/assert-not-recused.ts";
import { type LoadedClue, loadClue } from "./load-clue.ts";

interface Ranked {
  readonly violation: string;
  readonly round: number;
  readonly dueAt: Date;
  readonly sourceKind: string;
}

/** The columns by which queues sort, as the facts of a record have them. */
export function rankByFacts({ violation, round, dueAt, sourceKind }: Ranked) {
  const { level, reason } = priorityOf({ violation, sourceKind, returned: round > 1 });
  return {
    priority: level,
    priorityReason: reason,
    priorityNote: null,
    priorityBy: null,
    queueAt: queueAtOf(level, dueAt),
  };
}

/**
 * Puts a record before or behind the others of its queue, or gives it back to its facts. It decides nothing about the record, so its version
 * stays: whoever is reviewing it loses nothing.
 */
export async function setPriority(
  deps: Deps,
  id: string,
  body: z.output<typeof cluePriorityBodySchema>,
  person: SignedIn,
): Promise<void> {
  const clue = await loadClue(deps.db, id);
  await assertMaySet(deps, clue, person);
  if (clue.version !== body.version || clue.priority !== body.was) throw new AppError("STALE");
  if (!clueStates[clue.state].open)
    throw new AppError("NO_SUCH_STEP", { state: clueStates[clue.state].zh, stateEn: clueStates[clue.state].en });
  const note = body.note?.trim() || null;
  if (body.level !== null && body.reasonCode === undefined)
    throw new AppError("BAD_INPUT", { reason: "须选择调整理由 / a change of priority needs a reason" });
  if (body.reasonCode === "other" && note === null)
    throw new AppError("BAD_INPUT", { reason: "选择“其他”须说明 / say what the other reason is" });
  const rank =
    body.level === null || body.reasonCode === undefined
      ? rankByFacts({ ...clue, sourceKind: clue.flag.source.kind })
      : {
          priority: body.level,
          priorityReason: body.reasonCode,
          priorityNote: note,
          priorityBy: person.id,
          queueAt: queueAtOf(body.level, clue.dueAt),
        };
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.clue.updateMany({
      where: { id, version: body.version, state: clue.state, priority: body.was, priorityReason: clue.priorityReason },
      data: rank,
    });
    if (count !== 1) throw new AppError("STALE");
    await appendCustody(tx, {
      action: "clue.ranked",
      subject: `clue:${id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: {
        from: body.was,
        to: rank.priority,
        reasonCode: rank.priorityReason,
        ...(note === null ? {} : { noted: true }),
      },
    });
  });
}

async function assertMaySet({ db, profile }: Deps, clue: LoadedClue, person: SignedIn): Promise<void> {
  await assertDistrict(db, { profile, district: clue.flag.source.district, person, needs: [priorityDuties] });
  await assertNotRecused(db, clue, person.id);
}
