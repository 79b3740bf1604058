import { z } from "zod";
import { retentionClassCodes } from "../retention/classes.ts";
import { diskLevelCodes } from "../retention/disk.ts";
import { holdKindCodes } from "../retention/holds.ts";
import { bilingualSchema, idSchema, instantSchema, pageQuerySchema, sha256Schema } from "./common.ts";

/** That imagery is gone, in what shows it: when, and by which certificate. `small`: a small picture of it is still kept. */
export const goneSchema = z.object({ at: instantSchema, number: z.number().int(), small: z.boolean() });
export type GoneView = z.infer<typeof goneSchema>;

/** Free space of the machine that answers. */
export const diskSchema = z.object({
  level: z.enum(diskLevelCodes),
  freeBytes: z.number(),
  minFreeBytes: z.number(),
  lowFreeBytes: z.number(),
  /** Bytes a day by which it shrinks, and days until nothing new is taken; null: it does not shrink, or too little is known. */
  bytesPerDay: z.number().nullable(),
  daysLeft: z.number().nullable(),
});
export type DiskView = z.infer<typeof diskSchema>;

const amountSchema = z.object({ items: z.number().int(), bytes: z.number() });

export const legalHoldSchema = z.object({
  id: idSchema,
  version: z.number().int(),
  sourceId: z.string(),
  sourceName: z.string(),
  timezone: z.string(),
  from: instantSchema,
  to: instantSchema,
  clueId: idSchema.nullable(),
  reason: z.string(),
  until: instantSchema,
  setBy: z.string(),
  setAt: instantSchema,
  /** Clips it covers that are still there. */
  clips: z.number().int(),
  state: z.enum(["in_force", "lift_proposed", "lifted", "expired"]),
  lift: z.object({ by: z.string(), at: instantSchema, reason: z.string(), own: z.boolean() }).nullable(),
  lifted: z.object({ by: z.string(), at: instantSchema }).nullable(),
});
export type LegalHoldView = z.infer<typeof legalHoldSchema>;

export const heldClipSchema = z.object({
  clipId: idSchema,
  sourceName: z.string(),
  timezone: z.string(),
  startedAt: instantSchema,
  sizeBytes: z.number(),
  because: z.enum(retentionClassCodes),
  /** Null: for good, or as long as it is held. */
  keepUntil: instantSchema.nullable(),
  heldBy: z.array(z.object({ kind: z.enum(holdKindCodes), clueId: idSchema.nullable() })),
});
export type HeldClipView = z.infer<typeof heldClipSchema>;

/** A recording that could not be analysed, about which nobody has said anything yet. */
export const failedClipSchema = z.object({
  clipId: idSchema,
  sourceName: z.string(),
  timezone: z.string(),
  fileName: z.string(),
  startedAt: instantSchema,
  durationMs: z.number(),
  sizeBytes: z.number(),
  reason: bilingualSchema,
});
export type FailedClipView = z.infer<typeof failedClipSchema>;

/** GET /api/retention: what is kept, what is due, what is held and why, how much room is left. */
export const retentionViewSchema = z.object({
  classes: z.array(
    z.object({
      code: z.enum(retentionClassCodes),
      title: bilingualSchema,
      from: bilingualSchema,
      deletes: bilingualSchema,
      /** Null: permanent. */
      term: z.object({ length: z.number().int(), unit: z.enum(["days", "years"]) }).nullable(),
      basis: z.string(),
      mark: z.string(),
      verified: z.boolean(),
    }),
  ),
  disk: diskSchema.nullable(),
  kept: z.object({ clips: amountSchema, pictures: amountSchema }),
  /** Recordings whose shortest term ends on a day of the bureau, whether something holds them or not. */
  due: z.array(z.object({ day: z.iso.date(), items: z.number().int(), bytes: z.number() })),
  /** Recordings past the shortest term that are still there, and why. `more`: only the oldest were looked at. */
  held: z.object({
    total: amountSchema,
    kinds: z.array(z.object({ kind: z.enum(holdKindCodes), items: z.number().int(), bytes: z.number() })),
    /** Nothing holds them but a longer term. */
    longer: amountSchema,
    /** Due now: the next run deletes them. */
    dueNow: amountSchema,
    oldest: z.array(heldClipSchema),
    more: z.boolean(),
  }),
  /** Oldest first; `total` may be more than are listed. */
  failed: z.object({ total: z.number().int(), items: z.array(failedClipSchema) }),
  deleted: z.object({ last30Days: amountSchema, total: z.number().int(), bytesWaiting: z.number().int() }),
  legalHolds: z.array(legalHoldSchema),
  mayHold: z.boolean(),
});
export type RetentionView = z.infer<typeof retentionViewSchema>;

export const certificateQuerySchema = pageQuerySchema.extend({
  sourceId: z.string().max(120).optional(),
  sha256: sha256Schema.optional(),
});
export const deletionCertificateSchema = z.object({
  id: idSchema,
  number: z.number().int(),
  kind: z.enum(["clip", "picture", "small_picture"]),
  clipId: idSchema,
  sourceId: z.string(),
  sourceName: z.string(),
  timezone: z.string(),
  name: z.string(),
  sha256: sha256Schema,
  sizeBytes: z.number(),
  capturedFrom: instantSchema,
  capturedTo: instantSchema,
  class: z.enum(retentionClassCodes),
  basis: z.string(),
  verified: z.boolean(),
  ruleVersion: z.string(),
  keepUntil: instantSchema,
  decidedAt: instantSchema,
  machine: z.string(),
  custodySeq: z.number().int(),
  /** Null: the bytes are still to be removed. `shared`: something that is kept has the same bytes. */
  bytes: z.object({ outcome: z.enum(["removed", "shared"]), at: instantSchema }).nullable(),
});
export type DeletionCertificateView = z.infer<typeof deletionCertificateSchema>;
export const certificateListSchema = z.object({
  items: z.array(deletionCertificateSchema),
  next: z.string().nullable(),
});

/** GET /api/retention/certificates/paper: one certificate, or all of a stretch of days (both included, of the bureau), at most 500. */
export const certificatePaperQuerySchema = z
  .object({
    id: idSchema.optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    format: z.enum(["pdf", "docx"]).default("pdf"),
  })
  .refine(({ id, from, to }) => id !== undefined || (from !== undefined && to !== undefined && from <= to), {
    message: "id, or from and to",
  });

/** POST /api/retention/holds: a stretch of a source, or what a record rests on. */
export const legalHoldBodySchema = z.union([
  z.object({
    sourceId: z.string().min(1).max(120),
    from: instantSchema,
    to: instantSchema,
    until: instantSchema,
    reason: z.string().trim().min(4).max(500),
  }),
  z.object({ clueId: idSchema, until: instantSchema, reason: z.string().trim().min(4).max(500) }),
]);
export type LegalHoldBody = z.input<typeof legalHoldBodySchema>;
/** `gone`: recordings of the stretch that were deleted before. */
export const legalHoldSetSchema = z.object({ id: idSchema, clips: z.number().int(), gone: z.number().int() });
export const liftProposalBodySchema = z.object({
  version: z.number().int(),
  reason: z.string().trim().min(4).max(500),
});
/** POST /api/retention/failed/{id}: `again` asks for its analysis once more, `let_go` lets its term count. */
export const failedDecisionSchema = z.object({
  decision: z.enum(["again", "let_go"]),
  reason: z.string().trim().min(4).max(500),
});
export type FailedDecision = z.infer<typeof failedDecisionSchema>;
/** `confirm` false: it stays in force, the proposal is off. */
export const liftBodySchema = z.object({ version: z.number().int(), confirm: z.boolean() });
