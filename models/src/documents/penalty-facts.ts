import { z } from "zod";
import { countFact, dateFact, textFact } from "./facts-basics.ts";

/** Kinds of penalty of 行政处罚法 Art. 9 that the bureau may propose. */
export const penaltyKinds = {
  warning: "警告",
  public_criticism: "通报批评",
  fine: "罚款",
  confiscate_gains: "没收违法所得",
  confiscate_goods: "没收非法财物",
  suspend_licence: "暂扣许可证件",
  downgrade_licence: "降低资质等级",
  revoke_licence: "吊销许可证件",
  restrict_business: "限制开展生产经营活动",
  suspend_business: "责令停产停业",
  close_business: "责令关闭",
} as const;
const penaltyKindCodes = Object.keys(penaltyKinds) as (keyof typeof penaltyKinds)[];

export const penaltySchema = z.object({
  kind: z.enum(penaltyKindCodes).nullable(),
  amountYuan: z.number().positive().lt(1e12).nullable(),
  reason: textFact,
});
export type PenaltyFacts = z.infer<typeof penaltySchema>;

/** Period and channels to state and defend (行政处罚法 Art. 44–45; the number of days is local configuration). */
export const statementSchema = z.object({
  days: countFact,
  unit: z.enum(["working_days", "calendar_days"]),
  channels: z.array(z.object({ label: z.string().trim().min(1), value: z.string().trim().min(1) })),
});
export type StatementFacts = z.infer<typeof statementSchema>;

/** Whether a hearing must be offered (Art. 63), decided by rule elsewhere; `reason` names the trigger. */
export const hearingSchema = z.object({ eligible: z.boolean(), reason: textFact });
export type HearingFacts = z.infer<typeof hearingSchema>;

export const dueDateSchema = z.object({ label: z.string().trim().min(1), dueOn: dateFact, basis: textFact });
export type DueDate = z.infer<typeof dueDateSchema>;
