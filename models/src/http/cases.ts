import { z } from "zod";
import { evidenceSchema } from "./clues.ts";
import { bilingualSchema, idSchema, instantSchema, pageQuerySchema, sha256Schema } from "./common.ts";

export const partySchema = z.object({
  kind: z.enum(["person", "unit", "unknown"]).default("unknown"),
  name: z.string().max(200).optional(),
  /** 统一社会信用代码 of a unit, or identity number of a person. */
  idNumber: z.string().max(40).optional(),
  representative: z.string().max(100).optional(),
  address: z.string().max(300).optional(),
  phone: z.string().max(40).optional(),
  /** Facts that came from the register of objects when the case was opened and that no handler has confirmed yet. The server keeps it. */
  register: z
    .object({
      objectId: idSchema,
      version: z.number().int(),
      takenAt: instantSchema,
      unconfirmed: z.array(z.string().max(40)).max(10),
    })
    .optional(),
});
export const proposalSchema = z.object({
  kind: z.enum(["warning", "fine", "none"]).optional(),
  amountYuan: z.number().min(0).max(10_000_000).optional(),
  reason: z.string().max(2_000).optional(),
});

export const caseQuerySchema = pageQuerySchema;
export const caseItemSchema = z.object({
  id: idSchema,
  clueId: idSchema,
  state: z.string(),
  number: z.string().nullable(),
  cause: z.string(),
  violation: z.string(),
  violationTitle: bilingualSchema,
  place: z.string(),
  from: instantSchema,
  to: instantSchema,
  filedAt: instantSchema,
  handlers: z.array(z.object({ id: idSchema, name: z.string(), badgeNo: z.string().nullable() })),
  nextDue: z.object({ id: z.string(), title: bilingualSchema, dueOn: z.iso.date(), basis: z.string() }).nullable(),
  version: z.number().int(),
});
export type CaseItem = z.infer<typeof caseItemSchema>;
export const casesSchema = z.object({ items: z.array(caseItemSchema), next: z.string().nullable() });

export const documentViewSchema = z.object({
  id: idSchema,
  template: z.string(),
  titleZh: z.string(),
  titleEn: z.string(),
  version: z.number().int(),
  /** Facts that are still missing and stand as visible blanks in the draft. */
  missing: z.array(z.object({ field: z.string(), zh: z.string(), en: z.string() })),
  docxSha256: sha256Schema,
  pdfSha256: sha256Schema,
  createdAt: instantSchema,
});

export const caseDetailSchema = caseItemSchema.extend({
  party: partySchema,
  proposal: proposalSchema,
  /** Facts text made from structured facts only. */
  factsText: z.string(),
  /** The pictures of the device are no evidence of this case: why, and how many there are. Null: they are listed below. */
  leftOut: bilingualSchema.extend({ items: z.number().int() }).nullable(),
  evidence: z.array(evidenceSchema.extend({ proves: z.string() })),
  /** The first look after the time allowed by each order to correct; no review has passed it. */
  rechecks: z.array(
    z.object({
      at: instantSchema,
      correctBy: instantSchema,
      state: z.enum(["present", "absent", "blind"]).nullable(),
      clipId: idSchema,
      fileName: z.string(),
      offsetMs: z.number().int(),
      /** Of the original, and of the picture cut from it. */
      sha256: sha256Schema,
      pictureSha256: sha256Schema.nullable(),
    }),
  ),
  originals: z.array(
    z.object({
      clipId: idSchema,
      fileName: z.string(),
      sha256: sha256Schema,
      sizeBytes: z.number(),
      startedAt: instantSchema,
    }),
  ),
  provisions: z.array(
    z.object({
      law: z.string(),
      article: z.string(),
      use: z.enum(["breached", "punishing"]),
      verified: z.boolean(),
      note: z.string().nullable(),
    }),
  ),
  dueDates: z.array(
    z.object({ id: z.string(), title: bilingualSchema, dueOn: z.iso.date(), unit: z.string(), basis: z.string() }),
  ),
  /** Every template, with its newest draft if there is one. */
  documents: z.array(
    z.object({ template: z.string(), titleZh: z.string(), titleEn: z.string(), latest: documentViewSchema.nullable() }),
  ),
  /** The signed-in person is a handler of this case and may edit it. */
  mayEdit: z.boolean(),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;

/** PATCH /api/cases/{id} (its handlers). */
export const casePatchBodySchema = z.object({
  version: z.number().int(),
  party: partySchema.omit({ register: true }).optional(),
  /** The handler has checked what came from the register against the party itself. */
  partyConfirmed: z.boolean().optional(),
  proposal: proposalSchema.optional(),
});
/** POST /api/cases/{id}/documents (its handlers): drafts anew from the facts as they are. GET /api/documents/{id}/file?format=docx|pdf downloads. */
export const draftBodySchema = z.object({ template: z.string().max(60) });
export const documentFileQuerySchema = z.object({ format: z.enum(["docx", "pdf"]).default("pdf") });
