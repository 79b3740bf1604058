import type { ClosingReason } from "./profile.ts";

/**
 * Reasons that a bureau starts with for closing a well-founded record without filing (domain I.5 "“协调化解类”不予立案", A.2). A draft: the
 * bureau's legal office replaces or verifies it.
 */
export const draftClosingReasons: ClosingReason[] = [
  {
    code: "minor",
    zh: "轻微并及时改正，没有危害后果",
    en: "Minor, promptly corrected, no harm",
    basis: "行政处罚法 33(1)",
    verified: false,
  },
  {
    code: "first_time",
    zh: "初次违法、危害轻微并及时改正",
    en: "First offence, slight harm, promptly corrected",
    basis: "行政处罚法 33(1)",
    verified: false,
  },
  {
    code: "no_fault",
    zh: "当事人证明没有主观过错",
    en: "The party proves no fault",
    basis: "行政处罚法 33(2)",
    verified: false,
  },
  {
    code: "settled",
    zh: "已协调化解（协调化解类）",
    en: "Settled between those concerned",
    basis: "内部口径（待核）",
    verified: false,
  },
  {
    code: "not_proven",
    zh: "违法事实不能成立",
    en: "The facts are not established",
    basis: "行政处罚法 57(1)",
    verified: false,
  },
  {
    code: "time_barred",
    zh: "超过追责时效",
    en: "Past the limitation period",
    basis: "行政处罚法 36",
    verified: false,
  },
  { code: "other", zh: "其他（须说明）", en: "Other (say what)", basis: "内部口径（待核）", verified: false },
];
