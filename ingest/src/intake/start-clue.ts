import type { Telemetry } from "../telemetry/telemetry.ts";
import type { StartClues } from "../time/choose-start-time.ts";

/** The first dated entry of a flight, as a clue to when its video began. */
export function startClue(telemetry: Telemetry): StartClues["telemetry"] {
  for (const { localTime, offsetMs } of telemetry.entries) if (localTime) return { time: localTime, offsetMs };
  return null;
}
