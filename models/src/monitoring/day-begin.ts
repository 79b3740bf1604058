import { localTime } from "../calendar/local-time.ts";

/** When the day of an instant began on the wall clock of a time zone; on the day of a clock change by an hour off. */
export const dayBeginMs = (atMs: number, timezone: string): number =>
  atMs - Math.round(localTime(atMs, timezone).minutes * 60) * 1_000 - (((atMs % 1_000) + 1_000) % 1_000);
