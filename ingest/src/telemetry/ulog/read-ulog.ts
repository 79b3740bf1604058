import { attitudeOfQuaternion } from "../attitude.ts";
import { createGatherer, placeAt, plausibleUtc } from "../place.ts";
import { refuseTelemetry, type TelemetryEntry, type TelemetryPiece, type TelemetryResult } from "../telemetry.ts";
import { createTally } from "../warnings.ts";
import { type UlogRow, ulogRows } from "./read-ulog-messages.ts";

/** The receiver's own fixes, by their newer and their older name, and the airframe's attitude. */
const topics = new Set(["vehicle_gps_position", "sensor_gps", "vehicle_attitude"]);
/** An attitude older than this says nothing of a fix. */
const attitudeAgeMaxUs = 500_000;

/** Degrees of a newer log, or ten-millionths of an older one. */
const degrees = (row: UlogRow, newer: string, older: string): number | null => {
  const tenMillionths = row.get(older);
  return row.get(newer) ?? (tenMillionths === null ? null : tenMillionths / 1e7);
};
const metres = (row: UlogRow, newer: string, older: string): number | null => {
  const millimetres = row.get(older);
  return row.get(newer) ?? (millimetres === null ? null : millimetres / 1000);
};

/** PX4's receiver: `eph`/`epv` are one standard deviation of the position in metres; `alt` is above mean sea level, of no stated geoid. */
function fixOf(row: UlogRow): Partial<TelemetryEntry> {
  const utcUs = row.get("time_utc_usec");
  const [eph, epv] = [row.get("eph"), row.get("epv")];
  return {
    utcMs: utcUs === null ? null : plausibleUtc(utcUs / 1000),
    altitudeM: metres(row, "altitude_msl_m", "alt"),
    ellipsoidM: metres(row, "altitude_ellipsoid_m", "alt_ellipsoid"),
    sigmaHorizontalM: eph !== null && eph > 0 ? eph : null,
    sigmaVerticalM: epv !== null && epv > 0 ? epv : null,
  };
}

/** Reads a PX4 ULog: each fix of the first receiver with the airframe's attitude before it. The camera's attitude is not in it. */
export function readUlog(pieces: readonly TelemetryPiece[]): TelemetryResult {
  const bytes = pieces[0]?.bytes ?? new Uint8Array();
  const tally = createTally();
  const { entries, add } = createGatherer(tally);
  let attitude: { atUs: number; yawDeg: number; pitchDeg: number; rollDeg: number } | null = null;
  let topic: string | null = null;
  for (const row of ulogRows(bytes, topics)) {
    if (row.instance !== 0) continue;
    const atUs = row.get("timestamp") ?? 0;
    if (row.topic === "vehicle_attitude") {
      const [w, x, y, z] = [0, 1, 2, 3].map((i) => row.get(`q[${i}]`) ?? 0) as [number, number, number, number];
      const turned = attitudeOfQuaternion([w, x, y, z]);
      if (turned !== null) attitude = { atUs, ...turned };
      continue;
    }
    topic ??= row.topic;
    if (row.topic !== topic) continue;
    const isFix = (row.get("fix_type") ?? 0) >= 2;
    if (!isFix) tally.add("no_fix");
    const fresh = attitude !== null && atUs - attitude.atUs <= attitudeAgeMaxUs ? attitude : null;
    add({
      ...fixOf(row),
      ...(isFix
        ? placeAt(degrees(row, "longitude_deg", "lon"), degrees(row, "latitude_deg", "lat"), tally)
        : { longitude: null, latitude: null }),
      aircraftYawDeg: fresh?.yawDeg ?? null,
      aircraftPitchDeg: fresh?.pitchDeg ?? null,
      aircraftRollDeg: fresh?.rollDeg ?? null,
    });
  }
  if (entries.length === 0) return refuseTelemetry("telemetry_empty", "ULog without a fix that has a time");
  return {
    kind: "ok",
    format: `px4-ulog/${topic}`,
    entries,
    axisOrder: entries.some(({ longitude }) => longitude !== null) ? { kind: "named" } : { kind: "none" },
    isAircraft: true,
    altitudeType: "AMSL",
    warnings: tally.list(),
  };
}
