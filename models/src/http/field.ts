import { z } from "zod";
import { type FieldState, fieldDecisions, fieldStateCodes, fieldSteps, fieldTargetKindCodes } from "../field/index.ts";
import { bilingualSchema, idSchema, instantSchema, pageQuerySchema } from "./common.ts";

const daySchema = z.iso.date();
const lonLatSchema = z.object({ longitude: z.number(), latitude: z.number() });
export const fieldStateSchema = z.enum(fieldStateCodes);

/** GET /api/field-recordings: newest first. */
export const fieldQuerySchema = pageQuerySchema.extend({
  state: fieldStateSchema.default("PROPOSED"),
  sourceId: z.string().max(120).optional(),
  /** Carrier by assignment. */
  officerId: idSchema.optional(),
  /** Day of the bureau on which it begins. */
  day: daySchema.optional(),
});
export type FieldQuery = z.input<typeof fieldQuerySchema>;

export const fieldItemSchema = z.object({
  clipId: idSchema,
  state: fieldStateSchema,
  version: z.number().int(),
  sourceId: z.string(),
  sourceName: z.string(),
  sourceKind: z.string(),
  fileName: z.string(),
  timezone: z.string(),
  startedAt: instantSchema,
  durationMs: z.number().int(),
  uncertaintyMs: z.number().int(),
  /** By assignment; empty: nobody is entered. */
  carriers: z.array(z.string()),
  /** What it may belong to, or belongs to: the first and how many. */
  targets: z.number().int(),
  first: z
    .object({
      kind: z.enum(fieldTargetKindCodes),
      place: z.string(),
      certainty: z.enum(["certain", "possible"]).nullable(),
    })
    .nullable(),
  /** Its imagery was deleted when its time was over. */
  isGone: z.boolean(),
});
export type FieldItem = z.infer<typeof fieldItemSchema>;

const asked = fieldStateCodes.filter((code) => code !== "FREE");
const countsShape = Object.fromEntries(asked.map((code) => [code, z.number().int()])) as Record<
  Exclude<FieldState, "FREE">,
  z.ZodNumber
>;
export const fieldListSchema = z.object({
  items: z.array(fieldItemSchema),
  next: z.string().nullable(),
  /** With the same filters, by state; those of which nothing is asked are not counted, a gate has millions. */
  counts: z.object(countsShape),
  devices: z.array(z.object({ id: z.string(), name: z.string() })),
  officers: z.array(z.object({ id: idSchema, name: z.string() })),
});
export type FieldList = z.infer<typeof fieldListSchema>;

/** GET /api/field-recordings/waiting: for the header; own: of devices the person carried. */
export const fieldWaitingSchema = z.object({
  proposed: z.number().int(),
  orphans: z.number().int(),
  own: z.object({ proposed: z.number().int(), orphans: z.number().int() }),
});
export type FieldWaiting = z.infer<typeof fieldWaitingSchema>;

const reasonSchema = z.object({
  fact: z.enum(["time", "officer", "recusal", "position", "uploader"]),
  says: z.enum(["for", "against", "open"]),
  zh: z.string(),
  en: z.string(),
});
const saidSchema = z.object({
  ordinal: z.number().int(),
  decision: z.enum(Object.keys(fieldDecisions) as [keyof typeof fieldDecisions, ...(keyof typeof fieldDecisions)[]]),
  targetKey: z.string().nullable(),
  place: z.string().nullable(),
  certainty: z.enum(["certain", "possible"]).nullable(),
  /** Null: the rule. */
  by: z.string().nullable(),
  ruleVersion: z.string().nullable(),
  at: instantSchema,
  reason: z.string().nullable(),
});

export const fieldTargetSchema = z.object({
  key: z.string(),
  kind: z.enum(fieldTargetKindCodes),
  state: z.enum(["proposed", "linked", "rejected", "lapsed"]),
  clueId: idSchema.nullable(),
  /** Of the case the record became. */
  caseId: idSchema.nullable(),
  title: bilingualSchema,
  place: z.string(),
  at: lonLatSchema.nullable(),
  /** When it was, as far as it is known. */
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
  officers: z.array(z.string()),
  certainty: z.enum(["certain", "possible"]).nullable(),
  reasons: z.array(reasonSchema),
  /** Places of what fits as well at the same time. */
  rivals: z.array(z.string()),
  /** Why the signed-in person may not decide on it: district or recusal. */
  barred: bilingualSchema.nullable(),
});
export type FieldTarget = z.infer<typeof fieldTargetSchema>;

/** GET /api/field-recordings/{clipId} */
export const fieldDetailSchema = fieldItemSchema.omit({ targets: true, first: true }).extend({
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  startMethod: z.string(),
  receivedAt: instantSchema,
  /** Who handed it in: a hint, no ground. */
  uploader: z.string().nullable(),
  telemetryFormat: z.string().nullable(),
  /** Lines without breaks, WGS-84. */
  track: z.array(z.array(z.tuple([z.number(), z.number()]))),
  standsAt: lonLatSchema.nullable(),
  options: z.array(fieldTargetSchema),
  said: z.array(saidSchema),
  nothing: z.object({ by: z.string(), at: instantSchema, reason: z.string() }).nullable(),
  mayDecide: z.boolean(),
  /** Why "belongs to nothing" is not this person's to say. */
  barred: bilingualSchema.nullable(),
});
export type FieldDetail = z.infer<typeof fieldDetailSchema>;

/** POST /api/field-recordings/{clipId}/decisions; `set` names a record that the rule did not find. */
export const fieldDecisionBodySchema = z.object({
  version: z.number().int(),
  step: z.enum(fieldSteps),
  targetKey: z.string().max(80).optional(),
  clueId: idSchema.optional(),
  reason: z.string().trim().max(500).optional(),
});
export type FieldDecisionBody = z.infer<typeof fieldDecisionBodySchema>;
export const fieldDecidedSchema = z.object({ state: fieldStateSchema, version: z.number().int() });

/** GET /api/clues/{id}/recordings: what was linked with the steps of a record, and how many wait for a person. */
export const clueRecordingsSchema = z.object({
  items: z.array(
    z.object({
      clipId: idSchema,
      kind: z.enum(fieldTargetKindCodes),
      /** Id of the step. */
      stepId: idSchema,
      stepAt: instantSchema.nullable(),
      sourceName: z.string(),
      sourceKind: z.string(),
      timezone: z.string(),
      startedAt: instantSchema,
      durationMs: z.number().int(),
      carriers: z.array(z.string()),
      by: z.string(),
      at: instantSchema,
      reason: z.string().nullable(),
      isGone: z.boolean(),
    }),
  ),
  /** Proposed and not decided. */
  waiting: z.array(z.object({ clipId: idSchema, certainty: z.enum(["certain", "possible"]) })),
});
export type ClueRecordings = z.infer<typeof clueRecordingsSchema>;

const snappedSchema = z.object({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  distanceM: z.number(),
  isWithinError: z.boolean(),
});
/** A proposal "about at", with its error; never the stated place. */
export const aboutAtSchema = z.object({
  at: lonLatSchema,
  errorM: z.number(),
  fixM: z.number(),
  clockM: z.number(),
  betweenM: z.number(),
  candidates: z.array(snappedSchema),
  nearest: snappedSchema.nullable(),
  isAmbiguous: z.boolean(),
  /** The error is too large to name anything: that nothing is named says nothing of what is there. */
  isTooUnsure: z.boolean(),
});
export type AboutAt = z.infer<typeof aboutAtSchema>;

/** GET /api/clues/{id}/look-place: of a record of a patrol car, where its whole view was taken. Null: another kind of source. */
export const lookPlaceSchema = z.object({
  place: z
    .object({
      clipId: idSchema,
      offsetMs: z.number().int(),
      about: aboutAtSchema.nullable(),
      why: bilingualSchema.nullable(),
      /** Where the whole view has no place: those of its other pictures that have one, each of its own moment. */
      others: z.array(
        z.object({ clipId: idSchema, offsetMs: z.number().int(), capturedAt: instantSchema, about: aboutAtSchema }),
      ),
    })
    .nullable(),
});
export type LookPlace = z.infer<typeof lookPlaceSchema>;

/** GET /api/patrol-runs?day=: a car's consecutive recordings. */
export const patrolRunsQuerySchema = z.object({ day: daySchema.optional() });
export const patrolRunsSchema = z.object({
  day: daySchema,
  items: z.array(
    z.object({
      /** First recording of the run; GET /api/patrol-runs/{id}. */
      id: idSchema,
      sourceName: z.string(),
      timezone: z.string(),
      from: instantSchema,
      to: instantSchema,
      clips: z.number().int(),
      carriers: z.array(z.string()),
    }),
  ),
});
export type PatrolRuns = z.infer<typeof patrolRunsSchema>;

export const patrolRunSchema = z.object({
  id: idSchema,
  sourceName: z.string(),
  timezone: z.string(),
  from: instantSchema,
  to: instantSchema,
  carriers: z.array(z.string()),
  clips: z.array(
    z.object({ id: idSchema, fileName: z.string(), startedAt: instantSchema, durationMs: z.number().int() }),
  ),
  track: z.array(z.array(z.tuple([z.number(), z.number()]))),
  looks: z.array(z.object({ clipId: idSchema, offsetMs: z.number().int(), at: lonLatSchema, errorM: z.number() })),
  /** Looks, those shown, and those without a place by reason; flags, of which the first are listed. */
  counts: z.object({
    looks: z.number().int(),
    placed: z.number().int(),
    shown: z.number().int(),
    flags: z.number().int(),
  }),
  without: z.array(z.object({ why: bilingualSchema, looks: z.number().int() })),
  errorMedianM: z.number().nullable(),
  flags: z.array(
    z.object({
      clueId: idSchema.nullable(),
      violation: bilingualSchema,
      at: instantSchema,
      place: z.string(),
      about: aboutAtSchema.nullable(),
      why: bilingualSchema.nullable(),
    }),
  ),
});
export type PatrolRun = z.infer<typeof patrolRunSchema>;
