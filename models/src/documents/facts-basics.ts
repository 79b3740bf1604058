import { z } from "zod";

/** A text fact: null when the case does not know it. White space alone counts as missing. */
export const textFact = z.string().trim().max(20_000).nullable();
/** An instant, ISO 8601 with offset (written with +08:00; any offset is accepted and printed in Asia/Shanghai). */
export const timeFact = z.iso.datetime({ offset: true }).nullable();
/** A calendar date of Asia/Shanghai, `2026-11-18`. */
export const dateFact = z.iso.date().nullable();
export const countFact = z.number().nonnegative().nullable();
export const sha256Fact = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable();

/** Party 当事人 (domain F, 立案审批表): a person, a unit, or not yet known. */
export const partySchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("person"),
    name: textFact,
    sex: textFact,
    age: countFact,
    idNo: textFact,
    address: textFact,
    phone: textFact,
  }),
  z.object({
    kind: z.literal("unit"),
    name: textFact,
    creditCode: textFact,
    legalRepresentative: textFact,
    address: textFact,
    phone: textFact,
  }),
  /** `description`: what the record shows, e.g. a shop sign or a plate. */
  z.object({ kind: z.literal("unknown"), description: textFact }),
]);
export type PartyFacts = z.infer<typeof partySchema>;

/** One provision cited; `verified` only after a lawyer verified this version (guard G-21). */
export const provisionSchema = z.object({
  law: z.string().trim().min(1),
  article: textFact,
  version: textFact,
  role: z.enum(["breached", "punishing"]),
  text: textFact,
  verified: z.boolean(),
});
export type ProvisionFacts = z.infer<typeof provisionSchema>;

export const handlerSchema = z.object({ name: textFact, badgeNo: textFact });
export type HandlerFacts = z.infer<typeof handlerSchema>;
