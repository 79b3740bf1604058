import { z } from "zod";

export interface CheckQuestion {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** Provision or standard the question comes from. */
  readonly basis: string;
}

/** Technical check list: the four words of APL 41(2), then device, clock and pictures (domain D.1, D.6). */
export const technicalQuestions = [
  {
    id: "true",
    zh: "真实：画面为设备原始记录，无篡改、无拼接",
    en: "True: an unaltered original of the device",
    basis: "行政处罚法 41(2)",
  },
  {
    id: "clear",
    zh: "清晰：违法主体、行为与地点可辨",
    en: "Clear: who, what and where can be made out",
    basis: "行政处罚法 41(2)",
  },
  {
    id: "complete",
    zh: "完整：包含行为的过程与持续时间，无缺失片段",
    en: "Complete: the act and its duration, no missing part",
    basis: "行政处罚法 41(2)",
  },
  {
    id: "accurate",
    zh: "准确：时间、地点与实际一致",
    en: "Accurate: time and place are right",
    basis: "行政处罚法 41(2)",
  },
  {
    id: "device",
    zh: "设备：采集时经法制和技术审核、设置标志并公布位置",
    en: "Device: reviewed, signed and published at capture time",
    basis: "行政处罚法 41(1)",
  },
  {
    id: "clock",
    zh: "时钟：与北京时间误差不超过 1.0 秒",
    en: "Clock: at most 1.0 s from Beijing time",
    basis: "GA/T 832-2014（参照）",
  },
  {
    id: "pictures",
    zh: "图片：不少于两张、间隔和分辨率符合要求",
    en: "Pictures: at least two, interval and resolution sufficient",
    basis: "GA/T 832-2014（参照）",
  },
] as const satisfies readonly CheckQuestion[];

/** Legal check list (domain F, record review form): competence, list, elements, party, proportionality. */
export const legalQuestions = [
  {
    id: "competence",
    zh: "本机关对该行为有管辖权和处罚权",
    en: "The authority is competent",
    basis: "行政处罚法 17、22",
  },
  {
    id: "listed",
    zh: "属已公布的非现场执法事项",
    en: "The matter is on the published list",
    basis: "浦东非现场执法规定 4",
  },
  {
    id: "elements",
    zh: "违法构成要件齐备，排除许可、豁免时段和合理事由",
    en: "All elements are met; permits, exempt hours and good reasons are excluded",
    basis: "行政处罚法 40",
  },
  {
    id: "party",
    zh: "当事人可以确定或有明确的查找途径",
    en: "The party is known or can be found",
    basis: "行政处罚法 40",
  },
  {
    id: "leniency",
    zh: "已考虑初次、轻微、及时改正等不予处罚情形",
    en: "First, minor and corrected acts were considered",
    basis: "行政处罚法 33",
  },
] as const satisfies readonly CheckQuestion[];

export const answerSchema = z.object({
  id: z.string().max(40),
  answer: z.enum(["pass", "fail", "not_applicable"]),
  note: z.string().max(500).optional(),
});
export type CheckAnswer = z.infer<typeof answerSchema>;

/** Coded reasons for rejecting a record; rejecting is the normal case and must be quick. */
export const rejectReasons = {
  not_visible: { zh: "看不清主体或行为", en: "Subject or act cannot be made out" },
  wrong_object: { zh: "识别错误", en: "The machine was wrong" },
  too_short: { zh: "持续时间不足", en: "Did not last long enough" },
  permitted: { zh: "有许可或属豁免区域、时段", en: "Permitted, exempt place or hours" },
  loading: { zh: "装卸、清洁等合理情形", en: "Loading, cleaning or another good reason" },
  device: { zh: "设备或时钟不合规", en: "Device or clock not compliant" },
  incomplete: { zh: "记录不完整", en: "Record incomplete" },
  not_competent: { zh: "不属本机关职权", en: "Not this authority's matter" },
  minor: { zh: "情节轻微不予处罚", en: "Too minor to punish" },
  repeated: { zh: "同一行为已在办理", en: "The same act is already being handled" },
  other: { zh: "其他（须说明）", en: "Other (say what)" },
} as const;
export type RejectReason = keyof typeof rejectReasons;
export const rejectReasonCodes = Object.keys(rejectReasons) as [RejectReason, ...RejectReason[]];

/**
 * What keeps a check list from carrying a pass: a question left open or answered "fail".
 * A pass needs every question; a rejection needs none, only a reason.
 */
export function checklistGaps(
  kind: "technical" | "legal" | "merged",
  answers: readonly CheckAnswer[],
): CheckQuestion[] {
  const questions: readonly CheckQuestion[] =
    kind === "technical"
      ? technicalQuestions
      : kind === "legal"
        ? legalQuestions
        : [...technicalQuestions, ...legalQuestions];
  return questions.filter((question) => {
    const given = answers.find((item) => item.id === question.id);
    return given === undefined || given.answer === "fail";
  });
}
