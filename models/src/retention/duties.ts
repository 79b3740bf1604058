import type { Duty } from "../people/duties.ts";

/** Who may do what about keeping and deleting. Nobody deletes: terms do. */
export const retentionDuties = {
  read: ["head", "auditor", "administrator"],
  /** Setting a hold protects and counts at once; lifting one needs a second person of these. */
  hold: ["head", "auditor"],
} as const satisfies Record<string, readonly Duty[]>;

/** Longest term of a legal hold, days (house rule): whoever needs it longer sets another. */
export const legalHoldDaysMax = 1_095;
/** Longest stretch of recordings that one hold covers, days. */
export const legalHoldSpanDaysMax = 366;
