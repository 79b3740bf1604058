import type { GuardFacts, RecordedReview } from "../guard-facts.ts";
import { guards } from "../guards.ts";

export const review = (
  kind: RecordedReview["kind"],
  reviewerId: string,
  over: Partial<RecordedReview> = {},
): RecordedReview => ({
  kind,
  result: "pass",
  reviewerId,
  mediaMatches: true,
  reviewerQualified: true,
  reviewerRecused: false,
  ...over,
});

/** Facts under which every guard holds; each test breaks one. */
export const good: GuardFacts = {
  event: "file",
  actor: {
    kind: "person",
    id: "handler-1",
    duties: ["handler"],
    qualified: true,
    legallyQualified: true,
    recused: false,
  },
  reasonCode: null,
  originals: [{ present: true, hashVerified: true }],
  deviceKnown: true,
  device: {
    isNamed: true,
    state: "ACTIVE",
    lacks: [],
    suspendedBy: [],
    metrologySettled: true,
    clockErrorMs: 300,
    clockLimitMs: 1_000,
    clockSample: null,
    clockDenied: null,
    clockLacks: [],
  },
  pictureRules: [{ passed: true, zh: "数量", en: "count" }],
  collectorIds: ["pilot"],
  handlers: [
    { id: "handler-1", qualified: true, recused: false },
    { id: "handler-2", qualified: true, recused: false },
  ],
  reviews: [review("technical", "tech"), review("legal", "legal")],
  policy: {
    evidenceMode: "DIRECT",
    listed: true,
    competent: true,
    mergedAllowed: false,
    mergedStops: [],
    dissuadeFirst: false,
    onlyIfNotCorrected: false,
  },
  confirmedOnSite: false,
  onSite: null,
  everCheckedBy: [],
  prescreenedBy: ["monitor"],
  everReviewedBy: ["tech", "legal"],
  sameActElsewhere: [],
  dissuasions: [],
  recheck: null,
  nowMs: 1_000_000,
  closeProposedBy: "handler-1",
  purposeLacks: [],
  secondLook: null,
  sampling: { rate: 0.05, leastRate: 0.01, overdue: 0, limitWorkingDays: 3 },
};
/** Whether a guard refuses the good facts with a change. */
export const refuses = (id: keyof typeof guards, over: Partial<GuardFacts>) =>
  guards[id].refuses({ ...good, ...over }) !== null;
export const reviewer = (id: string, over: Partial<GuardFacts["actor"]> = {}): GuardFacts["actor"] => ({
  kind: "person",
  id,
  duties: ["legal_reviewer"],
  qualified: true,
  legallyQualified: true,
  recused: false,
  ...over,
});
