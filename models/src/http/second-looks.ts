import { z } from "zod";
import { clueItemSchema } from "./clues.ts";
import { bilingualSchema, idSchema, instantSchema, sha256Schema } from "./common.ts";

const kindSchema = z.enum(["discard", "merged"]);

/** Merged review of one violation: how often second looks disagreed, and whether it fell back to two reviews. */
export const mergedRateSchema = z.object({
  violation: z.string(),
  violationTitle: bilingualSchema,
  approval: z.object({ document: z.string(), approvedOn: z.iso.date(), verified: z.boolean() }),
  looked: z.number().int(),
  disagreed: z.number().int(),
  /** Null: too few second looks to speak of a rate. */
  rate: z.number().nullable(),
  fallback: z.object({ id: idSchema, since: instantSchema, zh: z.string(), en: z.string() }).nullable(),
  /** Earlier fall-backs, newest first. */
  lifted: z.array(
    z.object({ id: idSchema, since: instantSchema, liftedAt: instantSchema, by: z.string(), reason: z.string() }),
  ),
});
export type MergedRate = z.infer<typeof mergedRateSchema>;

export const secondLookItemSchema = z.object({
  id: idSchema,
  kind: kindSchema,
  result: z.enum(["agree", "disagree"]).nullable(),
  /** Whose decision it is. */
  of: z.string(),
  by: z.string().nullable(),
  drawnAt: instantSchema,
  dueAt: instantSchema,
  overdue: z.boolean(),
  /** Why the signed-in person may not give it; null: may. */
  barred: bilingualSchema.nullable(),
  /** Reason of the discard. */
  reasonCode: z.string().nullable(),
  clue: clueItemSchema,
});
export type SecondLookItem = z.infer<typeof secondLookItemSchema>;

/** GET /api/second-looks: what waits (oldest first), what was looked at last, sampling as it stands, rates per violation. */
export const secondLooksSchema = z.object({
  waiting: z.array(secondLookItemSchema),
  given: z.array(secondLookItemSchema),
  sampling: z.object({
    discardRate: z.number(),
    leastDiscardRate: z.number(),
    mergedRate: z.number(),
    workingDays: z.number().int(),
    overdue: z.number().int(),
    window: z.number().int(),
    minLooks: z.number().int(),
    maxDisagreement: z.number(),
  }),
  merged: z.array(mergedRateSchema),
  /** The signed-in person may lift a fall-back. */
  mayLift: z.boolean(),
});
export type SecondLooksView = z.infer<typeof secondLooksSchema>;

/** POST /api/merged-fallbacks/{id}/lift, by the head. */
export const liftFallbackBodySchema = z.object({ reason: z.string().trim().min(4).max(500) });

/** GET /api/second-looks/draws?day=: every draw of a day. The key is there once the day is over, so that each draw can be computed again. */
export const drawsQuerySchema = z.object({ day: z.iso.date() });
export const drawsSchema = z.object({
  day: z.iso.date(),
  /** SHA-256 of the key, in the custody log since the day's first draw; null: nothing was drawn that day. */
  keySha256: sha256Schema.nullable(),
  keyHex: z.string().nullable(),
  formula: z.string(),
  draws: z.array(
    z.object({
      clueId: idSchema,
      kind: kindSchema,
      round: z.number().int(),
      at: instantSchema,
      value: z.number(),
      rate: z.number(),
      drawn: z.boolean(),
      /** The server computed it again just now and got the same. */
      agrees: z.boolean(),
    }),
  ),
});
export type DrawsView = z.infer<typeof drawsSchema>;
