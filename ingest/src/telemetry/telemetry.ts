/** Wall-clock time as a device wrote it: no zone in the file, so it is not an instant yet. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** What a flight recorded at one moment of its video. Null = the file does not say; nothing is filled in. */
export interface TelemetryEntry {
  /** Milliseconds from the start of the video. Grows from entry to entry. */
  readonly offsetMs: number;
  /** WGS-84 as recorded; both null without a fix. */
  readonly longitude: number | null;
  readonly latitude: number | null;
  /** Metres above the take-off point (not above ground). */
  readonly heightM: number | null;
  /** Metres above a datum that varies with the model. */
  readonly altitudeM: number | null;
  readonly gimbalYawDeg: number | null;
  readonly gimbalPitchDeg: number | null;
  readonly gimbalRollDeg: number | null;
  readonly localTime: LocalTime | null;
}

/** How it was settled which of two numbers is the longitude; `none`: the file holds no position at all. */
export type AxisOrder =
  | { readonly kind: "named" }
  | { readonly kind: "lon-lat" | "lat-lon"; readonly because: "beyond-90" | "near-reference" | "named-in-same-file" }
  | { readonly kind: "none" }
  /** Could not be settled: the entries carry no position. `usual` is what this dialect is known to do, for a person to confirm. */
  | { readonly kind: "open"; readonly usual: "lon-lat" | "lat-lon"; readonly first: readonly [number, number] };

export interface Telemetry {
  readonly kind: "ok";
  /** Parser and dialect, e.g. `dji-srt/D`. */
  readonly format: string;
  readonly entries: readonly TelemetryEntry[];
  readonly axisOrder: AxisOrder;
  /** What could not be used, in plain words with counts. */
  readonly notes: readonly string[];
}

export interface TelemetryRefusal {
  readonly kind: "refused";
  readonly code: "telemetry_too_large" | "telemetry_not_text" | "telemetry_empty" | "telemetry_unknown_dialect";
  readonly detail: string;
}

export interface TelemetryOptions {
  /** Where the flight is known to have been, e.g. the district: settles the order of axes where the numbers alone do not. */
  readonly near?: { readonly longitude: number; readonly latitude: number; readonly withinKm: number };
}
