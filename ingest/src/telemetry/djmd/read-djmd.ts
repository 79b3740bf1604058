import { latin1 } from "../bytes.ts";
import { createGatherer, placeAt, plausibleUtc, wrapDeg } from "../place.ts";
import { refuseTelemetry, type TelemetryEntry, type TelemetryPiece, type TelemetryResult } from "../telemetry.ts";
import { createTally, type Tally, warn } from "../warnings.ts";
import { fieldsOf, messageIn, numberIn } from "./protobuf.ts";

/**
 * Protocols whose fields lie alike, by ExifTool's public tables of DJI protobuf (exiftool.org/TagNames/DJI.html, read 2026-11): frame 3,
 * flight 3-3, camera 3-4. Any other is reported by its name and not guessed at.
 */
export const djmdProtocols: Readonly<Record<string, string>> = {
  dvtm_wa345e: "Matrice 4E",
  dvtm_pm320: "Matrice 30",
  dvtm_wm265e: "Mavic 3",
  dvtm_wm261: "wm261",
  dvtm_Air3: "Air 3",
  dvtm_Air3s: "Air 3S",
  dvtm_Mini4_Pro: "Mini 4 Pro",
};

const protocolPattern = /dvtm_[A-Za-z0-9_-]{1,40}(?=\.proto)/;
const degreesOfRadian = 180 / Math.PI;

/** `2026-05-16 23:55:53.000`, UTC by ExifTool's reading of it. */
function utcOf(text: string): number | null {
  const match = /^(\d{4})[-:](\d\d)[-:](\d\d)[ T](\d\d):(\d\d):(\d\d)(\.\d{1,3})?/.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  return plausibleUtc(Date.UTC(year, month - 1, day, hour, minute, second) + Number(match[7] ?? 0) * 1000);
}

/** One frame: position in degrees (unit 1) or radians (unit 0), heights in millimetres, angles in tenths of a degree. */
function entryOf(bytes: Uint8Array, tally: Tally): Partial<TelemetryEntry> | undefined {
  const frame = messageIn(fieldsOf(bytes) ?? undefined, 3);
  if (frame === undefined) return undefined;
  const flight = messageIn(frame, 3);
  const gps = messageIn(flight, 4);
  const place = messageIn(gps, 1);
  const time = messageIn(gps, 6)?.get(1);
  const aircraft = messageIn(flight, 3);
  const relative = messageIn(flight, 5);
  const gimbal = messageIn(messageIn(frame, 4), 3);
  const factor = place !== undefined && numberIn(place, 1) === 0 ? degreesOfRadian : 1;
  const tenths = (message: typeof gimbal, field: number): number | null =>
    message === undefined ? null : wrapDeg(numberIn(message, field) / 10);
  return {
    ...(place === undefined ? {} : placeAt(numberIn(place, 3) * factor, numberIn(place, 2) * factor, tally)),
    utcMs: time !== undefined && "bytes" in time ? utcOf(latin1(time.bytes)) : null,
    altitudeM: gps === undefined ? null : numberIn(gps, 2) / 1000,
    heightM: relative === undefined ? null : numberIn(relative, 1) / 1000,
    aircraftRollDeg: tenths(aircraft, 1),
    aircraftPitchDeg: tenths(aircraft, 2),
    aircraftYawDeg: tenths(aircraft, 3),
    gimbalPitchDeg: tenths(gimbal, 1),
    gimbalRollDeg: tenths(gimbal, 2),
    gimbalYawDeg: tenths(gimbal, 3),
  };
}

/** Reads the `djmd` track of DJI's videos, one protobuf message a frame. */
export function readDjmd(pieces: readonly TelemetryPiece[]): TelemetryResult {
  const named = pieces.slice(0, 50).map(({ bytes }) => protocolPattern.exec(latin1(bytes.subarray(0, 512)))?.[0]);
  const protocol = named.find((name) => name !== undefined);
  if (protocol === undefined) return refuseTelemetry("telemetry_unknown_schema", "djmd without a protocol name");
  if (!Object.hasOwn(djmdProtocols, protocol)) return refuseTelemetry("telemetry_unknown_schema", `djmd ${protocol}`);
  const tally = createTally();
  const { entries, add } = createGatherer(tally);
  for (const { bytes, offsetMs } of pieces) {
    const entry = entryOf(bytes, tally);
    if (entry === undefined) tally.add("damaged_pieces");
    else add({ ...entry, offsetMs });
  }
  if (entries.length === 0) return refuseTelemetry("telemetry_damaged", `djmd ${protocol}: no frame can be read`);
  return {
    kind: "ok",
    format: `dji-djmd/${protocol.replace("dvtm_", "")}`,
    entries,
    axisOrder: entries.some(({ longitude }) => longitude !== null) ? { kind: "named" } : { kind: "none" },
    isAircraft: true,
    altitudeType: "djmd",
    warnings: [warn("schema_unproven", 1, protocol), ...tally.list()],
  };
}
