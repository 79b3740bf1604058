import { dateOf, localTime } from "../calendar/local-time.ts";
import { wallToInstant } from "./read-time.ts";

const dayMs = 86_400_000;

/** The bureau's day of an instant, as 2026-05-01. */
export const dayOf = (atMs: number, timezone: string): string => dateOf(localTime(atMs, timezone).dayNumber);

/** Days from one to another, both included. */
export function daysBetween(from: string, to: string): string[] {
  const first = Date.parse(from);
  const count = Math.round((Date.parse(to) - first) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, nth) =>
    new Date(first + nth * dayMs).toISOString().slice(0, 10),
  );
}

/** From the midnight at which a day begins to the one at which it ends. */
export function spanOfDay(day: string, timezone: string): { fromMs: number; toMs: number } {
  const wall = Date.parse(day);
  return { fromMs: wallToInstant(wall, timezone), toMs: wallToInstant(wall + dayMs, timezone) };
}
