import type { Profile } from "./profile.ts";

/** Calendar day of an instant in a time zone, as YYYY-MM-DD. */
export function localDay(instant: Date, timezone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(instant);
}

/** The day `days` after a day (YYYY-MM-DD), in calendar days. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/**
 * Whether a day is worked. Years without a calendar fall back to Monday–Friday, which is wrong around holidays:
 * {@link dueDate} says so in its result.
 */
export function isWorkingDay(profile: Pick<Profile, "calendar">, day: string): boolean {
  const year = profile.calendar.find((item) => item.year === Number(day.slice(0, 4)));
  if (year?.holidays.includes(day)) return false;
  if (year?.workedWeekends.includes(day)) return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/**
 * Due day of a period (domain A.6): the starting day is not counted; working days skip rest days (APL 85);
 * a calendar period that ends on a rest day ends on the next working day (CPL 85, by analogy).
 * `certain` is false when a year on the way has no verified calendar.
 */
export function dueDate(
  profile: Pick<Profile, "calendar">,
  startDay: string,
  days: number,
  unit: "working_day" | "calendar_day",
): { day: string; certain: boolean } {
  let day = startDay;
  if (unit === "calendar_day") day = addDays(startDay, days);
  else
    for (let counted = 0; counted < days; ) {
      day = addDays(day, 1);
      if (isWorkingDay(profile, day)) counted += 1;
    }
  while (!isWorkingDay(profile, day)) day = addDays(day, 1);
  const years = new Set([Number(startDay.slice(0, 4)), Number(day.slice(0, 4))]);
  const certain = [...years].every((year) => profile.calendar.some((item) => item.year === year && item.verified));
  return { day, certain };
}
