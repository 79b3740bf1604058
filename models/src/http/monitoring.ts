import { z } from "zod";
import { streetClasses } from "../geo/streets.ts";
import { clueStateSchema } from "./clues.ts";
import { bilingualSchema, idSchema, instantSchema, sha256Schema } from "./common.ts";
import { ellipseSchema, heightFromSchema } from "./flight-ground.ts";

/**
 * What GET /api/events tells, as it happened in the database: ids and states, nothing of a person or a party. A page takes it as a hint to
 * ask again; what it asks is still checked as ever.
 */
export const changeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("clue"),
    id: idSchema,
    sourceId: z.string(),
    state: clueStateSchema,
    /** `pictured`: its evidence pictures were cut or renewed; `taken`: a person has it open to decide, or gave it back; `ranked`: its priority changed; `placed`: its place on the ground was computed. */
    change: z.enum(["opened", "moved", "taken", "pictured", "ranked", "placed"]),
  }),
  z.object({ kind: z.literal("source"), sourceId: z.string() }),
]);
export type Change = z.infer<typeof changeSchema>;

/**
 * Names of the events of the stream. `hello` (data {@link helloSchema}) comes when changes are heard from now on, `lost` (data
 * {@link lostSchema}) when the database is out of reach and later changes may be missed until the next `hello`, `beat` while nothing
 * happens, `end` before the server closes the stream for good: the session is over.
 */
export const liveEvents = ["hello", "change", "lost", "beat", "end"] as const;
export type LiveEvent = (typeof liveEvents)[number];
/** `resumed`: everything since `Last-Event-ID` has been or is being told; otherwise the page asks for everything anew. */
export const helloSchema = z.object({ resumed: z.boolean() });
export const lostSchema = z.object({ since: instantSchema });

const positionSchema = z.tuple([z.number(), z.number()]);

/** GET /api/map/base: what a map is drawn on. `streets` in WGS-84; null: none is configured, or `problem` says why it cannot be used. */
export const mapBaseSchema = z.object({
  streets: z
    .array(
      z.object({
        name: z.string().nullable(),
        class: z.enum(streetClasses),
        lines: z.array(z.array(positionSchema)),
      }),
    )
    .nullable(),
  sha256: sha256Schema.nullable(),
  /** The streets are invented for the demonstration; a map says so. */
  isFictional: z.boolean(),
  problem: bilingualSchema.nullable(),
  /** Pictures of a map service, where one is configured; `{z}`, `{x}`, `{y}` in the address. */
  tiles: z
    .object({ url: z.string(), coordinates: z.enum(["wgs84", "gcj02"]), attribution: z.string().nullable() })
    .nullable(),
});
export type MapBase = z.infer<typeof mapBaseSchema>;

/** Days a map may count at once. */
export const mapDaysMax = 31;
/** Beyond this a number on a map tells nobody anything; it means so many or more. */
export const mapCountMax = 200;
/** Places an answer may have; with more sources in view they are counted in cells. */
export const mapPlacesMax = 500;
export const mapAcrossMax = 40;

/** GET /api/map/flags: flags that came in from `from` to `to`, by source in view, those of flying cameras at the ground of their pixel. `bbox`: west, south, east, north in WGS-84. */
export const mapFlagsQuerySchema = z.object({
  bbox: z
    .string()
    .max(120)
    .transform((text) => text.split(",").map(Number))
    .pipe(z.tuple([z.number().min(-180), z.number().min(-90), z.number().max(180), z.number().max(90)]))
    .refine(([west, south, east, north]) => west < east && south < north, "west,south,east,north")
    .optional(),
  from: instantSchema,
  to: instantSchema,
  /** Marks that find room beside one another along the longer side of the view: no cell is smaller. */
  across: z.coerce.number().int().min(2).max(mapAcrossMax).default(6),
});
/** A flag from a flying camera on the ground its thing stands on, as computed from the picture: never the stated place. */
const placedFlagSchema = z.object({
  clueId: idSchema,
  sourceId: z.string(),
  violationTitle: bilingualSchema,
  statedPlace: z.string(),
  longitude: z.number(),
  latitude: z.number(),
  ellipse: ellipseSchema,
  /** What the height above ground was taken from: over `take_off` the ellipse holds where the ground is level with it. Null: it was stored before this was. */
  heightFrom: heightFromSchema.nullable(),
  /** What the place rests on and a reader has to know. */
  warnings: z.array(bilingualSchema),
  from: instantSchema,
  open: z.boolean(),
});
export type PlacedFlag = z.infer<typeof placedFlagSchema>;

export const mapFlagsSchema = z.object({
  /** `sourceId` null: a cell of several sources, at the middle of them. */
  places: z.array(
    z.object({
      sourceId: z.string().nullable(),
      sources: z.number().int(),
      longitude: z.number(),
      latitude: z.number(),
      /** West, south, east, north of its sources: no other place has one in there. */
      bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      /** {@link mapCountMax} means so many or more, for each source. Of a flying camera that is not in `placed.cut` those without a computed place alone. */
      flags: z.number().int(),
      open: z.number().int(),
    }),
  ),
  clustered: z.boolean(),
  /** Flags of flying cameras in view, each at its computed place; where they are more than {@link mapPlacesMax}, those too close together by cells. */
  placed: z.object({
    flags: z.array(placedFlagSchema),
    cells: z.array(
      z.object({
        longitude: z.number(),
        latitude: z.number(),
        bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        flags: z.number().int(),
      }),
    ),
    /** Within the span, in view or not. */
    total: z.number().int(),
    /** Flying cameras that have more than {@link mapCountMax}: the newest alone are here, and at their source all are counted, placed or not. */
    cut: z.array(z.object({ sourceId: z.string(), sourceName: z.string() })),
    /** Those without a place, in view or not, by source and reason: they are counted at their source. */
    without: z.array(
      z.object({ sourceId: z.string(), sourceName: z.string(), reason: bilingualSchema, flags: z.number().int() }),
    ),
  }),
});
export type MapFlags = z.infer<typeof mapFlagsSchema>;
