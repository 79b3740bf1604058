import type { Active } from "./calendar-schema.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Wall clock in a time zone: ISO weekday 1..7 and minutes since midnight. */
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
  // 1970-01-01 was a Thursday.
  return { isoDay: ((dayNumber + 3) % 7) + 1, minutes: hour * 60 + minute + second / 60, dayNumber };
}

function isoDays(days: string): Set<number> {
  const set = new Set<number>();
  for (const part of days.split(",")) {
    const [from = 1, to = from] = part.split("-").map(Number);
    for (let day = from, left = 7; left > 0; day = (day % 7) + 1, left--) {
      set.add(day);
      if (day === to) break;
    }
  }
  return set;
}

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
};

function findWindow(atMs: number, active: Active | readonly Active[], timezone: string): number | undefined {
  if (Array.isArray(active)) {
    const starts = active.flatMap((window: Active) => findWindow(atMs, window, timezone) ?? []);
    return starts.length === 0 ? undefined : Math.min(...starts);
  }
  return findOne(atMs, active as Active, timezone);
}

function findOne(atMs: number, active: Active, timezone: string): number | undefined {
  const { isoDay, minutes, dayNumber } = localTime(atMs, timezone);
  const days = isoDays(active.days);
  const from = minutesOf(active.from);
  const to = minutesOf(active.to);
  if (from < to) return days.has(isoDay) && minutes >= from && minutes < to ? dayNumber : undefined;
  if (days.has(isoDay) && minutes >= from) return dayNumber;
  const yesterday = isoDay === 1 ? 7 : isoDay - 1;
  return days.has(yesterday) && minutes < to ? dayNumber - 1 : undefined;
}

/** The last answer for each calendar: windows begin and end on whole minutes, and looks come many to a minute. */
const lastAnswers = new WeakMap<
  Active | readonly Active[],
  { minute: number; timezone: string; window: number | undefined }
>();

/**
 * Which run of the calendar a moment belongs to: the number of the local day it started on, or undefined while the rule rests.
 * Two moments with the same number are in the same window; without a calendar everything is one window, 0.
 */
export function activeWindow(
  atMs: number,
  active: Active | readonly Active[] | undefined,
  timezone: string,
): number | undefined {
  if (active === undefined) return 0;
  const minute = Math.floor(atMs / 60_000);
  const last = lastAnswers.get(active);
  if (last?.minute === minute && last.timezone === timezone) return last.window;
  const window = findWindow(atMs, active, timezone);
  lastAnswers.set(active, { minute, timezone, window });
  return window;
}
