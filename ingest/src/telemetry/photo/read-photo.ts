import exifr from "exifr";
import { finite, placeAt, wrapDeg } from "../place.ts";
import {
  nothingKnown,
  refuseTelemetry,
  type TelemetryEntry,
  type TelemetryPiece,
  type TelemetryResult,
} from "../telemetry.ts";
import { createTally, type Tally } from "../warnings.ts";
import { readTime } from "../zoned-time.ts";
import { readSegments } from "./read-segments.ts";
import { xmpNumber, xmpValues } from "./read-xmp.ts";

type Xmp = ReadonlyMap<string, string>;

/** What of EXIF is used; numbers and texts as exifr gives them, nothing revived or translated. */
interface Exif {
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly make: string;
  readonly takenAt: unknown;
  readonly offset: unknown;
  readonly focal35Mm: number | null;
  readonly widthPx: number | null;
}
const noExif: Exif = {
  longitude: null,
  latitude: null,
  make: "",
  takenAt: undefined,
  offset: undefined,
  focal35Mm: null,
  widthPx: null,
};

async function readExif(tiff: Uint8Array | null): Promise<Exif> {
  if (tiff === null) return noExif;
  const options = {
    tiff: true,
    exif: true,
    gps: true,
    xmp: false,
    icc: false,
    iptc: false,
    jfif: false,
    ihdr: false,
    interop: false,
    makerNote: false,
    userComment: false,
    mergeOutput: false,
    reviveValues: false,
    translateValues: false,
    silentErrors: true,
  };
  const parsed: unknown = await exifr.parse(Buffer.from(tiff), options).catch(() => undefined);
  const block = (name: string): Record<string, unknown> =>
    (parsed as Record<string, Record<string, unknown>> | undefined)?.[name] ?? {};
  const [ifd0, exif, gps] = [block("ifd0"), block("exif"), block("gps")];
  const focal = finite(exif.FocalLengthIn35mmFormat);
  return {
    longitude: degreesOf(gps.GPSLongitude, gps.GPSLongitudeRef, "W"),
    latitude: degreesOf(gps.GPSLatitude, gps.GPSLatitudeRef, "S"),
    make: typeof ifd0.Make === "string" ? ifd0.Make.replace(/\0.*$/, "").trim() : "",
    takenAt: exif.DateTimeOriginal,
    offset: exif.OffsetTimeOriginal,
    focal35Mm: focal !== null && focal >= 7 && focal <= 1_000 ? focal : null,
    widthPx: finite(exif.ExifImageWidth),
  };
}

/** Degrees, minutes, seconds and a letter. */
function degreesOf(value: unknown, letter: unknown, negative: string): number | null {
  const parts = (Array.isArray(value) ? value : []).map(finite);
  const [d, m, s] = parts;
  if (parts.length !== 3 || typeof d !== "number" || typeof m !== "number" || typeof s !== "number") return null;
  return (d + m / 60 + s / 3600) * (typeof letter === "string" && letter.startsWith(negative) ? -1 : 1);
}

const angle = (xmp: Xmp, name: string): number | null => {
  const value = xmpNumber(xmp, name);
  return value === null ? null : wrapDeg(value);
};

/** Field of view by the calibrated focal length in pixels, the best source there is; that of another picture size gives nonsense and is left. */
function calibratedFov(xmp: Xmp, widthPx: number | null): number | null {
  const focalPx = xmpNumber(xmp, "CalibratedFocalLength");
  if (focalPx === null || widthPx === null || !(focalPx > 0 && widthPx > 0)) return null;
  const degrees = (2 * Math.atan(widthPx / 2 / focalPx) * 180) / Math.PI;
  return degrees > 2 && degrees < 120 ? degrees : null;
}

/** Stated spread in metres, only where the RTK solution is fixed (flag 50): otherwise it is not to be relied on (ingest note §1.2). */
function stated(xmp: Xmp, tally: Tally): Pick<TelemetryEntry, "sigmaHorizontalM" | "sigmaVerticalM"> {
  const [lon, lat, hgt] = ["RtkStdLon", "RtkStdLat", "RtkStdHgt"].map((name) => xmpNumber(xmp, name));
  const none = { sigmaHorizontalM: null, sigmaVerticalM: null };
  if (typeof lon !== "number" || typeof lat !== "number") return none;
  if (xmpNumber(xmp, "RtkFlag") !== 50) {
    tally.add("sigma_not_used");
    return none;
  }
  return { sigmaHorizontalM: Math.max(lon, lat), sigmaVerticalM: hgt ?? null };
}

/** Laser range finder at the picture's middle: only if it calls itself normal and measured more than a metre. */
function laser(xmp: Xmp, tally: Tally): number | null {
  const distance = xmpNumber(xmp, "LRFTargetDistance");
  if (distance === null) return null;
  if (xmp.get("LRFStatus") === "Normal" && distance > 1) return distance;
  tally.add("laser_not_used");
  return null;
}

/**
 * Reads one photo: `drone-dji` XMP first, EXIF where XMP is silent. Both spellings of the longitude; the zone of `xmp:CreateDate` before
 * EXIF's time without one; height above take-off and absolute height apart, the latter with its type. A photo of which the XMP was
 * stripped and which has no EXIF position is an ordinary photo without a place.
 */
export async function readPhoto(pieces: readonly TelemetryPiece[]): Promise<TelemetryResult> {
  const { tiff, xmp: packet } = readSegments(pieces[0]?.bytes ?? new Uint8Array());
  const xmp: Xmp = packet === null ? new Map() : xmpValues(packet);
  const exif = await readExif(tiff);
  const tally = createTally();
  const hasDrone = xmp.has("GimbalPitchDegree") || xmp.has("RelativeAltitude") || xmp.has("FlightYawDegree");
  const place = placeAt(
    xmpNumber(xmp, "GpsLongitude") ?? xmpNumber(xmp, "GpsLongtitude") ?? exif.longitude,
    xmpNumber(xmp, "GpsLatitude") ?? exif.latitude,
    tally,
  );
  if (!hasDrone && place.longitude === null)
    return refuseTelemetry(
      "telemetry_no_position",
      packet === null ? "no XMP, no position in EXIF" : "XMP and EXIF hold no position",
    );
  const zoned = readTime(xmp.get("CreateDate"));
  const plain = readTime(
    typeof exif.offset === "string" ? `${String(exif.takenAt)}${exif.offset.replace(/\0.*$/, "")}` : exif.takenAt,
  );
  const time = zoned.utcMs !== null ? zoned : plain;
  return {
    kind: "ok",
    format: hasDrone ? "photo/drone-dji" : "photo/exif",
    entries: [
      {
        ...nothingKnown,
        offsetMs: 0,
        ...time,
        ...place,
        heightM: xmpNumber(xmp, "RelativeAltitude"),
        altitudeM: xmpNumber(xmp, "AbsoluteAltitude"),
        gimbalYawDeg: angle(xmp, "GimbalYawDegree"),
        gimbalPitchDeg: angle(xmp, "GimbalPitchDegree"),
        gimbalRollDeg: angle(xmp, "GimbalRollDegree"),
        aircraftYawDeg: angle(xmp, "FlightYawDegree"),
        aircraftPitchDeg: angle(xmp, "FlightPitchDegree"),
        aircraftRollDeg: angle(xmp, "FlightRollDegree"),
        focal35Mm: exif.focal35Mm,
        fovHorizontalDeg: calibratedFov(xmp, exif.widthPx),
        ...stated(xmp, tally),
        rangeM: laser(xmp, tally),
      },
    ],
    axisOrder: place.longitude === null ? { kind: "none" } : { kind: "named" },
    isAircraft: hasDrone,
    altitudeType: xmp.get("AltitudeType") ?? (xmp.has("AbsoluteAltitude") ? "AbsoluteAltitude" : null),
    warnings: tally.list(),
  };
}
