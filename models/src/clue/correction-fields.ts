import { attributeTexts, attributeValueTexts } from "../attributes/reading.ts";

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** A review in which something can be corrected. */
export type CorrectingReview = "technical" | "legal" | "merged";

interface CorrectionField {
  readonly zh: string;
  readonly en: string;
  /** Reviews that may correct it by themselves; any other asks for it by sending the record back. */
  readonly by: readonly CorrectingReview[];
}

/**
 * Facts of a record that a reviewer may correct with a pass. What happened, where and when is what the technical review answers for (APL
 * 41(2): 真实、清晰、完整、准确); which violation it is, is a question of law, so that the legal review may answer it too.
 */
export const recordFields = {
  violation: { zh: "违法类型", en: "Violation", by: ["technical", "merged", "legal"] },
  place: { zh: "地点", en: "Place", by: ["technical", "merged"] },
  from: { zh: "行为开始", en: "Beginning of the act", by: ["technical", "merged"] },
  to: { zh: "行为结束", en: "End of the act", by: ["technical", "merged"] },
} as const satisfies Record<string, CorrectionField>;
export type RecordField = keyof typeof recordFields;
export const recordFieldCodes = Object.keys(recordFields) as [RecordField, ...RecordField[]];

/** `attribute.plate`, `attribute.cover`, …: what a person judges of the thing itself. */
export const attributeField = (attribute: string): string => `attribute.${attribute}`;
export const attributeOf = (field: string): string | null =>
  field.startsWith("attribute.") ? field.slice("attribute.".length) : null;

const own = (text: string): Text => ({ zh: text, en: text });

/** Name of a field and who may correct it; undefined where there is no such field. */
export function findCorrectionField(field: string): CorrectionField | undefined {
  const known = Object.hasOwn(recordFields, field) ? recordFields[field as RecordField] : undefined;
  if (known !== undefined) return known;
  const attribute = attributeOf(field);
  const text = attribute === null || !Object.hasOwn(attributeTexts, attribute) ? undefined : attributeTexts[attribute];
  return text === undefined ? undefined : { ...text, by: ["technical", "merged"] };
}

/** The values an attribute can have, or null where it is text of its own. */
export function attributeValues(attribute: string): readonly { readonly value: string; readonly text: Text }[] | null {
  const texts = Object.hasOwn(attributeValueTexts, attribute) ? attributeValueTexts[attribute] : undefined;
  return texts === undefined ? null : Object.entries(texts).map(([value, text]) => ({ value, text }));
}

/** A value of an attribute in words. */
export const attributeValueText = (attribute: string, value: string): Text =>
  attributeValues(attribute)?.find((item) => item.value === value)?.text ?? own(value);

/** Attributes that stand on the thing itself and can be read again by a person: those asked of a person, those a model read, a vehicle's plate. */
export function correctableAttributes(
  violation:
    | {
        readonly roles: readonly string[];
        readonly judgedByPerson: readonly { readonly attribute: string }[];
      }
    | undefined,
  read: readonly string[],
): string[] {
  const asked = violation?.judgedByPerson.map(({ attribute }) => attribute) ?? [];
  const isVehicle = violation?.roles.some((role) => role === "truck" || role === "car") ?? false;
  const all = [...asked, ...read, ...(isVehicle ? ["plate", "plate_colour"] : [])];
  return [...new Set(all)].filter((attribute) => Object.hasOwn(attributeTexts, attribute));
}

/** Why a fact was corrected; words go with each of them. */
export const correctionReasons = {
  misread: { zh: "机器识别或读取有误", en: "The machine read it wrongly" },
  other_look: { zh: "其他画面可见实际情况", en: "Another picture shows it" },
  zone_text: { zh: "区域名称或地址不准确", en: "Name or address of the zone is not right" },
  bounds: { zh: "起止画面认定有误", en: "First or last picture of the act is another one" },
  character: { zh: "行为性质属另一类型", en: "The act is of another kind" },
  register: { zh: "与登记资料不符", en: "The register says otherwise" },
} as const;
export type CorrectionReason = keyof typeof correctionReasons;
export const correctionReasonCodes = Object.keys(correctionReasons) as [CorrectionReason, ...CorrectionReason[]];
