import { z } from "zod";
import { bilingualSchema, idSchema, instantSchema } from "./common.ts";

export const seededStageSchema = z.enum(["technical", "legal"]);

/** POST /api/seeded-items: a past record with a certain outcome that reviewers of a stage are to meet again. `answer` must be what became of it there. */
export const seededItemBodySchema = z.object({
  clueId: idSchema,
  stage: seededStageSchema,
  answer: z.enum(["pass", "fail"]),
  /** Shown after the verdict: what the reviewer should have seen. */
  why: z.string().trim().min(5).max(500),
});

export const seededPlantedSchema = z.object({ id: idSchema });
export type SeededItemBody = z.input<typeof seededItemBodySchema>;

/** GET /api/seeded-items: every known item, and how it was answered. Never shown to a reviewer. */
export const seededItemsSchema = z.object({
  /** Share of known items in a queue, 0: off. */
  share: z.number(),
  reveal: z.enum(["after_verdict", "statistics"]),
  items: z.array(
    z.object({
      id: idSchema,
      clueId: idSchema,
      stage: seededStageSchema,
      answer: z.enum(["pass", "fail"]),
      why: z.string(),
      violationTitle: bilingualSchema,
      place: z.string(),
      pictureId: idSchema.nullable(),
      by: z.string(),
      createdAt: instantSchema,
      withdrawnAt: instantSchema.nullable(),
      answered: z.number().int(),
      right: z.number().int(),
    }),
  ),
});
export type SeededItems = z.infer<typeof seededItemsSchema>;
