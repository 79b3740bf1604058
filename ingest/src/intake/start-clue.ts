import type { Telemetry } from "../telemetry/telemetry.ts";
import type { StartClues } from "../time/choose-start-time.ts";

/**
 * The first dated entry that knows where in the video it stands, as a clue to when the video began. An instant is better than a time
 * without zone; a track that knows no video (GPX, ULog) is no clue at all.
 */
export function startClue(telemetry: Telemetry): StartClues["telemetry"] {
  for (const { utcMs, offsetMs } of telemetry.entries)
    if (utcMs !== null && offsetMs !== null) return { time: { utcMs }, offsetMs };
  // a track whose spacing comes from its own dates begins where it begins, which need not be where the video does
  if (telemetry.format.startsWith("gpx/")) return null;
  for (const { localTime, offsetMs } of telemetry.entries)
    if (localTime && offsetMs !== null) return { time: localTime, offsetMs };
  return null;
}
