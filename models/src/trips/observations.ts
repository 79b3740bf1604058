import { z } from "zod";
import type { Position } from "./route-line.ts";

/** What is known of trucks on the way, by where it comes from. */
export const observationKinds = {
  gate_pass: { zh: "工地出入口记录", en: "Passes at site gates" },
  gantry_pass: { zh: "车辆龙门架记录", en: "Passes under gantries" },
  track: { zh: "车辆轨迹", en: "Tracks of vehicles" },
  tipping_entry: { zh: "消纳点入场记录", en: "Entries at tipping sites" },
  manifest: { zh: "处置联单", en: "Manifests" },
} as const;
export type ObservationKind = keyof typeof observationKinds;
export const observationKindCodes = Object.keys(observationKinds) as [ObservationKind, ...ObservationKind[]];
/** A track point is a row of its own table; the other kinds are events. */
export type EventKind = Exclude<ObservationKind, "track">;

export const directions = ["out", "in"] as const;
export type Direction = (typeof directions)[number];
/** A question that a person or a model answered at a gate; null: nobody has, it is still to be judged. */
export type Judged<Value extends string> = Value | null;

/** Where a row comes from: a file and its row, or a flag of a camera. */
export interface RowOrigin {
  /** SHA-256 of the file; null: a camera's flag. */
  readonly fileSha256: string | null;
  readonly row: number | null;
  readonly flagId: string | null;
}

interface Row {
  /** Of no two rows the same; findings name it. */
  readonly key: string;
  readonly plate: string;
  readonly atMs: number;
  readonly origin: RowOrigin;
}

export interface GatePass extends Row {
  readonly kind: "gate_pass";
  /** Name of the site as entered in the register. */
  readonly site: string;
  readonly direction: Direction | null;
  readonly cover: Judged<"covered" | "open">;
  readonly wash: Judged<"washed" | "dirty">;
  readonly load: Judged<"loaded" | "empty">;
  readonly weightT: number | null;
  /** Whose word cover, wash and load are. */
  readonly judgedBy: "person" | "model" | null;
  /** Somebody or something is sure of the plate. */
  readonly isPlateSure: boolean;
  /** Who read the plate at a camera; absent: it was handed in with the row. */
  readonly plateReadBy?: "person" | "model" | undefined;
}
export interface GantryPass extends Row {
  readonly kind: "gantry_pass";
  readonly gantry: string;
  readonly at: Position | null;
}
export interface TippingEntry extends Row {
  readonly kind: "tipping_entry";
  readonly tipping: string;
  readonly weightT: number | null;
  readonly manifestNo: string | null;
}
export interface Manifest extends Row {
  readonly kind: "manifest";
  readonly number: string;
  readonly site: string;
  readonly tipping: string | null;
  readonly weightT: number | null;
}
export type TruckEvent = GatePass | GantryPass | TippingEntry | Manifest;

export interface TrackPoint {
  readonly plate: string;
  readonly atMs: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly speedKmh: number | null;
}

/** Of one thing that happened, however often it is imported. */
export function eventKey(
  event: Omit<GatePass, "key"> | Omit<GantryPass, "key"> | Omit<TippingEntry, "key"> | Omit<Manifest, "key">,
): string {
  switch (event.kind) {
    case "manifest":
      return `manifest|${event.number}`;
    case "gate_pass":
      return `gate_pass|${event.plate}|${event.atMs}|${event.site}`;
    case "gantry_pass":
      return `gantry_pass|${event.plate}|${event.atMs}|${event.gantry}`;
    case "tipping_entry":
      return `tipping_entry|${event.plate}|${event.atMs}|${event.tipping}`;
  }
}

const nullableNumber = z.number().nullable();
const positionSchema = z.tuple([z.number(), z.number()]).nullable();

/** What a row says beside its plate and time, as it is kept. */
export const eventDocumentSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("gate_pass"),
    site: z.string(),
    direction: z.enum(directions).nullable(),
    cover: z.enum(["covered", "open"]).nullable(),
    wash: z.enum(["washed", "dirty"]).nullable(),
    load: z.enum(["loaded", "empty"]).nullable(),
    weightT: nullableNumber,
    judgedBy: z.enum(["person", "model"]).nullable(),
    isPlateSure: z.boolean(),
    plateReadBy: z.enum(["person", "model"]).optional(),
  }),
  z.object({ kind: z.literal("gantry_pass"), gantry: z.string(), at: positionSchema }),
  z.object({
    kind: z.literal("tipping_entry"),
    tipping: z.string(),
    weightT: nullableNumber,
    manifestNo: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("manifest"),
    number: z.string(),
    site: z.string(),
    tipping: z.string().nullable(),
    weightT: nullableNumber,
  }),
]);
export type EventDocument = z.infer<typeof eventDocumentSchema>;

type Fields = Readonly<Record<string, string | number | null>>;

/** The document of a row that was read without a problem. */
export function eventDocumentOf(kind: EventKind, fields: Fields): EventDocument {
  const of = (field: string) => fields[field] ?? null;
  const weightT = of("weightT");
  switch (kind) {
    case "gate_pass":
      return eventDocumentSchema.parse({
        kind,
        site: of("site"),
        direction: of("direction"),
        cover: of("cover"),
        wash: of("wash"),
        load: of("load"),
        weightT,
        judgedBy: of("judgedBy"),
        isPlateSure: true,
      });
    case "gantry_pass": {
      const at = of("longitude") === null || of("latitude") === null ? null : [of("longitude"), of("latitude")];
      return eventDocumentSchema.parse({ kind, gantry: of("gantry"), at });
    }
    case "tipping_entry":
      return eventDocumentSchema.parse({ kind, tipping: of("tipping"), weightT, manifestNo: of("manifestNo") });
    case "manifest":
      return eventDocumentSchema.parse({
        kind,
        number: of("manifestNo"),
        site: of("site"),
        tipping: of("tipping"),
        weightT,
      });
  }
}

/** An event of what is kept of it. */
export function eventOf(plate: string, atMs: number, document: EventDocument, origin: RowOrigin): TruckEvent {
  const event = { ...document, plate, atMs, origin };
  return { ...event, key: eventKey(event) };
}
