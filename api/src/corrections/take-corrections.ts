import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import {
  type AppliedCorrection,
  type ClueTransition,
  type CorrectingReview,
  type CorrectionBody,
  checkCorrections,
} from "@mingcha/models/clue";
import type { LoadedClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import { attributesOf, factsInForce } from "./facts-in-force.ts";
import { looksSpan } from "./looks-span.ts";

/** What came with a step: facts it corrects, or facts it asks a colleague to correct. */
export interface TakenCorrections {
  readonly applied: readonly AppliedCorrection[];
  readonly asked: readonly CorrectionBody[];
  /** The record as it will stand: what guards and policies are asked about. */
  readonly clue: LoadedClue;
}

/** Reviews whose pass may correct, and the step that may ask for it. */
const correcting: Record<string, CorrectingReview | undefined> = {
  tech_pass: "technical",
  legal_pass: "legal",
  merged_pass: "merged",
  legal_send_back: "legal",
};

/**
 * Checks the corrections of a step. A pass makes them. The legal reviewer who finds a technical fact wrong does not pass: whoever answers
 * for that fact must look at it again (APL 41(2) asks for both reviews of *the same* record), so it goes back with what is to be corrected.
 */
export async function takeCorrections(
  deps: Deps,
  clue: LoadedClue,
  event: string,
  corrections: readonly CorrectionBody[],
): Promise<TakenCorrections> {
  if (corrections.length === 0) return { applied: [], asked: [], clue };
  const review = correcting[event];
  if (review === undefined)
    throw new AppError("CORRECTION_REFUSED", {
      zh: "只有审核通过时可以更正，或退回技术审核时提出",
      en: "facts are corrected with a pass, or asked for by sending back to the technical review",
    });
  const asking = event === "legal_send_back";
  const checked = checkCorrections(
    corrections,
    {
      review,
      inForce: factsInForce(clue),
      violations: deps.profile.violations.map(({ code }) => code),
      attributes: attributesOf(clue),
      looks: await looksSpan(deps.db, clue),
    },
    { asking },
  );
  if (checked.kind === "refused") throw new AppError("CORRECTION_REFUSED", { zh: checked.zh, en: checked.en });
  if (asking)
    return {
      applied: [],
      asked: checked.applied.map(({ field, value, reasonCode, note }) => ({ field, value, reasonCode, note })),
      clue,
    };
  return { applied: checked.applied, asked: [], clue: { ...clue, ...columnsOf(checked.applied) } };
}

/** Guards a pass must hold besides its own: another violation has another policy, which device and pictures were not held against yet. */
export function guardsWith(transition: ClueTransition, { applied }: TakenCorrections): ClueTransition {
  if (!applied.some(({ field }) => field === "violation")) return transition;
  return { ...transition, guards: [...new Set([...transition.guards, "G-02", "G-03", "G-04"] as const)] };
}

/** The clue's own columns that corrections change: what lists, filters and cases read. */
export function columnsOf(applied: readonly AppliedCorrection[]) {
  const value = (field: string) => applied.find((item) => item.field === field)?.value;
  const [violation, place, from, to] = ["violation", "place", "from", "to"].map(value);
  return {
    ...(violation === undefined ? {} : { violation }),
    ...(place === undefined ? {} : { place }),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
  };
}

/** Keeps what a passed review corrected, before the clue's own columns follow. */
export async function writeCorrections(
  tx: DatabaseOrTransaction,
  deps: Deps,
  review: { id: string; clueId: string; round: number; reviewerId: string },
  applied: readonly AppliedCorrection[],
): Promise<void> {
  if (applied.length === 0) return;
  const createdAt = deps.now();
  await tx.correction.createMany({
    data: applied.map(({ field, oldValue, value, reasonCode, note }) => ({
      clueId: review.clueId,
      reviewId: review.id,
      round: review.round,
      field,
      oldValue,
      newValue: value,
      reasonCode,
      note,
      personId: review.reviewerId,
      createdAt,
    })),
  });
}
