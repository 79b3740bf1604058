import type { FlagPlaceModel } from "@mingcha/infra/db";
import { bilingualSchema, heightFromSchema, type Stands } from "@mingcha/models/http";
import { z } from "zod";

/** Before it was looked for, and where nothing is. */
export const nothingNear = { near: [], isAmbiguous: false, isTooUnsure: false } satisfies Partial<Stands>;

/** The sentences that are stored with a place. */
export const warningsOf = ({ warnings }: Pick<FlagPlaceModel, "warnings">) => z.array(bilingualSchema).parse(warnings);

/**
 * What was computed of a look while its recording was there, without what lies near it: once that is deleted nothing is computed anew. Null where
 * the recording is there, and where nothing was stored of it.
 */
export function storedStands(
  row: FlagPlaceModel | null,
  { clipId, offsetMs }: Pick<Stands, "clipId" | "offsetMs">,
  deletedAt: Date | null,
): Stands | null {
  if (row === null || deletedAt === null || row.clipId !== clipId) return null;
  const { longitude, latitude, longM, shortM, bearingDeg, radius95M, heightM, heightFrom, reasonZh, reasonEn } = row;
  const isPlaced =
    longitude !== null &&
    latitude !== null &&
    longM !== null &&
    shortM !== null &&
    bearingDeg !== null &&
    radius95M !== null;
  return {
    clipId,
    offsetMs,
    place: isPlaced ? { at: [longitude, latitude], ellipse: { longM, shortM, bearingDeg, radius95M } } : null,
    refused: reasonZh === null || reasonEn === null ? null : { zh: reasonZh, en: reasonEn },
    height:
      heightM === null || heightFrom === null ? null : { metres: heightM, from: heightFromSchema.parse(heightFrom) },
    warnings: warningsOf(row),
    stored: { computedAt: row.computedAt.toISOString(), method: row.method, deletedAt: deletedAt.toISOString() },
    ...nothingNear,
  };
}
