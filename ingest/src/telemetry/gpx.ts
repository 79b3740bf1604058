import { utf8 } from "./bytes.ts";
import { createGatherer, placeAt } from "./place.ts";
import { refuseTelemetry, type TelemetryPiece, type TelemetryResult } from "./telemetry.ts";
import { createTally } from "./warnings.ts";
import { isNode, listOf, numberOfText, parseXml } from "./xml.ts";
import { readTime } from "./zoned-time.ts";

const bytesMax = 32 * 1024 * 1024;

/** Reads the track points of a GPX file (1.0, 1.1). Its datum of `ele` is not fixed in practice; times state their zone or are left open. */
export function readGpx(pieces: readonly TelemetryPiece[]): TelemetryResult {
  const bytes = pieces[0]?.bytes ?? new Uint8Array();
  if (bytes.length > bytesMax) return refuseTelemetry("telemetry_too_large", `${bytes.length} bytes`);
  const root = parseXml(utf8(bytes))?.gpx;
  if (!isNode(root)) return refuseTelemetry("telemetry_damaged", "not well-formed GPX");
  const points = listOf(root.trk)
    .filter(isNode)
    .flatMap((track) => listOf(track.trkseg))
    .filter(isNode)
    .flatMap((segment) => listOf(segment.trkpt))
    .filter(isNode);
  if (points.length === 0) return refuseTelemetry("telemetry_empty", "GPX without a track point");
  const tally = createTally();
  const { entries, add } = createGatherer(tally);
  let firstLocal: number | null = null;
  for (const point of points) {
    const { utcMs, localTime } = readTime(point.time);
    const localMs =
      localTime === null
        ? null
        : Date.UTC(
            localTime.year,
            localTime.month - 1,
            localTime.day,
            localTime.hour,
            localTime.minute,
            localTime.second,
            localTime.millisecond,
          );
    if (localMs !== null) firstLocal ??= localMs;
    add({
      // without a zone only the distance between two times is known: such a track must begin with its video
      offsetMs: localMs === null || firstLocal === null ? null : localMs - firstLocal,
      utcMs,
      localTime,
      ...placeAt(numberOfText(point.lon), numberOfText(point.lat), tally),
      altitudeM: numberOfText(point.ele),
    });
  }
  if (entries.length === 0) return refuseTelemetry("telemetry_empty", "no track point has a time");
  return {
    kind: "ok",
    format: "gpx/track",
    entries,
    axisOrder: entries.some(({ longitude }) => longitude !== null) ? { kind: "named" } : { kind: "none" },
    isAircraft: false,
    altitudeType: entries.some(({ altitudeM }) => altitudeM !== null) ? "ele" : null,
    warnings: tally.list(),
  };
}
