import type { ClueState } from "../clue/states.ts";

/** What people have made of a machine's flag so far. */
export const outcomes = {
  accepted: { zh: "审核通过", en: "Accepted" },
  rejected: { zh: "审核未通过", en: "Rejected" },
  discarded: { zh: "作噪声剔除", en: "Discarded as noise" },
  not_found: { zh: "现场未发现", en: "Not found on site" },
  erased: { zh: "消除", en: "Erased" },
  transferred: { zh: "移送其他机关", en: "Transferred to another authority" },
  undecided: { zh: "尚未决定", en: "Undecided" },
  merged: { zh: "并入同一行为", en: "Merged into the same act" },
} as const;
export type Outcome = keyof typeof outcomes;
export const outcomeCodes = Object.keys(outcomes) as Outcome[];

/**
 * The outcome of every state. What was discarded, not found or erased later counts against the machine like a rejection, so none of them is a
 * way to a better figure; a record that went back to review is undecided again.
 */
export const outcomeOf: Readonly<Record<ClueState, Outcome>> = {
  PRESCREEN: "undecided",
  TECH_REVIEW: "undecided",
  LEGAL_REVIEW: "undecided",
  ON_SITE_CHECK: "undecided",
  ADMISSIBLE: "accepted",
  VERIFIED: "accepted",
  DISSUADED: "accepted",
  CLOSE_PROPOSED: "accepted",
  READY_TO_FILE: "accepted",
  FILED: "accepted",
  CLOSED_NO_PENALTY: "accepted",
  REJECTED: "rejected",
  DISCARDED: "discarded",
  CLOSED_NOT_FOUND: "not_found",
  ERASED: "erased",
  TRANSFERRED: "transferred",
  MERGED: "merged",
};

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

/** Counts per state → counts per outcome. */
export function countOutcomes(perState: Iterable<readonly [ClueState, number]>): OutcomeCounts {
  const counts: Record<Outcome, number> = {
    accepted: 0,
    rejected: 0,
    discarded: 0,
    not_found: 0,
    erased: 0,
    transferred: 0,
    undecided: 0,
    merged: 0,
  };
  for (const [state, count] of perState) counts[outcomeOf[state]] += count;
  return counts;
}
