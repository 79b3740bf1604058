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

/** How an answer to a known item ended. */
export const ownKnownKinds = ["right", "passed_wrongly", "failed_wrongly", "undecided"] as const;

/** GET /api/seeded-items/mine: the own answers alone. `items` null and `until` given where the bureau does not tell which records were known. */
export const ownKnownSchema = z.object({
  reveal: z.enum(["after_verdict", "statistics"]),
  until: instantSchema.nullable(),
  totals: z.array(
    z.object({
      stage: seededStageSchema,
      answered: z.number().int(),
      kinds: z.array(z.object({ kind: z.enum(ownKnownKinds), count: z.number().int() })),
    }),
  ),
  items: z
    .array(
      z.object({
        /** GET /api/clues/{id} shows it as it was then. */
        id: idSchema,
        stage: seededStageSchema,
        kind: z.enum(ownKnownKinds),
        answer: z.enum(["pass", "fail"]),
        why: z.string(),
        violationTitle: bilingualSchema,
        place: z.string(),
        at: instantSchema,
        /** Taken out since: it counts no more. */
        withdrawn: z.boolean(),
      }),
    )
    .nullable(),
});
export type OwnKnown = z.infer<typeof ownKnownSchema>;
