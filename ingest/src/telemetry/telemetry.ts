import type { TelemetryWarning } from "./warnings.ts";

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

/** What a flight recorded at one moment. Null = the file does not say; nothing is filled in. Angles in degrees, NED, rotation order ZYX. */
export interface TelemetryEntry {
  /** Milliseconds from the start of the video, growing from entry to entry; null in a file that knows no video. */
  readonly offsetMs: number | null;
  /** Milliseconds since 1970 UTC; only where the file states a zone or UTC. */
  readonly utcMs: number | null;
  /** Where the file states no zone. */
  readonly localTime: LocalTime | null;
  /** WGS-84 as recorded; both null without a fix. */
  readonly longitude: number | null;
  readonly latitude: number | null;
  /** Metres above the take-off point (not above ground). */
  readonly heightM: number | null;
  /** Metres above a datum that varies with the model: `Telemetry.altitudeType` names it as the file does. */
  readonly altitudeM: number | null;
  /** Metres above the WGS-84 ellipsoid, stated as such. */
  readonly ellipsoidM: number | null;
  /** Metres above mean sea level (EGM96), stated as such. */
  readonly egm96M: number | null;
  /** The camera: yaw 0 = north, clockwise; pitch −90 = straight down. */
  readonly gimbalYawDeg: number | null;
  readonly gimbalPitchDeg: number | null;
  readonly gimbalRollDeg: number | null;
  /** The airframe; not the camera. */
  readonly aircraftYawDeg: number | null;
  readonly aircraftPitchDeg: number | null;
  readonly aircraftRollDeg: number | null;
  /** Focal length as on 35 mm film (diagonal 43.27 mm), digital zoom counted in. */
  readonly focal35Mm: number | null;
  readonly fovHorizontalDeg: number | null;
  readonly fovVerticalDeg: number | null;
  /** One standard deviation of the position, stated by the receiver. */
  readonly sigmaHorizontalM: number | null;
  readonly sigmaVerticalM: number | null;
  /** Along the line of sight of the picture's middle, measured by a laser; one that is merely stated does not come here. */
  readonly rangeM: number | null;
}

/** An entry of which nothing is known yet. */
export const nothingKnown: TelemetryEntry = {
  offsetMs: null,
  utcMs: null,
  localTime: null,
  longitude: null,
  latitude: null,
  heightM: null,
  altitudeM: null,
  ellipsoidM: null,
  egm96M: null,
  gimbalYawDeg: null,
  gimbalPitchDeg: null,
  gimbalRollDeg: null,
  aircraftYawDeg: null,
  aircraftPitchDeg: null,
  aircraftRollDeg: null,
  focal35Mm: null,
  fovHorizontalDeg: null,
  fovVerticalDeg: null,
  sigmaHorizontalM: null,
  sigmaVerticalM: null,
  rangeM: null,
};

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
  /** The file itself says that an aircraft wrote it. */
  readonly isAircraft: boolean;
  /** What `altitudeM` is measured from, in the file's own word (`RtkAlt`, `abs_alt`); null: it does not say. */
  readonly altitudeType: string | null;
  /** What could not be used or not be trusted, with counts. */
  readonly warnings: readonly TelemetryWarning[];
}

/** Closed list; texts in `intake/refusal.ts`. */
export type TelemetryRefusalCode =
  | "telemetry_too_large"
  | "telemetry_not_text"
  | "telemetry_empty"
  | "telemetry_unknown_dialect"
  | "telemetry_unknown_schema"
  | "telemetry_old_standard"
  | "telemetry_checksum"
  | "telemetry_damaged"
  | "telemetry_no_position";

export interface TelemetryRefusal {
  readonly kind: "refused";
  readonly code: TelemetryRefusalCode;
  readonly detail: string;
}

export const refuseTelemetry = (code: TelemetryRefusalCode, detail: string): TelemetryRefusal => ({
  kind: "refused",
  code,
  detail,
});

export type TelemetryResult = Telemetry | TelemetryRefusal;

export interface TelemetryOptions {
  /** Where the flight is known to have been, e.g. the district: settles the order of axes where the numbers alone do not. */
  readonly near?: { readonly longitude: number; readonly latitude: number; readonly withinKm: number };
}

/** A piece of telemetry as it lay in its carrier: a whole file has one piece and no offset, a track of a video one a frame or a second. */
export interface TelemetryPiece {
  readonly offsetMs: number | null;
  /** How long it is shown; null where the carrier does not say. */
  readonly durationMs: number | null;
  readonly bytes: Uint8Array;
}

/** Nobody flies longer with so fine a record; what comes after is counted and left out. */
export const entriesMax = 200_000;
/** A video of a day; an offset beyond it is a broken number. */
export const offsetMsMax = 86_400_000;
