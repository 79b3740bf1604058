import { dateOf, localTime } from "../calendar/local-time.ts";
import type { Active } from "../calendar/schema.ts";
import { minutesOfDay, type Span, spanOn } from "../calendar/windows.ts";
import type { PermitFact } from "./facts.ts";

/** How much of an act a permit covers. */
export type Cover = "whole" | "part" | "none";

const localMinute = (atMs: number, timezone: string): number => {
  const { dayNumber, minutes } = localTime(atMs, timezone);
  return dayNumber * minutesOfDay + minutes;
};

/**
 * Whether the hours of a permit cover an act, on the wall clock of its source. The day on which hours begin must be a valid one: the night
 * that begins on the last day is still permitted.
 */
export function permitOverAct(permit: PermitFact, act: { fromMs: number; toMs: number }, timezone: string): Cover {
  const from = localMinute(act.fromMs, timezone);
  const to = Math.max(localMinute(act.toMs, timezone), from);
  const window: Active = { days: permit.days, from: permit.from, to: permit.to };
  const firstDay = Math.floor(from / minutesOfDay) - 1;
  const lastDay = Math.floor(to / minutesOfDay);
  let covered = from;
  let touches = false;
  for (let day = firstDay; day <= lastDay; day++) {
    const span = spanOfDay(permit, window, day);
    if (span === undefined || span.to <= from || span.from > to) continue;
    touches = true;
    if (span.from <= covered) covered = Math.max(covered, span.to);
  }
  if (!touches) return "none";
  // an act that ends as the hours end is within them
  return covered >= to ? "whole" : "part";
}

function spanOfDay(permit: PermitFact, window: Active, day: number): Span | undefined {
  const date = dateOf(day);
  return date < permit.validFrom || date > permit.validTo ? undefined : spanOn(window, day);
}
