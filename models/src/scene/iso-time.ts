import { localTime } from "../calendar/local-time.ts";

/** 2026-05-01T08:00:04.000+08:00: local time of a zone with its offset. */
export function isoInZone(atMs: number, timezone: string): string {
  const { dayNumber, minutes } = localTime(atMs, timezone);
  const localSeconds = dayNumber * 86_400 + Math.round(minutes * 60);
  const offsetMinutes = Math.round((localSeconds - Math.floor(atMs / 1000)) / 60);
  const sign = offsetMinutes < 0 ? "-" : "+";
  const hours = String(Math.floor(Math.abs(offsetMinutes) / 60)).padStart(2, "0");
  const rest = String(Math.abs(offsetMinutes) % 60).padStart(2, "0");
  return `${new Date(atMs + offsetMinutes * 60_000).toISOString().slice(0, -1)}${sign}${hours}:${rest}`;
}
