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
} as const;

export type ClueState = keyof typeof clueStates;
export const clueStateCodes = Object.keys(clueStates) as ClueState[];

/** Guards by number, see {@link import("./guards.ts")}. */
export type GuardId =
  | "G-01"
  | "G-02"
  | "G-03"
  | "G-04"
  | "G-05"
  | "G-07"
  | "G-08"
  | "G-09"
  | "G-11"
  | "G-12"
  | "H-01"
  | "G-30";

/**
 * What a person has to give with a step: the full check list, a reason code, words, the names of two officers, or how the party is dissuaded
 * and by when it has to correct.
 */
export type ClueAsk = "checklist" | "reason" | "note" | "officers" | "dissuasion" | "nothing";

export interface ClueTransition {
  readonly event: string;
  readonly from: ClueState;
  readonly to: ClueState;
  /** Who may cause it; opening and merging clues are the only steps without a person, and no step of the law. */
  readonly by: "monitor" | "technical_reviewer" | "legal_reviewer" | "handler" | "head" | "merged_reviewer";
  readonly asks: ClueAsk;
  readonly guards: readonly GuardId[];
  readonly zh: string;
  readonly en: string;
}

export const clueTransitions = [
  {
    event: "plausible",
    from: "PRESCREEN",
    to: "TECH_REVIEW",
    by: "monitor",
    asks: "nothing",
    guards: ["G-01", "G-30"],
    zh: "疑似成立，送技术审核",
    en: "Plausible: send to technical review",
  },
  {
    event: "discard",
    from: "PRESCREEN",
    to: "DISCARDED",
    by: "monitor",
    asks: "reason",
    guards: ["G-30"],
    zh: "噪声，剔除",
    en: "Noise: discard",
  },
  {
    event: "tech_pass",
    from: "TECH_REVIEW",
    to: "LEGAL_REVIEW",
    by: "technical_reviewer",
    asks: "checklist",
    guards: ["G-01", "G-02", "G-03", "G-04", "G-08", "G-30"],
    zh: "技术审核通过",
    en: "Technical review: accept",
  },
  {
    event: "tech_fail",
    from: "TECH_REVIEW",
    to: "REJECTED",
    by: "technical_reviewer",
    asks: "reason",
    guards: ["G-30"],
    zh: "技术审核不通过",
    en: "Technical review: reject",
  },
  {
    event: "tech_unsure",
    from: "TECH_REVIEW",
    to: "ON_SITE_CHECK",
    by: "technical_reviewer",
    asks: "note",
    guards: ["G-30"],
    zh: "存疑，转现场核查",
    en: "Unsure: check on site",
  },
  {
    event: "legal_pass",
    from: "LEGAL_REVIEW",
    to: "ADMISSIBLE",
    by: "legal_reviewer",
    asks: "checklist",
    guards: ["G-01", "G-08", "G-30"],
    zh: "法制审核通过",
    en: "Legal review: accept",
  },
  {
    event: "legal_fail",
    from: "LEGAL_REVIEW",
    to: "REJECTED",
    by: "legal_reviewer",
    asks: "reason",
    guards: ["G-30"],
    zh: "法制审核不通过",
    en: "Legal review: reject",
  },
  {
    event: "legal_send_back",
    from: "LEGAL_REVIEW",
    to: "TECH_REVIEW",
    by: "legal_reviewer",
    asks: "note",
    guards: ["G-30"],
    zh: "退回技术审核",
    en: "Send back to technical review",
  },
  {
    event: "legal_unsure",
    from: "LEGAL_REVIEW",
    to: "ON_SITE_CHECK",
    by: "legal_reviewer",
    asks: "note",
    guards: ["G-30"],
    zh: "存疑，转现场核查",
    en: "Unsure: check on site",
  },
  {
    event: "merged_pass",
    from: "TECH_REVIEW",
    to: "ADMISSIBLE",
    by: "merged_reviewer",
    asks: "checklist",
    guards: ["G-01", "G-02", "G-03", "G-04", "G-08", "G-30"],
    zh: "二审合一通过",
    en: "Merged review: accept",
  },
  {
    event: "ready",
    from: "ADMISSIBLE",
    to: "READY_TO_FILE",
    by: "handler",
    asks: "nothing",
    guards: ["G-07", "G-09", "G-12", "G-30"],
    zh: "进入立案准备",
    en: "Ready to file",
  },
  {
    event: "dispatch",
    from: "ADMISSIBLE",
    to: "ON_SITE_CHECK",
    by: "handler",
    asks: "nothing",
    guards: ["G-30"],
    zh: "派员现场核查",
    en: "Dispatch an on-site check",
  },
  {
    event: "confirm_on_site",
    from: "ON_SITE_CHECK",
    to: "VERIFIED",
    by: "handler",
    asks: "officers",
    guards: ["G-11", "G-30"],
    zh: "两名执法人员现场核实",
    en: "Two officers confirm on site",
  },
  {
    event: "not_found",
    from: "ON_SITE_CHECK",
    to: "CLOSED_NOT_FOUND",
    by: "handler",
    asks: "officers",
    guards: ["G-11", "G-30"],
    zh: "现场未发现",
    en: "Not found on site",
  },
  {
    event: "ready_verified",
    from: "VERIFIED",
    to: "READY_TO_FILE",
    by: "handler",
    asks: "nothing",
    guards: ["G-07", "G-09", "G-12", "G-30"],
    zh: "进入立案准备",
    en: "Ready to file",
  },
  {
    event: "file",
    from: "READY_TO_FILE",
    to: "FILED",
    by: "handler",
    asks: "officers",
    guards: ["G-05", "G-07", "G-09", "G-11", "G-12", "G-30"],
    zh: "立案",
    en: "File the case",
  },
  {
    event: "review_again",
    from: "ADMISSIBLE",
    to: "TECH_REVIEW",
    by: "handler",
    asks: "note",
    guards: ["G-30"],
    zh: "退回重新审核",
    en: "Back to review",
  },
  {
    event: "erase",
    from: "ADMISSIBLE",
    to: "ERASED",
    by: "handler",
    asks: "reason",
    guards: ["G-30"],
    zh: "消除（错误或重复记录）",
    en: "Erase (wrong or repeated record)",
  },
  {
    event: "review_again",
    from: "VERIFIED",
    to: "TECH_REVIEW",
    by: "handler",
    asks: "note",
    guards: ["G-30"],
    zh: "退回重新审核",
    en: "Back to review",
  },
  {
    event: "erase",
    from: "VERIFIED",
    to: "ERASED",
    by: "handler",
    asks: "reason",
    guards: ["G-30"],
    zh: "消除（错误或重复记录）",
    en: "Erase (wrong or repeated record)",
  },
  {
    event: "review_again",
    from: "READY_TO_FILE",
    to: "TECH_REVIEW",
    by: "handler",
    asks: "note",
    guards: ["G-30"],
    zh: "退回重新审核",
    en: "Back to review",
  },
  {
    event: "erase",
    from: "READY_TO_FILE",
    to: "ERASED",
    by: "handler",
    asks: "reason",
    guards: ["G-30"],
    zh: "消除（错误或重复记录）",
    en: "Erase (wrong or repeated record)",
  },
  {
    event: "propose_close",
    from: "ADMISSIBLE",
    to: "CLOSE_PROPOSED",
    by: "handler",
    asks: "reason",
    guards: ["G-30"],
    zh: "拟不立案，报批",
    en: "Propose to close without filing",
  },
  {
    event: "propose_close",
    from: "VERIFIED",
    to: "CLOSE_PROPOSED",
    by: "handler",
    asks: "reason",
    guards: ["G-30"],
    zh: "拟不立案，报批",
    en: "Propose to close without filing",
  },
  {
    event: "propose_close",
    from: "READY_TO_FILE",
    to: "CLOSE_PROPOSED",
    by: "handler",
    asks: "reason",
    guards: ["G-30"],
    zh: "拟不立案，报批",
    en: "Propose to close without filing",
  },
  {
    event: "dissuade",
    from: "ADMISSIBLE",
    to: "DISSUADED",
    by: "handler",
    asks: "dissuasion",
    guards: ["G-30"],
    zh: "劝阻并责令改正",
    en: "Dissuade and order to correct",
  },
  {
    event: "dissuade",
    from: "VERIFIED",
    to: "DISSUADED",
    by: "handler",
    asks: "dissuasion",
    guards: ["G-30"],
    zh: "劝阻并责令改正",
    en: "Dissuade and order to correct",
  },
  {
    // what the head wants filed may not have been dissuaded yet
    event: "dissuade",
    from: "READY_TO_FILE",
    to: "DISSUADED",
    by: "handler",
    asks: "dissuasion",
    guards: ["G-30"],
    zh: "劝阻并责令改正",
    en: "Dissuade and order to correct",
  },
  {
    event: "dissuade_again",
    from: "DISSUADED",
    to: "DISSUADED",
    by: "handler",
    asks: "dissuasion",
    guards: ["G-30"],
    zh: "再次劝阻",
    en: "Dissuade again",
  },
  {
    event: "not_corrected",
    from: "DISSUADED",
    to: "READY_TO_FILE",
    by: "handler",
    asks: "note",
    guards: ["G-07", "G-09", "G-12", "G-30"],
    zh: "复查未改正，进入立案准备",
    en: "Not corrected: ready to file",
  },
  {
    event: "corrected",
    from: "DISSUADED",
    to: "CLOSED_NO_PENALTY",
    by: "handler",
    asks: "note",
    guards: ["G-30"],
    zh: "复查已及时改正且轻微，不予处罚",
    en: "Corrected in time and minor: no penalty",
  },
  {
    event: "corrected_not_minor",
    from: "DISSUADED",
    to: "READY_TO_FILE",
    by: "handler",
    asks: "note",
    guards: ["G-07", "G-09", "G-12", "G-30"],
    zh: "已改正但不属轻微，进入立案准备",
    en: "Corrected but not minor: ready to file",
  },
  {
    event: "approve_close",
    from: "CLOSE_PROPOSED",
    to: "CLOSED_NO_PENALTY",
    by: "head",
    asks: "nothing",
    guards: ["H-01", "G-30"],
    zh: "批准不立案",
    en: "Approve closing without filing",
  },
  {
    event: "refuse_close",
    from: "CLOSE_PROPOSED",
    to: "READY_TO_FILE",
    by: "head",
    asks: "note",
    guards: ["G-07", "G-09", "G-30"],
    zh: "不批准，应当立案",
    en: "Refuse: to be filed",
  },
  {
    event: "review_again",
    from: "CLOSE_PROPOSED",
    to: "TECH_REVIEW",
    by: "handler",
    asks: "note",
    guards: ["G-30"],
    zh: "退回重新审核",
    en: "Back to review",
  },
] as const satisfies readonly ClueTransition[];

export type ClueEvent = (typeof clueTransitions)[number]["event"];
export const clueEvents = [...new Set(clueTransitions.map((row) => row.event))] as [ClueEvent, ...ClueEvent[]];

/** The transition an event means in a state, or undefined where the table has no such arrow. */
export function findTransition(state: ClueState, event: ClueEvent): ClueTransition | undefined {
  return clueTransitions.find((row) => row.from === state && row.event === event);
}

/** All arrows that leave a state: what buttons a page may offer at all. */
export function transitionsFrom(state: ClueState): ClueTransition[] {
  return clueTransitions.filter((row) => row.from === state);
}

/** What an event asks of the person, the same from whatever state it leaves. */
export function askOf(event: ClueEvent): ClueAsk {
  return clueTransitions.find((row) => row.event === event)?.asks ?? "nothing";
}
