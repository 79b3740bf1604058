import { entriesMax, nothingKnown, offsetMsMax, type TelemetryEntry } from "./telemetry.ts";
import type { Tally } from "./warnings.ts";

/** A position as WGS-84, or none: 0,0 is no fix and not a place off Ghana; what is off the globe is a broken number. Both are counted. */
export function placeAt(
  longitude: number | null,
  latitude: number | null,
  tally: Tally,
): Pick<TelemetryEntry, "longitude" | "latitude"> {
  const none = { longitude: null, latitude: null };
  if (longitude === null || latitude === null) return none;
  if (longitude === 0 && latitude === 0) {
    tally.add("no_fix");
    return none;
  }
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
    tally.add("off_globe");
    return none;
  }
  return { longitude, latitude };
}

/** A number that is one; null for anything else, so that NaN and infinities of broken files go no further. */
export const finite = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

/** Turns any angle into −180…180; one that lies there already stays as it was written. */
export const wrapDeg = (degrees: number): number =>
  Math.abs(degrees) <= 180 ? degrees : ((((degrees + 180) % 360) + 360) % 360) - 180;

/** Years 2000 to 2099: zeroed and rolled-over clocks are no time. */
export const plausibleUtc = (ms: number | null): number | null =>
  ms !== null && ms >= Date.UTC(2000, 0, 1) && ms < Date.UTC(2100, 0, 1) ? Math.round(ms) : null;

/** Gathers entries in order: offsets (else times) only grow, an entry without either is of no use, and there are at most `entriesMax`. */
export function createGatherer(tally: Tally) {
  const entries: TelemetryEntry[] = [];
  let last = Number.NEGATIVE_INFINITY;
  return {
    entries,
    add(known: Partial<TelemetryEntry>): void {
      const entry = { ...nothingKnown, ...known };
      const at = entry.offsetMs ?? entry.utcMs;
      if (at === null || (entry.offsetMs !== null && (at < 0 || at > offsetMsMax))) tally.add("untimed");
      else if (at <= last) tally.add("backwards");
      else {
        last = at;
        if (entries.length < entriesMax) entries.push(entry);
        else tally.add("too_many_entries");
      }
    },
  };
}
