import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { type ClueEvent, isWaiting } from "@mingcha/models/clue";
import type { LoadedClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { draw } from "./draw.ts";
import { fallBackIfDue, findFallback, lockMerged } from "./fall-back.ts";
import { lookOf, rowOf } from "./look-of.ts";

/** What a step says of a decision that was drawn. */
const said: Partial<Record<ClueEvent, "agree" | "disagree">> = {
  recheck_agree: "agree",
  bring_back: "disagree",
  second_agree: "agree",
  second_disagree: "disagree",
};
/** Steps that take part in a draw. */
const drawnOf: Partial<Record<ClueEvent, "discard" | "merged">> = { discard: "discard", merged_pass: "merged" };

interface Step {
  readonly event: ClueEvent;
  readonly reasonCode: string | null;
  readonly note: string | null;
  readonly mediaSha256: readonly string[];
}

/**
 * The part of sampling in a step, inside its transaction: a discard or a merged review takes part in the draw; a second look is written
 * into the row that waits for it, and too much disagreement makes the violation fall back.
 * @returns what the custody entry of the step says of it.
 */
export async function takePart(
  tx: DatabaseOrTransaction,
  deps: Deps,
  clue: LoadedClue,
  step: Step,
  person: SignedIn,
): Promise<Record<string, unknown>> {
  const kind = drawnOf[step.event];
  if (kind !== undefined) {
    if (kind === "merged") {
      await lockMerged(tx, clue.violation);
      // fell back since the guards looked
      if ((await findFallback(tx, clue.violation)) !== null) throw new AppError("STALE");
    }
    const { id: clueId, round, violation } = clue;
    const drawn = await draw(tx, deps, {
      kind,
      clueId,
      round,
      violation,
      personId: person.id,
      reasonCode: step.reasonCode,
    });
    return { draw: { kind, ...drawn } };
  }
  const result = said[step.event];
  const row = rowOf(clue);
  if (result === undefined || row === null || !isWaiting(lookOf(clue))) return {};
  if (row.kind === "merged") await lockMerged(tx, clue.violation);
  const given = await tx.secondLook.updateMany({
    where: { id: row.id, result: null },
    data: {
      result,
      byId: person.id,
      lookedAt: deps.now(),
      note: step.note,
      mediaSha256: [...step.mediaSha256],
    },
  });
  if (given.count !== 1) throw new AppError("STALE");
  if (row.kind === "merged") await fallBackIfDue(tx, deps, clue.violation);
  return { secondLook: { id: row.id, kind: row.kind, result } };
}
