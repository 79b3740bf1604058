import { attributeReadingSchema } from "@mingcha/models/attributes";
import { attributeField, correctableAttributes } from "@mingcha/models/clue";
import { findViolation } from "@mingcha/models/violations";
import { z } from "zod";
import type { LoadedClue } from "../clues/load-clue.ts";

const readingsSchema = z.object({ items: z.array(attributeReadingSchema) });

/** What models read of a flag, or nothing. */
export function readingsOf({
  readings,
}: Pick<LoadedClue["flag"], "readings">): z.infer<typeof readingsSchema>["items"] {
  return readings === null ? [] : readingsSchema.parse(readings).items;
}

/** Attributes of a record that a person can correct. */
export function attributesOf(clue: LoadedClue): string[] {
  return correctableAttributes(
    findViolation(clue.violation),
    readingsOf(clue.flag).map(({ attribute }) => attribute),
  );
}

/**
 * Every fact that can be corrected with the value in force: the newest correction, else what the record began with. Violation, place and
 * times stand in the clue itself; an attribute begins with what a model read, if it was certain enough to say anything.
 */
export function factsInForce(clue: LoadedClue): Record<string, string | null> {
  const readings = readingsOf(clue.flag);
  const attributes = attributesOf(clue).map((attribute) => {
    const field = attributeField(attribute);
    const corrected = clue.corrections.filter((item) => item.field === field).at(-1)?.newValue;
    const read = readings.find((item) => item.attribute === attribute && item.value !== null)?.value;
    return [field, corrected ?? read ?? null] as const;
  });
  return {
    violation: clue.violation,
    place: clue.place,
    from: clue.from.toISOString(),
    to: clue.to.toISOString(),
    ...Object.fromEntries(attributes),
  };
}
