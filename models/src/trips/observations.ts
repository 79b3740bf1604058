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
