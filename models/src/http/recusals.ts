import { z } from "zod";
import { recusalReasonCodes } from "../people/recusals.ts";
import { idSchema, instantSchema } from "./common.ts";

/** A recusal 回避 (APL 43) with what the head decided on it. */
export const recusalSchema = z.object({
  id: idSchema,
  person: z.object({ id: idSchema, name: z.string() }),
  /** Null: standing, for every record at `place`. */
  clueId: idSchema.nullable(),
  place: z.string(),
  /** declared by the person, requested by another, recorded by the administrator. */
  kind: z.enum(["declared", "requested", "recorded"]),
  reasonCode: z.enum(recusalReasonCodes),
  note: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema,
  /** Whether the person has to stay away now. */
  binds: z.boolean(),
  /** Decisions of the head, oldest first; the newest counts. */
  decisions: z.array(
    z.object({
      result: z.enum(["approved", "refused"]),
      note: z.string().nullable(),
      by: z.string(),
      at: instantSchema,
    }),
  ),
  /** The signed-in person may decide on it. */
  mayDecide: z.boolean(),
});
export type RecusalView = z.infer<typeof recusalSchema>;

const grounds = {
  reasonCode: z.enum(recusalReasonCodes),
  /** What the relation is, in words. */
  note: z.string().trim().min(1).max(1_000),
};
/** POST /api/clues/{id}/recusals: the own recusal (personId is the own), or a request for somebody else's. */
export const clueRecusalBodySchema = z.object({ personId: idSchema, ...grounds });
export type ClueRecusalBody = z.infer<typeof clueRecusalBodySchema>;
/** POST /api/recusals: a standing recusal from every record at a place; for others only by the administrator. */
export const standingRecusalBodySchema = z.object({
  personId: idSchema,
  place: z.string().trim().min(2).max(200),
  ...grounds,
});
export type StandingRecusalBody = z.infer<typeof standingRecusalBodySchema>;
export const recusalCreatedSchema = z.object({ id: idSchema });

/** POST /api/recusals/{id}/decision (head): approved binds, refused lifts. `decided`: number of decisions the page knew; 409 when there are more. */
export const recusalDecisionBodySchema = z.object({
  result: z.enum(["approved", "refused"]),
  note: z.string().trim().max(1_000).optional(),
  decided: z.number().int().min(0),
});
export type RecusalDecisionBody = z.infer<typeof recusalDecisionBodySchema>;

/** GET /api/recusals?scope=: `open` those of records on which the head has not decided yet, `standing` those for a place, `own` the own ones. */
export const recusalQuerySchema = z.object({ scope: z.enum(["open", "standing", "own"]) });
export const recusalsSchema = z.object({ items: z.array(recusalSchema) });

/** GET /api/clues/{id}/recusals: those of this record and the standing ones of its place; and whose a person may ask for. */
export const clueRecusalsSchema = recusalsSchema.extend({
  /** Who may be asked to stay away: those who reviewed, collected or handle it, and all who could. */
  people: z.array(z.object({ id: idSchema, name: z.string() })),
  mayRaise: z.boolean(),
});
export type ClueRecusalsView = z.infer<typeof clueRecusalsSchema>;
