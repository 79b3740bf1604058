import { dateOf, localTime } from "../calendar/local-time.ts";
import type { Active } from "../calendar/schema.ts";
import { minutesOfDay, type Span, spanOn } from "../calendar/windows.ts";
import type { DisposalFact } from "../objects/facts.ts";

type Timed = Pick<DisposalFact, "validFrom" | "validTo" | "days" | "from" | "to">;

const windows = new WeakMap<Timed, Active>();
function windowOf(permit: Timed): Active {
  const known = windows.get(permit) ?? { days: permit.days, from: permit.from, to: permit.to };
  windows.set(permit, known);
  return known;
}

const localMinute = (atMs: number, timezone: string): number => {
  const { dayNumber, minutes } = localTime(atMs, timezone);
  return dayNumber * minutesOfDay + minutes;
};

/** Hours that begin near an instant, on valid days; the night that begins on the last day is permitted to its end. */
function spansNear(permit: Timed, minute: number): Span[] {
  const day = Math.floor(minute / minutesOfDay);
  return [-2, -1, 0, 1].flatMap((step) => {
    const date = dateOf(day + step);
    return date < permit.validFrom || date > permit.validTo ? [] : (spanOn(windowOf(permit), day + step) ?? []);
  });
}

/** Minutes from an instant to the nearest permitted hours; 0 within them, null where there are none near. */
export function minutesOutside(permit: Timed, atMs: number, timezone: string): number | null {
  const minute = localMinute(atMs, timezone);
  const away = spansNear(permit, minute).map(({ from, to }) => Math.max(0, from - minute, minute - to));
  return away.length === 0 ? null : Math.min(...away);
}

/** Whether a permit is in force at an instant: on a valid day, or in the night that began on the last one. */
export function isInForce(permit: Timed, atMs: number, timezone: string): boolean {
  const minute = localMinute(atMs, timezone);
  const date = dateOf(Math.floor(minute / minutesOfDay));
  if (date >= permit.validFrom && date <= permit.validTo) return true;
  return spansNear(permit, minute).some(({ from, to }) => minute >= from && minute <= to);
}
