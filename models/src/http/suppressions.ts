import { z } from "zod";
import { bilingualSchema, idSchema, instantSchema } from "./common.ts";

const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** A flag whose rejection led to an offer or a suppression: what the person saw, and who rejected it. */
export const rejectedFlagSchema = z.object({
  flagId: idSchema,
  clueId: idSchema,
  /** Box of this flag, 0..1 of the picture. */
  boxNorm: boxSchema,
  /** Evidence id of a whole-view picture, on which the box lies where it belongs. */
  pictureId: idSchema.nullable(),
  widthPx: z.number().int().nullable(),
  heightPx: z.number().int().nullable(),
  from: instantSchema,
  to: instantSchema,
  score: z.number(),
  /** Discarded in pre-screening, or rejected in a review. */
  state: z.enum(["DISCARDED", "REJECTED"]),
  reasonCode: z.string(),
  rejectedBy: z.string(),
  rejectedAt: instantSchema,
});
export type RejectedFlagView = z.infer<typeof rejectedFlagSchema>;

const placeSchema = z.object({
  sourceId: z.string(),
  sourceName: z.string(),
  sourceKind: z.string(),
  timezone: z.string(),
  place: z.string(),
  violation: z.string(),
  violationTitle: bilingualSchema,
  ruleKey: z.string(),
  zoneId: z.string(),
  /** The look: median box of the flags, 0..1 of the picture. */
  boxNorm: boxSchema,
});

export const suppressionOfferSchema = placeSchema.extend({
  /** Handle of exactly these flags; one rejection more makes another offer. */
  key: z.string(),
  flags: z.array(rejectedFlagSchema),
  proposedUntil: instantSchema,
  latestUntil: instantSchema,
  /** Why the signed-in person may not approve it; null: may. */
  barred: bilingualSchema.nullable(),
});
export type SuppressionOffer = z.infer<typeof suppressionOfferSchema>;

export const suppressionSchema = placeSchema.extend({
  id: idSchema,
  flags: z.array(rejectedFlagSchema),
  reason: z.string(),
  approvedBy: z.string(),
  approvedAt: instantSchema,
  validFrom: instantSchema,
  validUntil: instantSchema,
  revoked: z.object({ by: z.string(), at: instantSchema, reason: z.string() }).nullable(),
  /** Acts that would have been flagged but for it, in all and the newest few. */
  suppressedActs: z.number().int(),
  latestActs: z.array(z.object({ from: instantSchema, to: instantSchema })),
});
export type SuppressionView = z.infer<typeof suppressionSchema>;

/** GET /api/suppressions: what is offered, what is in force now, and what has ended, newest first. */
export const suppressionsSchema = z.object({
  offers: z.array(suppressionOfferSchema),
  active: z.array(suppressionSchema),
  ended: z.array(suppressionSchema),
  /** All that have ended; more than `ended` holds when there are very many. */
  endedTotal: z.number().int(),
  mayRevoke: z.boolean(),
});
export type SuppressionsView = z.infer<typeof suppressionsSchema>;

const reasonSchema = z.string().trim().min(1).max(500);
/** POST /api/suppressions (head): approves one offer until a date. */
export const approveSuppressionBodySchema = z.object({
  offerKey: z.string().regex(/^[0-9a-f]{16}$/),
  validUntil: instantSchema,
  reason: reasonSchema,
});
export type ApproveSuppressionBody = z.infer<typeof approveSuppressionBodySchema>;
export const suppressionCreatedSchema = z.object({ id: idSchema, validUntil: instantSchema });
/** POST /api/suppressions/{id}/revoke (head, auditor): ends it at once. */
export const revokeSuppressionBodySchema = z.object({ reason: reasonSchema });
