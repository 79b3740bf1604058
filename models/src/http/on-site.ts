import { z } from "zod";
import { onSiteFindingsSchema, onSitePhotoKindCodes, positionSchema } from "../on-site/findings.ts";
import { onSiteStateCodes } from "../on-site/states.ts";
import { clueStateSchema } from "./clues.ts";
import { bilingualSchema, idSchema, instantSchema, sha256Schema } from "./common.ts";

const officerSchema = z.object({
  id: idSchema,
  name: z.string(),
  badgeNo: z.string().nullable(),
  /** When they signed the content as it stands now; null: not yet. */
  signedAt: instantSchema.nullable(),
});

export const onSitePhotoSchema = z.object({
  id: idSchema,
  kind: z.enum(onSitePhotoKindCodes),
  sha256: sha256Schema,
  sizeBytes: z.number(),
  mediaType: z.string(),
  widthPx: z.number(),
  heightPx: z.number(),
  viewWidthPx: z.number(),
  viewHeightPx: z.number(),
  takenBy: z.string(),
  /** By the phone's clock when the page got it. */
  takenAt: instantSchema.nullable(),
  receivedAt: instantSchema,
  /** By EXIF, and how that is known. */
  capturedAt: instantSchema.nullable(),
  capturedBy: z.enum(["exif_offset", "exif_zone_assumed", "none"]),
  /** Received minus captured; negative: the camera's clock was ahead, or the picture is not of that time. */
  differenceS: z.number().nullable(),
  camera: z.string().nullable(),
  /** By satellites, written into the picture. */
  exifPosition: positionSchema.nullable(),
  bearingDeg: z.number().nullable(),
  /** Of the phone when the page got it. */
  position: positionSchema.nullable(),
  withdrawn: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
});
export type OnSitePhotoView = z.infer<typeof onSitePhotoSchema>;

export const onSiteCheckSchema = z.object({
  id: idSchema,
  clueId: idSchema,
  state: z.enum(onSiteStateCodes),
  version: z.number().int(),
  officers: z.array(officerSchema),
  dispatchedBy: z.string(),
  dispatchedAt: instantSchema,
  note: z.string().nullable(),
  findings: onSiteFindingsSchema,
  photos: z.array(onSitePhotoSchema),
  /** Hash of what would be signed now: a signature names it, so nobody signs what they did not see. */
  contentSha256: sha256Schema,
  /** Signatures that no longer count, oldest first. */
  voided: z.array(
    z.object({
      by: z.string(),
      signedAt: instantSchema,
      voidedAt: instantSchema,
      voidedFor: z.enum(["photo_added", "photo_withdrawn", "findings_changed", "withdrawn"]),
    }),
  ),
  withdrawn: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
  /** What keeps it from being signed; empty: nothing. */
  gaps: z.array(bilingualSchema.extend({ id: z.string() })),
  minPhotos: z.number().int(),
  /** The signed-in person is one of its officers, and it can still be changed. */
  mayWrite: z.boolean(),
  maySign: z.boolean(),
  mayWithdraw: z.boolean(),
});
export type OnSiteCheckView = z.infer<typeof onSiteCheckSchema>;

/** GET /api/clues/{id}/on-site: the check in force first, then earlier ones, newest first. */
export const clueOnSiteSchema = z.object({
  checks: z.array(onSiteCheckSchema),
  /** Nobody is there for it now: a handler may send two officers. */
  mayDispatch: z.boolean(),
});

/** GET /api/on-site: checks of the signed-in officer that still need something, newest dispatch first. */
export const myChecksSchema = z.object({
  items: z.array(
    z.object({
      id: idSchema,
      clueId: idSchema,
      state: z.enum(onSiteStateCodes),
      clueState: clueStateSchema,
      violationTitle: bilingualSchema,
      place: z.string(),
      timezone: z.string(),
      seenAt: instantSchema,
      pictureId: idSchema.nullable(),
      officers: z.array(officerSchema),
      photos: z.number().int(),
      dispatchedAt: instantSchema,
      dispatchedBy: z.string(),
      dueAt: instantSchema,
    }),
  ),
});

/** POST /api/clues/{id}/on-site (handler): sends two officers where nobody is there for it. */
export const dispatchBodySchema = z.object({
  officerIds: z.array(idSchema).length(2),
  note: z.string().trim().max(1_000).optional(),
});
export const onSiteDispatchedSchema = z.object({ id: idSchema });
/** PATCH /api/on-site/{id} (its officers): what is left out stays. */
export const onSiteSaveBodySchema = onSiteFindingsSchema.partial().extend({ version: z.number().int() });
export type OnSiteSaveBody = z.input<typeof onSiteSaveBodySchema>;
/** POST /api/on-site/{id}/sign (its officers, each from the own device). */
export const onSiteSignBodySchema = z.object({
  contentSha256: sha256Schema,
  /** Random id that the browser keeps. */
  deviceKey: z.string().regex(/^[0-9a-z-]{16,64}$/),
});
export const onSiteWithdrawBodySchema = z.object({ reason: z.string().trim().min(2).max(500) });

/** Largest photo file. */
export const onSitePhotoMaxBytes = 20 * 1_048_576;
/**
 * POST /api/on-site/{id}/photos (its officers): the file's own bytes as body, `application/octet-stream`. The same bytes again answer with
 * the row that is there. `sha256`: what the phone hashed, so that a transfer that changed a byte is seen.
 */
export const onSitePhotoQuerySchema = z.object({
  kind: z.enum(onSitePhotoKindCodes),
  takenAt: instantSchema.optional(),
  sha256: sha256Schema.optional(),
  longitude: z.coerce.number().min(-180).max(180).optional(),
  latitude: z.coerce.number().min(-90).max(90).optional(),
  accuracyM: z.coerce.number().min(0).max(1_000_000).optional(),
});
export const onSitePhotoAddedSchema = z.object({ id: idSchema, sha256: sha256Schema, added: z.boolean() });
/** GET /api/on-site/photos/{id}/media?form=view|original; each is written to the custody log. */
export const onSiteMediaQuerySchema = z.object({ form: z.enum(["view", "original"]).default("view") });
