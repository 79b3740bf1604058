import { z } from "zod";
import { heightSources } from "../ground/height-above-ground.ts";
import { bilingualSchema, idSchema, instantSchema } from "./common.ts";

/** WGS-84 longitude, latitude. */
const positionSchema = z.tuple([z.number(), z.number()]);

/** Where a place lies with 95 %: half axes in metres, bearing of the long one from north. */
export const ellipseSchema = z.object({
  longM: z.number(),
  shortM: z.number(),
  bearingDeg: z.number(),
  radius95M: z.number(),
});

/** Where a height above ground is taken from. */
export const heightFromSchema = z.enum(heightSources);

/** The ground one frame shows, and the place of its middle with its error. */
export const flightFrameSchema = z.object({
  clipId: idSchema,
  offsetMs: z.number().int(),
  ring: z.array(positionSchema),
  /** The ellipse over a height from `take_off` holds where the ground is level with it. */
  middle: z.object({ at: positionSchema, ellipse: ellipseSchema, heightFrom: heightFromSchema }).nullable(),
});

/** What a clip's sources of time and place say against each other, and what of its telemetry could not be used. */
export const telemetryCheckSchema = bilingualSchema.extend({ code: z.string() });

/** What a place may be about at, by the bureau's own streets, objects and sites: a proposal, never the stated place. */
const nearSchema = z.object({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  distanceM: z.number(),
  /** No farther than the place's own error. */
  isWithinError: z.boolean(),
});

/** Where the flagged thing stands by the flight's telemetry, at its clearest look. */
export const standsSchema = z.object({
  clipId: idSchema,
  offsetMs: z.number().int(),
  place: z.object({ at: positionSchema, ellipse: ellipseSchema }).nullable(),
  /** Why there is none. */
  refused: bilingualSchema.nullable(),
  /** Null: no place, or one that was stored before heights were. */
  height: z.object({ metres: z.number(), from: heightFromSchema }).nullable(),
  warnings: z.array(bilingualSchema),
  /** The recording was deleted: what was computed and stored while it was there. Null: computed now. */
  stored: z.object({ computedAt: instantSchema, method: z.string(), deletedAt: instantSchema }).nullable(),
  /** Nearest first. `isAmbiguous`: within the error another one may be the nearest; `isTooUnsure`: the error is too large to name any. */
  near: z.array(nearSchema),
  isAmbiguous: z.boolean(),
  isTooUnsure: z.boolean(),
});
export type Stands = z.infer<typeof standsSchema>;

/** A flag that was raised on a flight, at the ground of its pixel. */
export const flightFlagSchema = z.object({
  flagId: idSchema,
  /** Null where it is no record yet. */
  clueId: idSchema.nullable(),
  violationTitle: bilingualSchema,
  statedPlace: z.string(),
  /** Of the look of `stands`, 0..1 of its picture. */
  boxNorm: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  from: instantSchema,
  stands: standsSchema.pick({ clipId: true, offsetMs: true, place: true, refused: true, height: true, stored: true }),
});

export const flightClipSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  startedAt: instantSchema,
  durationMs: z.number().int(),
  /** Parser, dialect and version. */
  telemetryFormat: z.string().nullable(),
  /** What absolute altitudes are measured from, in the recording's own word. */
  altitudeType: z.string().nullable(),
  points: z.number().int(),
  checks: z.array(telemetryCheckSchema),
  /** Its picture and telemetry were deleted by rule: there is nothing left to look at or to place. */
  deletedAt: instantSchema.nullable(),
});

/** GET /api/flights/{id}/ground: path, footprints and coverage of one flight. */
export const flightGroundSchema = z.object({
  id: idSchema,
  sourceName: z.string(),
  timezone: z.string(),
  startedAt: instantSchema,
  clips: z.array(flightClipSchema),
  /** Without a fix for longer than a few seconds the path is broken. */
  path: z.array(z.array(positionSchema)),
  frames: z.array(flightFrameSchema),
  /** `looks`: analysed frames; `telemetry`: not analysed yet, a frame every two seconds of the recording. */
  framesFrom: z.enum(["looks", "telemetry"]),
  counts: z.object({
    /** Frames there are, and of these an even choice where there are too many. */
    total: z.number().int(),
    examined: z.number().int(),
    shown: z.number().int(),
    withoutPosition: z.number().int(),
    withoutPitch: z.number().int(),
    withoutHeight: z.number().int(),
    withoutLens: z.number().int(),
    tooFlat: z.number().int(),
  }),
  heightFrom: z.object({ laser: z.number().int(), elevation: z.number().int(), takeOff: z.number().int() }),
  warnings: z.array(bilingualSchema),
  flags: z.array(flightFlagSchema),
  /** All of them; more than `flags` holds where there are too many to draw. */
  flagsTotal: z.number().int(),
  coverage: z.object({
    polygons: z.array(z.array(z.array(positionSchema))),
    areaM2: z.number(),
    district: z.object({ name: bilingualSchema, share: z.number() }).nullable(),
  }),
});
export type FlightGround = z.infer<typeof flightGroundSchema>;
