import type { Duty } from "../people/duties.ts";

/** Share of intervals that hold the true value when the same is measured again and again. */
export const confidence = 0.95;
/** Normal quantile of 0.975. */
export const z975 = 1.959963984540054;

/**
 * Who may do what. Figures are of the bureau, cameras and rules; nobody is told a figure of another person (APL 74(3), domain 0.3 no. 15).
 * Looks are judged by technical reviewers; what they found missed is a hint to the monitoring staff.
 */
export const statisticsDuties = {
  read: ["monitor", "technical_reviewer", "legal_reviewer", "head", "auditor", "administrator"],
  answer: ["technical_reviewer"],
  // who judges looks does not see what others found on them
  hints: ["monitor", "head", "auditor"],
  /** The page of both. */
  samples: ["monitor", "technical_reviewer", "head", "auditor"],
} as const satisfies Record<string, readonly Duty[]>;

/** By what precision is broken down. People are not among them. */
export const precisionGroups = ["camera", "violation", "hour", "model"] as const;
export type PrecisionGroup = (typeof precisionGroups)[number];

/** Longest period of one question, days. */
export const periodDaysMax = 366;

/** Looks drawn longer ago are not asked about any more: public-area recordings are kept for a month (domain 0.3 no. 13). */
export const sampleAskedForDays = 60;
