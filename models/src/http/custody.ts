import { z } from "zod";
import { instantSchema, pageQuerySchema, sha256Schema } from "./common.ts";

/** GET /api/custody?subject=clue:<id> (auditor, head, and reviewers/handlers of the subject). */
export const custodyQuerySchema = pageQuerySchema.extend({ subject: z.string().max(120).optional() });
export const custodyEntrySchema = z.object({
  seq: z.number().int(),
  at: instantSchema,
  action: z.string(),
  subject: z.string(),
  actorName: z.string(),
  detail: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export type CustodyEntryView = z.infer<typeof custodyEntrySchema>;
export const custodySchema = z.object({ items: z.array(custodyEntrySchema), next: z.string().nullable() });
/** `expectedHead`: a head hash noted earlier outside the system; finds a cut or rewritten tail too. */
export const custodyCheckBodySchema = z.object({ expectedHead: sha256Schema.optional() }).nullish();
/** POST /api/custody/check: re-computes the whole chain. `brokenAt` is the first entry that does not fit. */
export const custodyCheckSchema = z.object({
  entries: z.number().int(),
  intact: z.boolean(),
  brokenAt: z.number().int().nullable(),
  reason: z.string().nullable(),
  headHash: z.string(),
});
