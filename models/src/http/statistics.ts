import { z } from "zod";
import { type Outcome, outcomeCodes, precisionGroups } from "../statistics/index.ts";
import { clueStateSchema } from "./clues.ts";
import { bilingualSchema, instantSchema } from "./common.ts";

/**
 * GET /api/statistics: days of the bureau's time zone, both included; left out: the last 30 days.
 * An item belongs to the day on which its clue was opened, whenever it is decided.
 */
export const statisticsQuerySchema = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  group: z.enum(precisionGroups).default("camera"),
});
export type StatisticsQuery = z.output<typeof statisticsQuerySchema>;
/** GET /api/statistics.xlsx: every group, one sheet per figure. */
export const statisticsFileQuerySchema = statisticsQuerySchema
  .omit({ group: true })
  .extend({ lang: z.enum(["zh", "en"]).default("zh") });

/** {@link import("../statistics/share.ts").Share} on the wire. */
export const shareSchema = z.object({
  count: z.number().int(),
  total: z.number().int(),
  undecided: z.number().int(),
  leftOut: z.number().int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  ifAllAgainst: z.number().nullable(),
  ifAllFor: z.number().nullable(),
});
export type ShareView = z.infer<typeof shareSchema>;
export const agreementSchema = shareSchema.extend({ kappa: z.number().nullable() });
export type AgreementView = z.infer<typeof agreementSchema>;

const outcomeCountsSchema = z.record(z.enum(outcomeCodes as [Outcome, ...Outcome[]]), z.number().int());

export const precisionRowSchema = shareSchema.extend({
  /** Source id, violation code, hour 0–23, or model id and hash. */
  key: z.string(),
  title: bilingualSchema,
  outcomes: outcomeCountsSchema,
});
export type PrecisionRow = z.infer<typeof precisionRowSchema>;

export const reasonRowSchema = z.object({
  state: clueStateSchema,
  stateTitle: bilingualSchema,
  reasonCode: z.string(),
  title: bilingualSchema,
  count: z.number().int(),
});

/** A queue as it stands now, whatever the period: ages since the clue was opened, so that sending back makes nobody younger. */
export const queueRowSchema = z.object({
  state: clueStateSchema,
  title: bilingualSchema,
  open: z.number().int(),
  overdue: z.number().int(),
  oldestS: z.number().nullable(),
  p50S: z.number().nullable(),
  p95S: z.number().nullable(),
});
export type QueueRow = z.infer<typeof queueRowSchema>;

/** `…AtLeast`: the item at that place is still waiting, the time can only grow. */
export const waitRowSchema = z.object({
  step: z.enum(["technical", "legal"]),
  reviewed: z.number().int(),
  waiting: z.number().int(),
  p50S: z.number().nullable(),
  p50AtLeast: z.boolean(),
  p95S: z.number().nullable(),
  p95AtLeast: z.boolean(),
});
export type WaitRow = z.infer<typeof waitRowSchema>;

/** Time a record was open and in front of its reviewer. `violation` null: all of the review. Times null: too few, or one person's alone. */
export const reviewTimeRowSchema = z.object({
  step: z.enum(["technical", "legal", "merged"]),
  violation: z.string().nullable(),
  title: bilingualSchema.nullable(),
  reviews: z.number().int(),
  p50S: z.number().nullable(),
  p90S: z.number().nullable(),
});
export type ReviewTimeRow = z.infer<typeof reviewTimeRowSchema>;

export const rateIds = ["on_time", "sent_back", "wrong", "erased", "corrected"] as const;
export type RateId = (typeof rateIds)[number];

const watchedSchema = z.object({ seenMin: z.number(), blindMin: z.number(), unrecordedMin: z.number().nullable() });
export const watchedCameraSchema = watchedSchema.extend({
  sourceId: z.string(),
  name: z.string(),
  days: z.array(watchedSchema.extend({ day: z.iso.date() })),
});
export type WatchedCamera = z.infer<typeof watchedCameraSchema>;

export const missesSchema = z.object({
  looks: z.number(),
  judged: z.number().int(),
  missed: z.number().int(),
  unclear: z.number().int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  highIfUnclear: z.number().nullable(),
  looksLow: z.number().nullable(),
  looksHigh: z.number().nullable(),
  /** Left out: flagged after the draw. What arrived of a day after its draw was never drawn from. */
  flaggedLater: z.number().int(),
  /** Days drawn from, and looks on which something could be seen and that a flag covered. */
  draws: z.number().int(),
  flaggedLooks: z.number(),
});
export type MissesView = z.infer<typeof missesSchema>;

/** Reviews: legal verdicts on what technical review passed. Samples: two persons on one look. Seeds: known violations that were seen. */
const agreementsSchema = z.object({ reviews: agreementSchema, samples: agreementSchema, seeds: shareSchema });

export const statisticsSchema = z.object({
  period: z.object({ from: z.iso.date(), to: z.iso.date(), timezone: z.string(), madeAt: instantSchema }),
  group: z.enum(precisionGroups),
  settings: z.object({
    minDecided: z.number().int(),
    samplesPerSourceDay: z.number().int(),
    seedsPerSourceDay: z.number().int(),
    /** The numbers have been confirmed by the bureau. */
    verified: z.boolean(),
  }),
  outcomes: outcomeCountsSchema,
  states: z.array(z.object({ state: clueStateSchema, title: bilingualSchema, count: z.number().int() })),
  overall: shareSchema,
  precision: z.array(precisionRowSchema),
  reasons: z.array(reasonRowSchema),
  queues: z.array(queueRowSchema),
  waits: z.array(waitRowSchema),
  reviewTimes: z.array(reviewTimeRowSchema),
  /** Known items answered rightly in the period, per queue; `leftOut`: by one person alone, not told. */
  known: z.object({ technical: shareSchema, legal: shareSchema }),
  rates: z.array(shareSchema.extend({ id: z.enum(rateIds) })),
  watched: z.array(watchedCameraSchema),
  misses: missesSchema,
  agreement: agreementsSchema,
  /** Of the signed-in person alone, for the own training; null without a reviewing duty. No route tells it of anybody else. */
  own: agreementsSchema.nullable(),
});
export type StatisticsView = z.infer<typeof statisticsSchema>;
