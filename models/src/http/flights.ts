import { z } from "zod";
import { aircraftClassCodes } from "../device/flight.ts";
import { bilingualSchema, idSchema, instantSchema } from "./common.ts";

/** What the pilot states of a flight (UAV 10, 19, 31; domain G.1). */
export const flightStatementSchema = z.object({
  aircraftClass: z.enum(aircraftClassCodes),
  registration: z.string().trim().max(60),
  operator: z.string().trim().max(120),
  approval: z
    .object({ number: z.string().trim().min(2).max(120), heightLimitM: z.number().positive().max(5_000) })
    .nullable(),
  noApprovalReason: z.string().trim().max(300).nullable(),
  inFreeAirspace: z.boolean(),
  byRelay: z.boolean(),
  overCrowd: z.boolean(),
  statedHeightM: z.number().min(0).max(5_000).nullable(),
  /** Ids of the checklists it served; empty: all that the bureau has. */
  checklists: z.array(z.string().max(40)).max(20).default([]),
});

export const flightSchema = z.object({
  id: idSchema,
  sourceId: z.string(),
  sourceName: z.string(),
  timezone: z.string(),
  startedAt: instantSchema,
  clips: z.number().int(),
  recordedHeightM: z.number().nullable(),
  /** The newest statement counts; null: none yet. `by` null: demonstration data. */
  statement: flightStatementSchema.extend({ by: z.string().nullable(), at: instantSchema }).nullable(),
  statements: z.number().int(),
  lacks: z.array(bilingualSchema),
  /** Checks of its lists that a person has answered. */
  checks: z.object({ answered: z.number().int(), total: z.number().int() }),
});
export type FlightView = z.infer<typeof flightSchema>;

/** GET /api/flights: the newest flights; a pilot sees the own ones and those nobody claimed. */
export const flightsSchema = z.object({
  items: z.array(flightSchema),
  mayState: z.boolean(),
  /** Lists a flight may serve. */
  checklists: z.array(z.object({ id: z.string(), name: bilingualSchema })),
});
export type FlightsView = z.infer<typeof flightsSchema>;

/** POST /api/flights/{id}/statements, by a pilot: a new statement, never a change of an old one. 409 when another came first. */
export const flightStatementBodySchema = flightStatementSchema.extend({ statements: z.number().int().min(0) });
export type FlightStatementBody = z.input<typeof flightStatementBodySchema>;
