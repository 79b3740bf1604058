import { z } from "zod";
import { plateFormat } from "../attributes/plate-format.ts";
import {
  attributeOf,
  attributeValues,
  type CorrectingReview,
  correctionReasonCodes,
  findCorrectionField,
} from "./correction-fields.ts";

/** What a reviewer says of one fact. Instants are ISO 8601 with offset, everything else is text. */
export const correctionSchema = z.object({
  field: z.string().min(1).max(60),
  value: z.string().trim().min(1).max(200),
  reasonCode: z.enum(correctionReasonCodes),
  note: z.string().trim().min(1).max(500),
});
export type CorrectionBody = z.infer<typeof correctionSchema>;

/** What corrections are checked against. */
export interface CorrectionFacts {
  readonly review: CorrectingReview;
  /** Values in force now, by field; null: nothing was said of it yet. */
  readonly inForce: Readonly<Record<string, string | null>>;
  /** Violations that the bureau's profile lists. */
  readonly violations: readonly string[];
  /** Attributes of this record that can be corrected. */
  readonly attributes: readonly string[];
  /** First and last look that was taken of the originals under review; null: none. */
  readonly looks: { readonly fromMs: number; readonly toMs: number } | null;
}

/** One correction with what it replaces, the value written the way it is kept. */
export interface AppliedCorrection extends CorrectionBody {
  readonly oldValue: string | null;
}

type Refused = { readonly kind: "refused"; readonly zh: string; readonly en: string };
export type CorrectionResult = { readonly kind: "ok"; readonly applied: AppliedCorrection[] } | Refused;

const refuse = (zh: string, en: string): Refused => ({ kind: "refused", zh, en });

/** Whether a review may correct a field by itself. */
export function mayCorrect(review: CorrectingReview, field: string): boolean {
  return findCorrectionField(field)?.by.includes(review) ?? false;
}

/** Checks what a reviewer wants corrected. Pure: nothing is changed; the whole list holds or none of it. */
export function checkCorrections(
  corrections: readonly CorrectionBody[],
  facts: CorrectionFacts,
  options: { readonly asking?: boolean } = {},
): CorrectionResult {
  const applied: AppliedCorrection[] = [];
  for (const correction of corrections) {
    const field = findCorrectionField(correction.field);
    if (field === undefined)
      return refuse(`没有可更正的项目“${correction.field}”`, `there is no "${correction.field}" to correct`);
    if (applied.some((item) => item.field === correction.field))
      return refuse(`“${field.zh}”更正了两次`, `"${field.en}" is corrected twice`);
    if (options.asking !== true && !field.by.includes(facts.review))
      return refuse(
        `“${field.zh}”由技术审核认定，法制审核不得径行更正；请退回技术审核并写明应更正的内容`,
        `"${field.en}" is for the technical review to establish; the legal review may not correct it itself: send the record back and say what is to be corrected`,
      );
    const value = keptValue(correction, facts);
    if (typeof value !== "string") return value;
    const oldValue = facts.inForce[correction.field] ?? null;
    if (value === oldValue) return refuse(`“${field.zh}”与现有值相同`, `"${field.en}" already has this value`);
    applied.push({ ...correction, value, oldValue });
  }
  return checkSpan(applied, facts) ?? { kind: "ok", applied };
}

/** The value as it is kept, or why it cannot be one. */
function keptValue({ field, value }: CorrectionBody, facts: CorrectionFacts): string | Refused {
  if (field === "violation")
    return facts.violations.includes(value)
      ? value
      : refuse(
          `本机关的事项中没有“${value}”，可选：${facts.violations.join("、")}`,
          `"${value}" is none of the bureau's matters; there are: ${facts.violations.join(", ")}`,
        );
  if (field === "from" || field === "to") return keptInstant(value, facts);
  const attribute = attributeOf(field);
  if (attribute === null) return value;
  if (!facts.attributes.includes(attribute)) return refuse("该记录没有这一属性", "this record has no such attribute");
  const values = attributeValues(attribute);
  if (values !== null && !values.some((item) => item.value === value))
    return refuse(
      `取值只能是：${values.map(({ text }) => text.zh).join("、")}`,
      `it can only be: ${values.map((item) => item.text.en).join(", ")}`,
    );
  if (attribute !== "plate") return value;
  const plate = value.replace(/[\s·.-]/g, "").toUpperCase();
  return plateFormat(plate) === "ok"
    ? plate
    : refuse("不是通行的号牌格式", "no registration office gives out such a plate");
}

function keptInstant(value: string, { looks }: CorrectionFacts): string | Refused {
  const ms = Date.parse(value);
  if (!z.iso.datetime({ offset: true }).safeParse(value).success || Number.isNaN(ms))
    return refuse("时间须写明日期、时刻和时区", "an instant needs date, time and offset");
  const kept = new Date(ms).toISOString();
  if (looks !== null && ms >= looks.fromMs && ms <= looks.toMs) return kept;
  if (looks === null) return refuse("没有可据以更正时间的画面", "there is no look to correct a time by");
  const [from, to] = [looks.fromMs, looks.toMs].map((at) => new Date(at).toISOString());
  return refuse(
    `时间须在已分析画面之内：${from} 至 ${to}`,
    `the instant must lie within the looks that were taken: ${from} to ${to}`,
  );
}

/** The act must still begin before it ends. */
function checkSpan(applied: readonly AppliedCorrection[], { inForce }: CorrectionFacts): Refused | undefined {
  const at = (field: string) => Date.parse(applied.find((item) => item.field === field)?.value ?? inForce[field] ?? "");
  return at("from") > at("to") ? refuse("行为开始不得晚于结束", "the act cannot begin after its end") : undefined;
}
