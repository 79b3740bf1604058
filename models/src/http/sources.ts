import { z } from "zod";
import { deviceRecordCodes } from "../device/index.ts";
import { clockConditionCodes, sourceConditionCodes } from "../monitoring/source-condition.ts";
import { hostClockSchema } from "./clocks.ts";
import { idSchema, instantSchema, sha256Schema } from "./common.ts";
import { deviceStateSchema } from "./devices.ts";
import { districtIdSchema } from "./people.ts";
import { diskSchema } from "./retention.ts";
import { streamStandingSchema } from "./streams.ts";

export const sourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  place: z.string(),
  longitude: z.number().nullable(),
  latitude: z.number().nullable(),
  timezone: z.string(),
  deviceId: z.string().nullable(),
  /** District of the bureau's profile; null: not assigned, only people of the whole bureau act on its records. */
  district: z.string().nullable(),
  sceneVersion: z.number().int().nullable(),
  clips: z.number().int(),
  /** Capture time of the newest look. */
  lastLookAt: instantSchema.nullable(),
  /** Where that look lies: GET /api/clips/{clipId}/still?offsetMs= shows it. */
  lastLook: z.object({ clipId: idSchema, offsetMs: z.number().int() }).nullable(),
  /** Why the rules of this source rest, and since when: its picture is not the one the zones were drawn on, or shows too little. */
  suspended: z
    .object({ reason: z.enum(["view_moved", "view_blocked", "low_visibility"]), since: instantSchema })
    .nullable(),
});
export type SourceView = z.infer<typeof sourceSchema>;

/** How a source stands now: derived from looks, watch, clock comparisons and the device register (models/src/monitoring). */
export const sourceStandingSchema = z.object({
  condition: z.enum(sourceConditionCodes),
  since: instantSchema.nullable(),
  clock: z.object({
    condition: z.enum(clockConditionCodes),
    /** Of the newest comparison; positive: the device runs ahead. */
    offsetMs: z.number().int().nullable(),
    at: instantSchema.nullable(),
    limitMs: z.number().int(),
  }),
  device: z.object({
    state: deviceStateSchema,
    /** The law names such a source as a recording device; of others pictures are clues alone and nothing is lacking. */
    isNamed: z.boolean(),
    lacks: z.array(z.enum(deviceRecordCodes)),
    metrologySettled: z.boolean(),
  }),
  /** Of a live source; null: it brings files. */
  stream: streamStandingSchema.nullable(),
  /** Clues that still wait for somebody; 100 means so many or more. */
  openClues: z.number().int(),
  /** Time today, in the zone of the source, in which the place of a rule could not be seen. */
  blindTodayS: z.number().int(),
});
export type SourceStanding = z.infer<typeof sourceStandingSchema>;

/** GET /api/sources: every source as it stands. */
export const standingSourceSchema = sourceSchema.extend({ standing: sourceStandingSchema });
export type StandingSource = z.infer<typeof standingSourceSchema>;
export const sourcesSchema = z.object({ items: z.array(standingSourceSchema) });

/** POST /api/sources/{id}/district (administrator): `was` is the district the page showed; 409 when it is another by now. */
export const sourceDistrictBodySchema = z.object({ district: districtIdSchema.nullable(), was: z.string().nullable() });
export type SourceDistrictBody = z.infer<typeof sourceDistrictBodySchema>;

/**
 * POST /api/sources (monitor): a scene.json as in design §6 registers its source, or gives it a new scene version. `baseVersion`: the newest
 * version when the drawing began, 0 for none; 409 when there is another by now. Files name none.
 */
export const sceneBodySchema = z.object({
  scene: z.unknown(),
  validFrom: instantSchema.optional(),
  baseVersion: z.number().int().min(0).optional(),
});
export const sceneCreatedSchema = z.object({ sourceId: z.string(), version: z.number().int(), sha256: sha256Schema });

/** GET /api/intake: every file that reached us, newest first, with the reason where it was refused. */
export const intakeItemSchema = z.object({
  id: z.string(),
  via: z.string(),
  fileName: z.string(),
  sizeBytes: z.number(),
  sha256: sha256Schema.nullable(),
  state: z.enum(["RECEIVING", "WAITING", "STORED", "DUPLICATE", "QUARANTINED"]),
  sourceId: z.string().nullable(),
  reasonCode: z.string().nullable(),
  reasonZh: z.string().nullable(),
  reasonEn: z.string().nullable(),
  clipId: idSchema.nullable(),
  clipState: z.enum(["STORED", "DETECTED", "QUARANTINED"]).nullable(),
  flightId: idSchema.nullable(),
  flags: z.number().int(),
  createdAt: instantSchema,
});
export type IntakeItem = z.infer<typeof intakeItemSchema>;
export const intakeSchema = z.object({ items: z.array(intakeItemSchema), next: z.string().nullable() });

/**
 * Resumable upload: tus 1.0 at /api/uploads (monitor, pilot). Metadata keys: `filename`, `sourceId` (a registered source, or
 * empty: found through a scene of the same name), `groupId` (same for a video and its .SRT), `startedAt` (ISO instant, optional).
 */
export const uploadPath = "/api/uploads";
/**
 * What one request of it carries at most. Each costs a round trip and a look at its state; what arrived of one that breaks is kept, so a larger
 * one costs a bad line nothing.
 */
export const uploadChunkBytes = 64 << 20;

/** GET /api/status: is the machine room well? */
export const statusSchema = z.object({
  clips: z.object({ stored: z.number(), detected: z.number(), quarantined: z.number() }),
  oldestUnprocessedS: z.number().nullable(),
  oldestUnreviewedS: z.number().nullable(),
  looks: z.number(),
  looksMissing: z.number(),
  flags: z.number(),
  model: z.object({ id: z.string(), sha256: z.string().nullable() }),
  services: z.object({
    database: z.enum(["embedded", "external"]),
    queue: z.enum(["postgres", "redis"]),
    store: z.enum(["folder", "s3"]),
  }),
  freeBytes: z.number().nullable(),
  disk: diskSchema.nullable(),
  /** Clocks of the machines that receive cameras, against time servers; positive: it runs ahead. */
  hostClocks: z.array(hostClockSchema),
});
export type StatusView = z.infer<typeof statusSchema>;
