import { z } from "zod";
import type { uploadCallbackSchema } from "./messages.ts";

/** What a dock said of a file in its message, kept beside what the file itself says. A claim, never evidence; absent where it said nothing. */
export const saidSchema = z.object({
  sizeBytes: z.number().nullable(),
  longitude: z.number().nullable(),
  latitude: z.number().nullable(),
  absoluteM: z.number().nullable(),
  relativeM: z.number().nullable(),
  gimbalYawDeg: z.number().nullable(),
  /** As written: it has no zone in DJI's own example. */
  createdText: z.string().nullable(),
  fingerprint: z.string().nullable(),
});
export type Said = z.infer<typeof saidSchema>;

export function readSaid({ file }: z.infer<typeof uploadCallbackSchema>): Said {
  const { metadata = {} } = file;
  const place = metadata.shoot_position;
  const isPlace = place !== undefined && Math.abs(place.lat) <= 90 && Math.abs(place.lng) <= 180;
  // 0,0 means no fix
  const hasFix = isPlace && (place.lat !== 0 || place.lng !== 0);
  return {
    sizeBytes: file.size ?? null,
    longitude: hasFix ? place.lng : null,
    latitude: hasFix ? place.lat : null,
    absoluteM: metadata.absolute_altitude ?? null,
    relativeM: metadata.relative_altitude ?? null,
    gimbalYawDeg: metadata.gimbal_yaw_degree ?? null,
    createdText: metadata.create_time ?? null,
    fingerprint: file.fingerprint ?? null,
  };
}
