const formats = new Map<string, Intl.DateTimeFormat>();

/** Wall clock in a time zone: ISO weekday 1..7, minutes since midnight, and the day's number since 1970-01-01. */
export function localTime(atMs: number, timezone: string): { isoDay: number; minutes: number; dayNumber: number } {
  let format = formats.get(timezone);
  if (format === undefined) {
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
  const part = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const dayNumber = Math.floor(Date.UTC(year, month - 1, day) / 86_400_000);
  return { isoDay: isoDayOf(dayNumber), minutes: hour * 60 + minute + second / 60, dayNumber };
}

/** ISO weekday, 1 = Monday … 7 = Sunday. Day 0, 1970-01-01, was a Thursday. */
export const isoDayOf = (dayNumber: number): number => ((((dayNumber + 3) % 7) + 7) % 7) + 1;

/** 2026-05-01 */
export const dateOf = (dayNumber: number): string => new Date(dayNumber * 86_400_000).toISOString().slice(0, 10);
