import type { Duty } from "../people/duties.ts";

/**
 * The clue machine of domain H.4 as data. A *clue* 线索 is a flag or a complaint in the legal workflow.
 * API, buttons and tests read this one table; an arrow that is not here does not exist.
 */
export const clueStates = {
  PRESCREEN: { zh: "待预筛", en: "Pre-screening", open: true },
  TECH_REVIEW: { zh: "待技术审核", en: "Technical review", open: true },
  LEGAL_REVIEW: { zh: "待法制审核", en: "Legal review", open: true },
  ADMISSIBLE: { zh: "可作证据", en: "Admissible", open: true },
  ON_SITE_CHECK: { zh: "待现场核查", en: "On-site check", open: true },
  VERIFIED: { zh: "现场已核实", en: "Verified on site", open: true },
  DISSUADED: { zh: "已劝阻，待复查", en: "Dissuaded, to be looked at again", open: true },
  CLOSE_PROPOSED: { zh: "拟不立案，待批准", en: "Closing proposed", open: true },
  READY_TO_FILE: { zh: "待立案", en: "Ready to file", open: true },
  FILED: { zh: "已立案", en: "Filed", open: false },
  DISCARDED: { zh: "已作噪声剔除", en: "Discarded as noise", open: false },
  MERGED: { zh: "已并入", en: "Merged", open: false },
  REJECTED: { zh: "审核未通过", en: "Rejected", open: false },
  CLOSED_NOT_FOUND: { zh: "核查未发现", en: "Not found on site", open: false },
  CLOSED_NO_PENALTY: { zh: "改正不罚", en: "Corrected, no penalty", open: false },
  ERASED: { zh: "已消除", en: "Erased", open: false },
  TRANSFERRED: { zh: "已移送", en: "Transferred", open: false },
} as const;

export type ClueState = keyof typeof clueStates;
export const clueStateCodes = Object.keys(clueStates) as ClueState[];
/** States in which a clue still goes somewhere of itself. */
export const openStates = clueStateCodes.filter((state) => clueStates[state].open);

/** Guards by number, see {@link import("./guards.ts")}. */
export type GuardId =
  | "G-01"
  | "G-02"
  | "G-03"
  | "G-04"
  | "G-05"
  | "G-06"
  | "G-07"
  | "G-08"
  | "G-09"
  | "G-10"
  | "G-11"
  | "G-12"
  | "H-01"
  | "H-43"
  | "H-05"
  | "H-06"
  | "H-02"
  | "H-03"
  | "H-04"
  | "H-07"
  | "H-08"
  | "G-30";

/**
 * What a person has to give with a step: the full check list, a code of the table of rejections, of noise, of erasures, of the bureau's
 * reasons for closing, or of transfers with the receiving authority; words, the names of two officers, or how the party is dissuaded and by
 * when it has to correct.
 */
export type ClueAsk =
  | "checklist"
  | "reason"
  | "noise"
  | "erasure"
  | "closing"
  | "transfer"
  | "note"
  | "officers"
  | "dissuasion"
  | "nothing";

/** Who takes a step, and the duties it needs: one of each row. */
export const clueActors = {
  monitor: [["monitor"]],
  technical_reviewer: [["technical_reviewer"]],
  legal_reviewer: [["legal_reviewer"]],
  handler: [["handler"]],
  head: [["head"]],
  /** Both check lists in one sitting (H.7). */
  merged_reviewer: [["technical_reviewer"], ["legal_reviewer"]],
  /** Looks at another's decision a second time. */
  second_looker: [["technical_reviewer", "legal_reviewer"]],
} as const satisfies Record<string, readonly (readonly Duty[])[]>;

/** Whether somebody with these duties may try a step; guards decide the rest. */
export function mayTake(by: ClueTransition["by"], held: readonly Duty[]): boolean {
  return clueActors[by].every((one: readonly Duty[]) => held.some((duty) => one.includes(duty)));
}

export interface ClueTransition {
  readonly event: string;
  readonly from: ClueState;
  readonly to: ClueState;
  /** Who may cause it; opening and merging clues are the only steps without a person, and no step of the law. */
  readonly by: keyof typeof clueActors;
  /** Ends a record from wherever it stands: nobody's turn, so having it open keeps nobody else from it. */
  readonly aside?: true;
  readonly asks: ClueAsk;
  readonly guards: readonly GuardId[];
  readonly zh: string;
  readonly en: string;
}
