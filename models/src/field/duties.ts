import type { Duty } from "../people/duties.ts";

/** Who may do what with field recordings (house choice, as with on-site checks): those who hold the matter, and the centre that takes recordings in. */
export const fieldDuties = {
  read: ["monitor", "technical_reviewer", "legal_reviewer", "handler", "head", "auditor"],
  decide: ["monitor", "handler"],
} as const satisfies Record<string, readonly Duty[]>;
