import { bilingualSchema, tripCheckSchema } from "@mingcha/models/http";
import { observationKindCodes } from "@mingcha/models/trips";
import { z } from "zod";

const originSchema = z.object({
  fileSha256: z.string().nullable(),
  row: z.number().nullable(),
  flagId: z.string().nullable(),
});

/** A trip as it is kept: derived, and read back by this. */
export const tripDocumentSchema = z.object({
  endMs: z.number(),
  departure: z
    .object({ atMs: z.number(), from: z.enum(["gate", "manifest", "track"]), isSure: z.boolean() })
    .nullable(),
  entry: z.object({ atMs: z.number(), tipping: z.string(), weightT: z.number().nullable() }).nullable(),
  manifest: z.object({ number: z.string(), weightT: z.number().nullable(), tipping: z.string().nullable() }).nullable(),
  permit: z.object({ id: z.string(), version: z.number(), reference: z.string() }).nullable(),
  track: z.object({ points: z.number(), share: z.number() }).nullable(),
  rows: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(observationKindCodes),
      atMs: z.number(),
      text: bilingualSchema,
      origin: originSchema,
    }),
  ),
  checks: z.array(tripCheckSchema),
});
export type TripDocument = z.infer<typeof tripDocumentSchema>;

/** What a lead stands on. */
export const leadFactsSchema = z.object({
  check: tripCheckSchema,
  tripRows: z.array(z.string()),
  /** Flags among those rows: their imagery stays while the lead is open (infra/retention). */
  flagIds: z.array(z.string()).default([]),
  tipping: z.string().nullable(),
});
export type LeadFacts = z.infer<typeof leadFactsSchema>;

/** What is kept of a lead beside its columns. */
export const leadDocumentSchema = leadFactsSchema.extend({
  /** Of the trip as it is compared now. */
  tripKey: z.string(),
  /** What is found now, where that is no longer what a person decided on. */
  since: leadFactsSchema.optional(),
});
export type LeadDocument = z.infer<typeof leadDocumentSchema>;
