import { z } from "zod";
import { answerSchema } from "../clue/checklists.ts";
import { correctionSchema } from "../clue/corrections.ts";
import { priorityCodes, priorityReasonCodes } from "../clue/priority.ts";
import { clueEvents } from "../clue/transitions.ts";
import { clueStateSchema, dissuasionChannels } from "./clues.ts";
import { idSchema, instantSchema } from "./common.ts";

/** POST /api/clues/{id}/lease keeps a record for the person who decides on it; DELETE gives it back. `until` null: nothing here is this person's to decide, or another has it. */
export const leaseSchema = z.object({
  until: instantSchema.nullable(),
  takenBy: z.object({ name: z.string(), until: instantSchema }).nullable(),
});
export type LeaseView = z.infer<typeof leaseSchema>;

export const dissuasionBodySchema = z.object({
  channel: z.enum(dissuasionChannels),
  /** Telephone number, or on site the name of who was spoken to. */
  recipient: z.string().trim().min(1).max(120),
  correctWithinMin: z.number().int().min(0).max(43_200),
});
export type DissuasionBody = z.infer<typeof dissuasionBodySchema>;

/** POST /api/clues/{id}/priority. `level` null gives it back to the facts; else a reason, and words where the reason is `other`. 409 when the page is stale. */
export const cluePriorityBodySchema = z.object({
  version: z.number().int(),
  /** Level that the page showed. */
  was: z.enum(priorityCodes),
  level: z.enum(priorityCodes).nullable(),
  reasonCode: z.enum(priorityReasonCodes).optional(),
  note: z.string().trim().max(500).optional(),
});
export type CluePriorityBody = z.input<typeof cluePriorityBodySchema>;

/** POST /api/clues/{id}/events. A pass carries the full check list, a rejection a reason code, filing two handlers. */
export const clueEventBodySchema = z.object({
  event: z.enum(clueEvents),
  /** Version the page was drawn from; 409 when it has moved on. */
  version: z.number().int(),
  checklist: z.array(answerSchema).max(30).default([]),
  /** A code of the table that the step asks for; the server knows which. */
  reasonCode: z
    .string()
    .regex(/^[a-z][a-z_]{1,39}$/)
    .optional(),
  /** For `transfer` and `transfer_by_head`: the receiving authority. */
  transferTo: z.string().trim().min(2).max(120).optional(),
  note: z.string().max(2_000).optional(),
  /** For `file` and `dispatch`: the two officers. */
  handlerIds: z.array(idSchema).max(2).optional(),
  /** For `dissuade` and `dissuade_again`. */
  dissuasion: dissuasionBodySchema.optional(),
  /** With a pass: facts corrected by it. With `legal_send_back`: what is to be corrected. Each with reason and words. */
  corrections: z.array(correctionSchema).max(20).optional(),
  timeOnItemMs: z.number().int().min(0).optional(),
});
export type ClueEventBody = z.input<typeof clueEventBodySchema>;
export const clueEventResultSchema = z.object({
  id: idSchema,
  state: clueStateSchema,
  version: z.number().int(),
  caseId: idSchema.nullable(),
  /** Only after a verdict on a known item, where the bureau tells the answer at once. */
  known: z.object({ right: z.boolean(), answer: z.enum(["pass", "fail"]), why: z.string() }).optional(),
});
