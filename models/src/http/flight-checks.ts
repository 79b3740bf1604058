import { z } from "zod";
import { checkAnswerCodes } from "../flight-checks/answers.ts";
import { bilingualSchema, idSchema, instantSchema } from "./common.ts";

/** The picture in which it was seen. */
const frameSchema = z.object({ clipId: idSchema, offsetMs: z.number().int().min(0) });

export const flightCheckViewSchema = z.object({
  id: z.string(),
  text: bilingualSchema,
  /** Flags of this flight that the check is about. */
  flagIds: z.array(idSchema),
  /** Whether any of its violations has a rule; else only a person can find it. */
  hasRule: z.boolean(),
  answer: z
    .object({
      answer: z.enum(checkAnswerCodes),
      frame: frameSchema.nullable(),
      note: z.string().nullable(),
      by: z.string(),
      at: instantSchema,
    })
    .nullable(),
});

/** GET /api/flights/{id}/checks: the lists this flight serves and what was said of each check. */
export const flightChecksSchema = z.object({
  lists: z.array(z.object({ id: z.string(), name: bilingualSchema, checks: z.array(flightCheckViewSchema) })),
  answered: z.number().int(),
  total: z.number().int(),
  /** Answers so far, of every check: goes with the next one, which is refused when another came first. */
  answers: z.number().int(),
  mayAnswer: z.boolean(),
  /** More was flagged than is counted here: a check without a flag may have one. */
  isCut: z.boolean(),
  /** Whether the bureau has confirmed its lists. */
  verified: z.boolean(),
});
export type FlightChecksView = z.infer<typeof flightChecksSchema>;

/** POST /api/flights/{id}/checks: one answer more, never a change of an old one. What was found names its picture. */
export const flightCheckBodySchema = z
  .object({
    listId: z.string().max(40),
    checkId: z.string().max(40),
    answer: z.enum(checkAnswerCodes),
    frame: frameSchema.nullable(),
    note: z.string().trim().max(300).nullable(),
    answers: z.number().int().min(0),
  })
  .refine(({ answer, frame }) => answer !== "found" || frame !== null, {
    message: "发现须指明画面 / what was found needs its picture",
    path: ["frame"],
  });
export type FlightCheckBody = z.input<typeof flightCheckBodySchema>;
