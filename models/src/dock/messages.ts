import { z } from "zod";

/*
 * Messages of DJI's Cloud API as docks send them (ingest note §3). Only what is used is asked for; what else stands in a message is left alone.
 * Numbers may come as text ("-91.40" in DJI's own example).
 */
// neither stands in a text of the database: a message with one would come again for ever
const isStorable = (value: string): boolean => !value.includes("\0") && !/\p{Surrogate}/u.test(value);
const textOf = (least: number, most: number) => z.string().min(least).max(most).refine(isStorable);
const text = textOf(0, 256);
const number = z.union([z.number(), z.string().trim().min(1).max(40).transform(Number)]).pipe(z.number());
const count = z.number().int().min(0).max(1_000_000);

/** Around every message. `tid` and `bid` come back in the reply; `timestamp` is the device's own clock, ms since 1970. */
export const envelopeSchema = z.object({
  tid: textOf(1, 128),
  bid: textOf(1, 128),
  timestamp: z.number().int().min(0).optional(),
  method: textOf(1, 100),
  gateway: textOf(0, 64).optional(),
  need_reply: z.union([z.literal(0), z.literal(1)]).optional(),
  data: z.unknown(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** osd and state have neither method nor reply. */
export const pushSchema = z.object({ timestamp: z.number().int().min(0).optional(), data: z.looseObject({}) });

export const updateTopoSchema = z.object({
  sub_devices: z.array(z.object({ sn: textOf(0, 64) })).max(8),
});
export const configRequestSchema = z.object({ config_type: text.optional(), config_scope: text.optional() });
export const bindStatusRequestSchema = z.object({ devices: z.array(z.object({ sn: textOf(0, 64) })).max(8) });
export const organizationGetSchema = z.object({ device_binding_code: text, organization_id: text.optional() });
export const organizationBindSchema = z.object({
  bind_devices: z
    .array(
      z.object({
        sn: textOf(0, 64),
        device_binding_code: text,
        organization_id: text,
        device_callsign: text.optional(),
        device_model_key: text.optional(),
      }),
    )
    .min(1)
    .max(8),
});
/** `module` 0: media. */
export const storageRequestSchema = z.object({ module: z.literal(0) });

const metadataSchema = z.object({
  shoot_position: z.object({ lat: number, lng: number }).optional(),
  absolute_altitude: number.optional(),
  relative_altitude: number.optional(),
  gimbal_yaw_degree: number.optional(),
  /** `2021-05-10 16:04:20`, without a zone in DJI's example; ISO 8601 in its table. */
  create_time: textOf(0, 64).optional(),
});

/** A file was uploaded, says the dock. `size` and `fingerprint` where its firmware states them. */
export const uploadCallbackSchema = z.object({
  file: z.object({
    object_key: textOf(1, 2_048),
    size: number.optional(),
    fingerprint: text.optional(),
    ext: z.object({ flight_id: text.optional(), is_original: z.boolean().optional() }).optional(),
    metadata: metadataSchema.optional(),
  }),
  flight_task: z.object({ uploaded_file_count: count.optional(), expected_file_count: count.optional() }).optional(),
});
export const priorityUploadSchema = z.object({ flight_id: text });
export const flightProgressSchema = z.object({
  output: z.object({
    status: text.optional(),
    ext: z.object({ flight_id: text.optional() }).optional(),
    progress: z.object({ percent: number.optional() }).optional(),
  }),
});

/** What of osd and state is kept: the last word of each, for the page. */
export const osdSchema = z.object({
  longitude: number.optional(),
  latitude: number.optional(),
  /** Above the ellipsoid, m. */
  height: number.optional(),
  /** Above take-off, m. */
  elevation: number.optional(),
  mode_code: z.number().int().optional(),
  firmware_version: text.optional(),
});
/** Gimbal and laser of a payload stand under its index, such as `66-0-0`. */
export const payloadOsdSchema = z.object({
  gimbal_pitch: number.optional(),
  gimbal_roll: number.optional(),
  gimbal_yaw: number.optional(),
  measure_target_latitude: number.optional(),
  measure_target_longitude: number.optional(),
  measure_target_distance: number.optional(),
});
