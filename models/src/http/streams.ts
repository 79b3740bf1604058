import { z } from "zod";
import {
  dropCauses,
  streamKindCodes,
  streamPolicyCodes,
  streamReasonCodes,
  streamStateCodes,
} from "../streams/index.ts";
import { instantSchema } from "./common.ts";

/** How a live source stands: what its machine said last. `since`: of the state; of `blind` the last picture. */
export const streamStandingSchema = z.object({
  state: z.enum(streamStateCodes),
  since: instantSchema,
  reason: z.enum(streamReasonCodes).nullable(),
});

/** How the device's time is asked for through ONVIF, on the stream's own host. Null: the usual port (80, or that of an HTTP source) and path. */
export const onvifSchema = z.object({
  enabled: z.boolean(),
  port: z.number().int().min(1).max(65_535).nullable(),
  path: z
    .string()
    .trim()
    .max(200)
    .regex(/^\/[\w\-./~%]*$/, "路径应以 / 开头 / a path begins with /")
    .nullable(),
});

/** GET /api/sources/{id}/stream. Address and user name only for those who may change them; a password never leaves the server. */
export const streamViewSchema = z.object({
  sourceId: z.string(),
  stream: z
    .object({
      kind: z.enum(streamKindCodes),
      url: z.string().nullable(),
      userName: z.string().nullable(),
      hasPassword: z.boolean(),
      policy: z.enum(streamPolicyCodes),
      clipS: z.number().int(),
      enabled: z.boolean(),
      version: z.number().int(),
      onvif: onvifSchema,
    })
    .nullable(),
  standing: streamStandingSchema
    .extend({
      attempts: z.number().int(),
      nextTryAt: instantSchema.nullable(),
      lastPacketAt: instantSchema.nullable(),
      clips: z.number().int(),
      bytes: z.number(),
    })
    .nullable(),
  /** Times in which nothing arrived, newest first; the last hundred. */
  gaps: z.array(
    z.object({ from: instantSchema, to: instantSchema.nullable(), reasons: z.array(z.enum(streamReasonCodes)) }),
  ),
  /** Clips that arrived and were not kept, by day of UTC and cause; the last hundred. */
  dropped: z.array(
    z.object({
      day: z.string(),
      cause: z.enum(Object.keys(dropCauses) as [keyof typeof dropCauses]),
      clips: z.number().int(),
      lengthMs: z.number(),
    }),
  ),
});
export type StreamView = z.infer<typeof streamViewSchema>;

/**
 * PUT /api/sources/{id}/stream (administrator). `version`: 0 for none yet; 409 when the page is stale. User name and password may stand in the
 * address and are taken out of it. `password` left out keeps the old one, which goes to the same host, user and ONVIF port only; null clears it.
 */
export const streamBodySchema = z.object({
  version: z.number().int().min(0),
  kind: z.enum(streamKindCodes),
  url: z.string().trim().min(1).max(500),
  userName: z.string().max(120).nullable().optional(),
  password: z.string().max(200).nullable().optional(),
  policy: z.enum(streamPolicyCodes),
  /** Seconds. */
  clipS: z.number().int().min(2).max(60).default(10),
  enabled: z.boolean(),
  /** Left out: as it was, at first on with the usual port and path. */
  onvif: onvifSchema.optional(),
});
export type StreamBody = z.input<typeof streamBodySchema>;
