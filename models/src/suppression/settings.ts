import type { RejectReason } from "../clue/checklists.ts";
import type { noiseReasons } from "../clue/reasons.ts";
import type { Duty } from "../people/duties.ts";

/**
 * House choices, no law: how often a look must have been rejected before it is offered, how alike boxes must be, and how long a
 * suppression may last. Three is the smallest number that one bad day does not reach; 90 days is a season, after which signs,
 * plants and shadows have changed and a person should look again.
 */
export const suppressionSettings = {
  /** Rejections that make an offer. */
  minRejected: 3,
  /** Intersection over union from which two boxes are the same look. */
  alikeIou: 0.5,
  /** A box cut by a passer-by is still the same look where this share of it lies inside … */
  insideShare: 0.8,
  /** … and it is not smaller than the other by more than this factor: a small thing in front of a suppressed large one is another thing. */
  areaRatioMax: 2.5,
  /** Only rejections of clues opened in the last so many days count. */
  lookBackDays: 90,
  /** Newest rejections of one rule at one source that are compared with one another. */
  flagsMax: 200,
  proposedDays: 30,
  longestDays: 90,
} as const;
export type SuppressionSettings = { readonly [K in keyof typeof suppressionSettings]: number };

/**
 * Reasons of a rejection that say "the machine was wrong". The others say something about the day, the device or the law (cleaning,
 * a permit, a clock, another authority): the machine saw rightly, and the same place may hold a violation tomorrow.
 */
export const machineWrongReasons: readonly (RejectReason | keyof typeof noiseReasons)[] = ["wrong_object", "light"];

/**
 * Who may do what. Not pursuing what a machine sees is a decision of the authority, so its head takes it; the auditor approves nothing,
 * because the auditor inspects it afterwards, but may end one, which only restores the watch. No machine holds a duty (guard G-30).
 */
export const suppressionDuties = {
  read: ["monitor", "technical_reviewer", "legal_reviewer", "head", "auditor"],
  approve: ["head"],
  revoke: ["head", "auditor"],
} as const satisfies Record<string, readonly Duty[]>;
