import type { LocalTime } from "../telemetry/telemetry.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The instant (ms since 1970 UTC) at which a wall clock in `timezone` shows this time. A time that daylight saving skips is read
 * with the offset before the jump; a time that comes twice is read as the first.
 */
export function localToUtc(time: LocalTime, timezone: string): number {
  const asUtc = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second, time.millisecond);
  const before = offsetMs(asUtc - 86_400_000, timezone);
  const candidates = [before, offsetMs(asUtc + 86_400_000, timezone)].map((offset) => asUtc - offset);
  const fitting = candidates.filter((at) => at + offsetMs(at, timezone) === asUtc);
  return fitting[0] ?? asUtc - before;
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
export function offsetMs(atMs: number, timezone: string): number {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timezone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
}
