import { type ClueAsk, type ClueState, type ClueTransition, openStates } from "./states.ts";

/** One arrow that leaves several states. */
function fromEach<const Row extends Omit<ClueTransition, "from">>(states: readonly ClueState[], row: Row) {
  return states.map((from) => ({ ...row, from }));
}

/** States of a record that passed a merged review and may still wait for its drawn second look. */
export const secondLookStates = ["ADMISSIBLE", "ON_SITE_CHECK", "VERIFIED", "DISSUADED", "CLOSE_PROPOSED"] as const;
const afterPrescreen = openStates.filter((state) => state !== "PRESCREEN");
/** Where a handler holds a record that was reviewed. */
const handled = ["ADMISSIBLE", "VERIFIED", "READY_TO_FILE"] as const;
/** Found well by both reviews, or by two officers at the place, and not ended yet. */
const admitted = [...handled, "DISSUADED", "CLOSE_PROPOSED"] as const;
const beforeAdmitted = openStates.filter((state) => !(admitted as readonly ClueState[]).includes(state));

/** Every arrow of the clue machine (domain H.4), in the order of the procedure. */
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
    asks: "noise",
    guards: ["G-06", "G-30"],
    zh: "噪声，剔除",
    en: "Noise: discard",
  },
  {
    // an officer has looked: nothing to be sampled
    event: "officer_discard",
    from: "PRESCREEN",
    to: "DISCARDED",
    by: "technical_reviewer",
    asks: "noise",
    guards: ["H-03", "G-30"],
    zh: "执法人员看过，剔除",
    en: "An officer looked: discard",
  },
  {
    event: "recheck_agree",
    from: "DISCARDED",
    to: "DISCARDED",
    by: "technical_reviewer",
    asks: "nothing",
    guards: ["H-03", "G-30"],
    zh: "剔除抽查：同意",
    en: "Re-check of a discard: agree",
  },
  {
    event: "bring_back",
    from: "DISCARDED",
    to: "TECH_REVIEW",
    by: "technical_reviewer",
    asks: "note",
    guards: ["H-03", "G-30"],
    zh: "剔除有误，恢复审核",
    en: "Wrongly discarded: bring back to review",
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
    guards: ["G-08", "G-30"],
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
    guards: ["G-01", "G-02", "G-03", "G-04", "G-08", "G-10", "H-08", "G-30"],
    zh: "法制审核通过",
    en: "Legal review: accept",
  },
  {
    event: "legal_fail",
    from: "LEGAL_REVIEW",
    to: "REJECTED",
    by: "legal_reviewer",
    asks: "reason",
    guards: ["G-08", "G-30"],
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
    guards: ["G-01", "G-02", "G-03", "G-04", "G-08", "G-10", "G-30"],
    zh: "二审合一通过",
    en: "Merged review: accept",
  },
  // a second look that agrees moves nothing
  ...secondLookStates.map(
    (state) =>
      ({
        event: "second_agree",
        from: state,
        to: state,
        by: "second_looker",
        asks: "nothing",
        guards: ["G-01", "H-03", "G-30"],
        zh: "复核抽查：同意",
        en: "Second look: agree",
      }) as const,
  ),
  ...fromEach(secondLookStates, {
    event: "second_disagree",
    to: "TECH_REVIEW",
    by: "second_looker",
    asks: "note",
    guards: ["H-03", "G-30"],
    zh: "复核抽查：不同意，退回分别审核",
    en: "Second look: disagree, back to two reviews",
  }),
  {
    event: "ready",
    from: "ADMISSIBLE",
    to: "READY_TO_FILE",
    by: "handler",
    asks: "nothing",
    guards: ["G-07", "G-09", "G-12", "H-02", "G-30"],
    zh: "进入立案准备",
    en: "Ready to file",
  },
  // what is only a clue may have been dissuaded before anybody went there
  ...fromEach(["ADMISSIBLE", "DISSUADED"], {
    event: "dispatch",
    to: "ON_SITE_CHECK",
    by: "handler",
    asks: "officers",
    guards: ["G-11", "H-06", "G-30"],
    zh: "派员现场核查",
    en: "Dispatch an on-site check",
  }),
  {
    event: "confirm_on_site",
    from: "ON_SITE_CHECK",
    to: "VERIFIED",
    by: "handler",
    asks: "nothing",
    guards: ["G-11", "H-05", "H-06", "G-30"],
    zh: "两名执法人员现场核实",
    en: "Two officers confirm on site",
  },
  {
    event: "not_found",
    from: "ON_SITE_CHECK",
    to: "CLOSED_NOT_FOUND",
    by: "handler",
    asks: "nothing",
    guards: ["G-11", "H-05", "H-06", "G-30"],
    zh: "现场未发现",
    en: "Not found on site",
  },
  {
    event: "ready_verified",
    from: "VERIFIED",
    to: "READY_TO_FILE",
    by: "handler",
    asks: "nothing",
    guards: ["G-07", "G-09", "G-12", "H-02", "G-30"],
    zh: "进入立案准备",
    en: "Ready to file",
  },
  {
    event: "file",
    from: "READY_TO_FILE",
    to: "FILED",
    by: "handler",
    asks: "officers",
    guards: ["G-05", "G-07", "G-09", "G-11", "G-12", "H-02", "G-30"],
    zh: "立案",
    en: "File the case",
  },
  ...fromEach([...handled, "CLOSE_PROPOSED"], {
    event: "review_again",
    to: "TECH_REVIEW",
    by: "handler",
    asks: "note",
    guards: ["G-30"],
    zh: "退回重新审核",
    en: "Back to review",
  }),
  ...fromEach(handled, {
    event: "propose_close",
    to: "CLOSE_PROPOSED",
    by: "handler",
    asks: "closing",
    guards: ["G-30"],
    zh: "拟不立案，报批",
    en: "Propose to close without filing",
  }),
  ...fromEach(handled, {
    // what the head wants filed may not have been dissuaded yet
    event: "dissuade",
    to: "DISSUADED",
    by: "handler",
    asks: "dissuasion",
    guards: ["H-08", "G-30"],
    zh: "劝阻并责令改正",
    en: "Dissuade and order to correct",
  }),
  {
    event: "dissuade_again",
    from: "DISSUADED",
    to: "DISSUADED",
    by: "handler",
    asks: "dissuasion",
    guards: ["H-08", "G-30"],
    zh: "再次劝阻",
    en: "Dissuade again",
  },
  {
    event: "not_corrected",
    from: "DISSUADED",
    to: "READY_TO_FILE",
    by: "handler",
    asks: "note",
    guards: ["G-07", "G-09", "G-12", "H-02", "G-30"],
    zh: "复查未改正，进入立案准备",
    en: "Not corrected: ready to file",
  },
  {
    event: "corrected",
    from: "DISSUADED",
    to: "CLOSED_NO_PENALTY",
    by: "handler",
    asks: "note",
    guards: ["H-07", "G-30"],
    zh: "复查已及时改正且轻微，不予处罚",
    en: "Corrected in time and minor: no penalty",
  },
  {
    event: "corrected_not_minor",
    from: "DISSUADED",
    to: "READY_TO_FILE",
    by: "handler",
    asks: "note",
    guards: ["G-07", "G-09", "G-12", "H-02", "G-30"],
    zh: "已改正但不属轻微，进入立案准备",
    en: "Corrected but not minor: ready to file",
  },
  {
    // officers who could not tell leave a record that somebody has to end
    event: "propose_close",
    from: "ON_SITE_CHECK",
    to: "CLOSE_PROPOSED",
    by: "handler",
    asks: "closing",
    guards: ["G-30"],
    zh: "拟不立案，报批",
    en: "Propose to close without filing",
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
    guards: ["G-07", "G-09", "H-02", "G-30"],
    zh: "不批准，应当立案",
    en: "Refuse: to be filed",
  },
  ...fromEach(beforeAdmitted, {
    event: "erase",
    to: "ERASED",
    by: "handler",
    aside: true,
    asks: "erasure",
    guards: ["G-30"],
    zh: "消除（错误或重复记录）",
    en: "Erase (wrong or repeated record)",
  }),
  // what both reviews or two officers found is not undone by the one who handles it
  ...fromEach(admitted, {
    event: "erase_by_head",
    to: "ERASED",
    by: "head",
    aside: true,
    asks: "erasure",
    guards: ["G-30"],
    zh: "决定消除（错误或重复记录）",
    en: "Decide to erase (wrong or repeated record)",
  }),
  {
    event: "transfer",
    from: "PRESCREEN",
    to: "TRANSFERRED",
    by: "monitor",
    aside: true,
    asks: "transfer",
    guards: ["H-04", "G-30"],
    zh: "无管辖权，移送",
    en: "Not competent: transfer",
  },
  ...fromEach(afterPrescreen, {
    event: "transfer",
    to: "TRANSFERRED",
    by: "handler",
    aside: true,
    asks: "transfer",
    guards: ["H-04", "G-30"],
    zh: "无管辖权，移送",
    en: "Not competent: transfer",
  }),
  ...fromEach(openStates, {
    event: "transfer_by_head",
    to: "TRANSFERRED",
    by: "head",
    aside: true,
    asks: "transfer",
    guards: ["H-04", "G-30"],
    zh: "决定移送",
    en: "Decide to transfer",
  }),
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

/** Whether an event ends a record from wherever it stands. */
export function isAside(event: ClueEvent): boolean {
  return clueTransitions.some((row) => row.event === event && "aside" in row);
}

/** What an event asks of the person, the same from whatever state it leaves. */
export function askOf(event: ClueEvent): ClueAsk {
  return clueTransitions.find((row) => row.event === event)?.asks ?? "nothing";
}
