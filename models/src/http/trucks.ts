import { z } from "zod";
import { importProblems } from "../objects/import-problems.ts";
import {
  type LeadState,
  leadMoveCodes,
  leadReasonCodes,
  leadStateCodes,
  observationKindCodes,
  tripRuleCodes,
  verdicts,
} from "../trips/index.ts";
import { bilingualSchema, idSchema, instantSchema, pageQuerySchema, sha256Schema } from "./common.ts";

const daySchema = z.iso.date();
const linesSchema = z.array(z.array(z.tuple([z.number(), z.number()])));
const registeredSchema = { id: idSchema, version: z.number().int(), name: z.string() };
const placeSchema = z.object({
  ...registeredSchema,
  place: z.string(),
  longitude: z.number(),
  latitude: z.number(),
  radiusM: z.number(),
  /** New leads of the last thirty days. */
  leads: z.number().int(),
});

/** GET /api/trucks/register: what trucks are compared with, for the page and for the layers of a map. */
export const truckRegisterSchema = z.object({
  timezone: z.string(),
  sites: z.array(placeSchema),
  tippings: z.array(placeSchema),
  permits: z.array(
    z.object({
      ...registeredSchema,
      site: z.string(),
      tippingSites: z.array(z.string()),
      validFrom: daySchema,
      validTo: daySchema,
      state: z.enum(["in_force", "not_yet", "ended"]),
      days: z.string(),
      from: z.string(),
      to: z.string(),
      quotaT: z.number().nullable(),
      /** Tonnes that the compared trips brought. */
      usedT: z.number(),
      carrier: z.string().nullable(),
      route: linesSchema.nullable(),
      corridorM: z.number().nullable(),
    }),
  ),
  vehicles: z.number().int(),
  /** Thresholds of the comparison; house rules until somebody verified them. */
  settings: z.record(z.string(), z.union([z.number(), z.boolean()])),
  mayImport: z.boolean(),
  mayDecide: z.boolean(),
});
export type TruckRegister = z.infer<typeof truckRegisterSchema>;

/** GET /api/trucks/trips: newest first. */
export const tripQuerySchema = pageQuerySchema.extend({
  day: daySchema.optional(),
  plate: z.string().max(20).optional(),
  found: z.enum(["1"]).optional(),
});
export const tripItemSchema = z.object({
  id: idSchema,
  plate: z.string(),
  site: z.string().nullable(),
  tipping: z.string().nullable(),
  day: daySchema,
  startAt: instantSchema,
  endAt: instantSchema,
  departureFrom: z.enum(["gate", "manifest", "track"]).nullable(),
  entryAt: instantSchema.nullable(),
  manifestT: z.number().nullable(),
  entryT: z.number().nullable(),
  hasTrack: z.boolean(),
  findings: z.array(z.enum(tripRuleCodes)),
  /** Rules that could not be answered. */
  open: z.number().int(),
});
export type TripItem = z.infer<typeof tripItemSchema>;
export const tripsSchema = z.object({
  items: z.array(tripItemSchema),
  next: z.string().nullable(),
  /** Days that have trips, newest first, of the last 120; `behind`: rows came that are not compared yet. */
  days: z.array(z.object({ day: daySchema, trips: z.number().int(), findings: z.number().int(), behind: z.boolean() })),
});
export type Trips = z.infer<typeof tripsSchema>;

const verdictCodes = Object.keys(verdicts) as [keyof typeof verdicts, ...(keyof typeof verdicts)[]];
export const tripCheckSchema = z.object({
  rule: z.enum(tripRuleCodes),
  verdict: z.enum(verdictCodes),
  text: bilingualSchema,
  measured: z.number().nullable(),
  threshold: z.number().nullable(),
  margin: z.number().nullable(),
  unit: z.enum(["m", "min", "t"]).nullable(),
  rows: z.array(z.string()),
  at: z.tuple([z.number(), z.number()]).nullable(),
});
export type TripCheck = z.infer<typeof tripCheckSchema>;
export const tripRowSchema = z.object({
  key: z.string(),
  kind: z.enum(observationKindCodes),
  at: instantSchema,
  text: bilingualSchema,
  fileSha256: sha256Schema.nullable(),
  fileName: z.string().nullable(),
  row: z.number().int().nullable(),
  /** The record of a camera's flag, for those who may look at records. */
  clueId: idSchema.nullable(),
});

/** GET /api/trucks/trips/{id} */
export const tripDetailSchema = tripItemSchema.extend({
  permit: z.object({ id: idSchema, version: z.number().int(), reference: z.string() }).nullable(),
  checks: z.array(tripCheckSchema),
  rows: z.array(tripRowSchema),
  /** Positions of the trip, each with its instant; thinned to what a map can show. */
  track: z.array(z.tuple([z.number(), z.number(), instantSchema])),
  trackShare: z.number().nullable(),
});
export type TripDetail = z.infer<typeof tripDetailSchema>;

/** GET /api/trucks/leads: newest first. */
export const leadQuerySchema = pageQuerySchema.extend({
  state: z.enum(leadStateCodes).default("NEW"),
  rule: z.enum(tripRuleCodes).optional(),
});
const reasonSchema = z.enum(leadReasonCodes);
export const leadSchema = z.object({
  id: idSchema,
  rule: z.enum(tripRuleCodes),
  plate: z.string(),
  site: z.string().nullable(),
  at: instantSchema,
  foundAt: instantSchema,
  longitude: z.number().nullable(),
  latitude: z.number().nullable(),
  state: z.enum(leadStateCodes),
  version: z.number().int(),
  /** Where a person has decided: what it was decided on. */
  check: tripCheckSchema,
  /** What is found now, where that is no longer what was decided on. */
  changed: tripCheckSchema.nullable(),
  /** Null: the rows still say so. */
  unfoundAt: instantSchema.nullable(),
  decided: z
    .object({ by: z.string(), at: instantSchema, reason: reasonSchema.nullable(), note: z.string().nullable() })
    .nullable(),
  /** The trip as it is compared now; null where the rows no longer make one. */
  tripId: idSchema.nullable(),
  moves: z.array(z.enum(leadMoveCodes)),
});
export type TruckLead = z.infer<typeof leadSchema>;
export const leadsSchema = z.object({
  items: z.array(leadSchema),
  next: z.string().nullable(),
  counts: z.record(z.string(), z.number().int()) as z.ZodType<Record<LeadState, number>>,
  mayDecide: z.boolean(),
});
export type TruckLeads = z.infer<typeof leadsSchema>;

/** POST /api/trucks/leads/{id}/moves: from the version that the page was drawn from. */
export const leadMoveBodySchema = z.object({
  move: z.enum(leadMoveCodes),
  version: z.number().int(),
  reason: reasonSchema.optional(),
  note: z.string().trim().max(500).optional(),
});
export type LeadMoveBody = z.input<typeof leadMoveBodySchema>;
export const leadMovedSchema = z.object({ state: z.enum(leadStateCodes), version: z.number().int() });

const kindSchema = z.enum(observationKindCodes);
/** POST /api/trucks/import-preview and /import: the file is the body, as application/octet-stream; nothing is written by a preview. */
export const truckImportQuerySchema = z.object({
  kind: kindSchema,
  /** Datum of longitudes and latitudes in the file. */
  coordinates: z.enum(["wgs84", "gcj02"]).default("wgs84"),
});
export const truckImportRunQuerySchema = truckImportQuerySchema.extend({
  plan: sha256Schema,
  name: z.string().trim().min(1).max(200),
});
const problemCodes = Object.keys(importProblems) as [keyof typeof importProblems, ...(keyof typeof importProblems)[]];
export const truckImportRowSchema = z.object({
  row: z.number().int(),
  action: z.enum(["create", "same", "error"]),
  plate: z.string(),
  at: instantSchema.nullable(),
  problems: z.array(
    z.object({
      field: z.string(),
      fieldTitle: bilingualSchema,
      code: z.enum(problemCodes),
      value: z.string(),
      text: bilingualSchema,
    }),
  ),
});
export type TruckImportRow = z.infer<typeof truckImportRowSchema>;
const countsSchema = z.object({ create: z.number().int(), same: z.number().int(), error: z.number().int() });
export const truckImportPreviewSchema = z.object({
  kind: kindSchema,
  sha256: sha256Schema,
  plan: sha256Schema,
  encoding: z.string(),
  /** Columns that are not known and not read. */
  ignored: z.array(z.string()),
  counts: countsSchema,
  /** First and last instant of the rows. */
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
  plates: z.number().int(),
  /** Names of sites and tipping sites that the register does not have: rows are kept, but compared with nothing. */
  unknownNames: z.array(z.string()),
  rows: z.array(truckImportRowSchema),
  rowsLeftOut: z.number().int(),
});
export type TruckImportPreview = z.infer<typeof truckImportPreviewSchema>;
export const truckImportResultSchema = countsSchema;

export const truckTemplateQuerySchema = z.object({ kind: kindSchema, language: z.enum(["zh", "en"]).default("zh") });

/** GET /api/trucks/files: newest first, at most two hundred. */
export const truckFilesSchema = z.object({
  items: z.array(
    z.object({
      id: idSchema,
      kind: kindSchema,
      name: z.string(),
      sha256: sha256Schema,
      rowsNew: z.number().int(),
      rowsSame: z.number().int(),
      rowsWrong: z.number().int(),
      importedAt: instantSchema,
      /** Null: demonstration data. */
      importedBy: z.string().nullable(),
      withdrawn: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
    }),
  ),
});
export type TruckFiles = z.infer<typeof truckFilesSchema>;

/** POST /api/trucks/files/{id}/withdraw: its rows count no more; nothing is removed. */
export const withdrawTruckFileBodySchema = z.object({ reason: z.string().trim().min(1).max(500) });

/** POST /api/trucks/compare: compares the days of a span once more, soon. */
export const compareBodySchema = z
  .object({ from: daySchema, to: daySchema })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= 92 * 86_400_000, {
    message: "起止颠倒或超过 92 天 / it ends before it begins, or is longer than 92 days",
    path: ["to"],
  });
export const comparedSchema = z.object({ days: z.number().int() });
