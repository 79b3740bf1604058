import { z } from "zod";
import { textFact, timeFact } from "./facts-basics.ts";

export const checkAnswers = { pass: "通过", fail: "不通过", na: "不适用" } as const;
export const reviewResults = { pass: "审核通过", fail: "审核不通过", unsure: "存疑，转现场核查" } as const;

export const reviewSchema = z.object({
  reviewerName: textFact,
  badgeNo: textFact,
  at: timeFact,
  checklist: z.array(
    z.object({
      id: z.string(),
      label: z.string().trim().min(1),
      answer: z.enum(["pass", "fail", "na"]).nullable(),
      note: textFact,
    }),
  ),
  result: z.enum(["pass", "fail", "unsure"]).nullable(),
  reasons: textFact,
});
export type ReviewFacts = z.infer<typeof reviewSchema>;

/**
 * Record review 电子技术监控记录审核 (行政处罚法 Art. 41(2); not the device review of 41(1), not the decision review of 58).
 * `merged`: one certified reviewer answered both check lists (domain H.7), they stay two lists.
 */
export const reviewsSchema = z.object({
  mode: z.enum(["sequential", "merged"]),
  /** Approval under which a merged review is allowed. */
  mergedPolicyNo: textFact,
  technical: reviewSchema.nullable(),
  legal: reviewSchema.nullable(),
});
export type ReviewsFacts = z.infer<typeof reviewsSchema>;
