import {
  attributeField,
  attributeOf,
  attributeValues,
  attributeValueText,
  type CorrectionReason,
  findCorrectionField,
  recordFieldCodes,
} from "@mingcha/models/clue";
import type { ClueDetail, CorrectionView } from "@mingcha/models/http";
import type { Profile } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import type { LoadedClue } from "../clues/load-clue.ts";
import { attributesOf, factsInForce } from "./facts-in-force.ts";

const own = (text: string) => ({ zh: text, en: text });

/** A value in words: a violation's title, an attribute's value; everything else is its own word. */
export function correctionText(field: string, value: string): { zh: string; en: string } {
  if (field === "violation") return findViolation(value)?.title ?? own(value);
  const attribute = attributeOf(field);
  return attribute === null ? own(value) : attributeValueText(attribute, value);
}

/** Every correction of a record, oldest first. */
export function viewCorrections(clue: LoadedClue): CorrectionView[] {
  return clue.corrections.map((row) => ({
    id: row.id,
    field: row.field,
    title: titleOf(row.field),
    oldValue: row.oldValue,
    newValue: row.newValue,
    oldText: row.oldValue === null ? null : correctionText(row.field, row.oldValue),
    newText: correctionText(row.field, row.newValue),
    reasonCode: row.reasonCode as CorrectionReason,
    note: row.note,
    by: row.person.name,
    byBadgeNo: row.person.badgeNo,
    review: row.review.kind as CorrectionView["review"],
    round: row.round,
    at: row.createdAt.toISOString(),
  }));
}

/** What could be corrected now, for the form. */
export function viewCorrectable(profile: Profile, clue: LoadedClue): ClueDetail["correctable"] {
  const inForce = factsInForce(clue);
  const fields = [...recordFieldCodes, ...attributesOf(clue).map(attributeField)];
  return fields.map((field) => {
    const value = inForce[field] ?? null;
    const attribute = attributeOf(field);
    return {
      field,
      title: titleOf(field),
      value,
      valueText: value === null ? null : correctionText(field, value),
      values:
        field === "violation"
          ? profile.violations.map(({ code }) => ({ value: code, text: correctionText("violation", code) }))
          : attribute === null
            ? null
            : (attributeValues(attribute)?.map((item) => ({ ...item })) ?? null),
      by: [...(findCorrectionField(field)?.by ?? [])],
    };
  });
}

function titleOf(field: string): { zh: string; en: string } {
  const found = findCorrectionField(field);
  return found === undefined ? own(field) : { zh: found.zh, en: found.en };
}
