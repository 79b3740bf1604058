import { z } from "zod";
import { clockReasonCodes, hostClockReasonCodes, hostConditionCodes, measuringMethods } from "../device/index.ts";
import { bilingualSchema, idSchema, instantSchema } from "./common.ts";

/** A machine's own clock: GET /api/status. `measuredAt`, `aheadMs`: the last time that it could be compared. */
export const hostClockSchema = z.object({
  machine: z.string(),
  condition: z.enum(hostConditionCodes),
  measuredAt: instantSchema.nullable(),
  aheadMs: z.number().nullable(),
  uncertaintyMs: z.number().nullable(),
  server: z.string().nullable(),
  /** Why it could not be compared the last time; null: it could. */
  reason: z.enum(hostClockReasonCodes).nullable(),
});
export type HostClockView = z.infer<typeof hostClockSchema>;

export const clockPointSchema = z.object({
  at: instantSchema,
  /** Against Beijing time: what the machine's own clock was off is taken off already. */
  offsetMs: z.number().int(),
  uncertaintyMs: z.number().int(),
  method: z.string(),
  /** Null: a person compared, or the machine's clock was not known. */
  hostAheadMs: z.number().int().nullable(),
  hostKnown: z.boolean(),
  /** What the device told beside its time. */
  told: bilingualSchema.nullable(),
});
export type ClockPoint = z.infer<typeof clockPointSchema>;

export const clockDaysMax = 31;
export const clockQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(clockDaysMax).default(7) });

/** GET /api/sources/{id}/clock: comparisons of the last days, oldest first, and how each method of a live source does. */
export const clockViewSchema = z.object({
  sourceId: z.string(),
  timezone: z.string(),
  from: instantSchema,
  to: instantSchema,
  limitMs: z.number().int(),
  points: z.array(clockPointSchema),
  /** More than are shown: the oldest are left out. */
  isCut: z.boolean(),
  methods: z.array(
    z.object({
      method: z.enum(measuringMethods),
      /** Null: not tried yet. */
      triedAt: instantSchema.nullable(),
      /** Why there is no comparison; null: there is one. */
      reason: z.enum(clockReasonCodes).nullable(),
      since: instantSchema.nullable(),
    }),
  ),
  notes: z.array(bilingualSchema),
  /** When a person asked for a comparison that has not been made yet. */
  askedAt: instantSchema.nullable(),
  /** Why the signed-in person may not ask for one; null: may. */
  askBarred: bilingualSchema.nullable(),
});
export type ClockView = z.infer<typeof clockViewSchema>;

/** POST /api/sources/{id}/clock-measurements: `isNew` false where one is on its way already. */
export const clockAskedSchema = z.object({ id: idSchema, isNew: z.boolean() });
