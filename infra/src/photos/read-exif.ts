import { z } from "zod";
import { openTiff, readDirectory, type TiffValue } from "./exif-tiff.ts";

/** What a camera wrote about a picture (EXIF 2.32). Null: it did not say, or not in a form that can be read. */
export const exifFactsSchema = z.object({
  make: z.string().nullable(),
  model: z.string().nullable(),
  /** Local time as written, `2026-11-28T10:00:00.120`, without zone. */
  localTime: z.string().nullable(),
  /** `+08:00` */
  utcOffset: z.string().nullable(),
  /** By satellites, UTC; independent of the phone's clock. */
  gpsAt: z.string().nullable(),
  position: z.object({ longitude: z.number(), latitude: z.number(), accuracyM: z.number().nullable() }).nullable(),
  altitudeM: z.number().nullable(),
  /** Direction the camera looked in, degrees clockwise from north. */
  bearingDeg: z.number().nullable(),
  orientation: z.number().nullable(),
});
export type ExifFacts = z.infer<typeof exifFactsSchema>;

export const noExif: ExifFacts = {
  make: null,
  model: null,
  localTime: null,
  utcOffset: null,
  gpsAt: null,
  position: null,
  altitudeM: null,
  bearingDeg: null,
  orientation: null,
};

const text = (value: TiffValue | undefined): string | null =>
  typeof value === "string" && value !== "" ? value.slice(0, 100) : null;
const numbers = (value: TiffValue | undefined): readonly number[] => (typeof value === "object" ? value : []);

/** Reads an EXIF block, with or without its `Exif\0\0`. Never throws: what is broken is not there. */
export function readExif(block: Uint8Array | undefined): ExifFacts {
  const opened = block === undefined ? null : openTiff(block);
  if (opened === null) return noExif;
  const { tiff, first, isLittle } = opened;
  const main = readDirectory(tiff, first, isLittle);
  const below = (tag: number): Map<number, TiffValue> => {
    const [at] = numbers(main.get(tag));
    return at === undefined ? new Map() : readDirectory(tiff, at, isLittle);
  };
  const exif = below(0x8769);
  const gps = below(0x8825);
  return {
    make: text(main.get(0x010f)),
    model: text(main.get(0x0110)),
    localTime: localTime(text(exif.get(0x9003)) ?? text(exif.get(0x9004)), text(exif.get(0x9291))),
    utcOffset: /^[+-]\d\d:\d\d$/.exec(text(exif.get(0x9011)) ?? text(exif.get(0x9010)) ?? "")?.[0] ?? null,
    gpsAt: gpsTime(text(gps.get(0x1d)), numbers(gps.get(0x07))),
    position: position(gps),
    altitudeM: signed(numbers(gps.get(0x06))[0], numbers(gps.get(0x05))[0] === 1),
    bearingDeg: inRange(numbers(gps.get(0x11))[0], 0, 360),
    orientation: inRange(numbers(main.get(0x0112))[0], 1, 8),
  };
}

const inRange = (value: number | undefined, least: number, most: number): number | null =>
  value !== undefined && value >= least && value <= most ? value : null;
const signed = (value: number | undefined, isNegative: boolean): number | null =>
  value === undefined ? null : isNegative ? -value : value;

/** `2026:11:28 10:00:00` and `12` → `2026-11-28T10:00:00.120`; a camera without a clock writes zeros or blanks. */
function localTime(written: string | null, subSecond: string | null): string | null {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(written ?? "");
  if (match === null) return null;
  const millis = /^\d+$/.test(subSecond ?? "") ? (subSecond ?? "").padEnd(3, "0").slice(0, 3) : "000";
  const iso = `${match[1]}-${match[2]}-${match[3]}T${match[4]}.${millis}`;
  return Number.isNaN(Date.parse(`${iso}Z`)) ? null : iso;
}

function gpsTime(day: string | null, clock: readonly number[]): string | null {
  const match = /^(\d{4}):(\d\d):(\d\d)$/.exec(day ?? "");
  const [h, m, s] = clock;
  if (match === null || h === undefined || m === undefined || s === undefined) return null;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]), h, m) + s * 1_000;
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}

function position(gps: Map<number, TiffValue>): ExifFacts["position"] {
  const degrees = (tag: number, refTag: number, negative: string, most: number): number | null => {
    const [d, m = 0, s = 0] = numbers(gps.get(tag));
    const value = signed(d === undefined ? undefined : d + m / 60 + s / 3600, text(gps.get(refTag)) === negative);
    return value === null || Math.abs(value) > most ? null : Math.round(value * 1e7) / 1e7;
  };
  const latitude = degrees(2, 1, "S", 90);
  const longitude = degrees(4, 3, "W", 180);
  // zeros at both mean that the receiver had no fix
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return null;
  return { longitude, latitude, accuracyM: inRange(numbers(gps.get(0x1f))[0], 0, 1_000_000) };
}

/**
 * The instant a picture was taken, by its EXIF. Phones write the offset since EXIF 2.31; without one the bureau's zone is assumed, and the
 * answer says so.
 */
export function captureInstant(
  { localTime: local, utcOffset }: Pick<ExifFacts, "localTime" | "utcOffset">,
  assumedOffset: string,
): { at: Date | null; by: "exif_offset" | "exif_zone_assumed" | "none" } {
  if (local === null) return { at: null, by: "none" };
  return {
    at: new Date(`${local}${utcOffset ?? assumedOffset}`),
    by: utcOffset === null ? "exif_zone_assumed" : "exif_offset",
  };
}
