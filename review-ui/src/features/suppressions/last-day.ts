import { formatInstant, wallTimeToInstant } from "../../lib/format-time.ts";

/** The instant at which a calendar day (YYYY-MM-DD) ends where the camera stands. */
export const endOfDay = (day: string, timezone: string): string => wallTimeToInstant(`${day}T23:59:59`, timezone);

/** The calendar day of an instant where the camera stands. */
export const dayOf = (instant: string, timezone: string): string => formatInstant(instant, timezone).slice(0, 10);

/** Whether a suppression may end with this day: after now, and within what the server allows. */
export function mayEndOn(
  day: string,
  { timezone, latestUntil }: { timezone: string; latestUntil: string },
  nowMs: number,
) {
  const endMs = Date.parse(endOfDay(day, timezone));
  return endMs > nowMs && endMs <= Date.parse(latestUntil);
}
