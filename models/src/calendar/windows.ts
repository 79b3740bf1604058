import { dayFact } from "./day-fact.ts";
import { isoDayOf } from "./local-time.ts";
import type { Active } from "./schema.ts";

/** From one local minute to another, counted from 1970-01-01 00:00 on the wall clock; the end is outside. */
export type Span = { from: number; to: number };

export const minutesOfDay = 1440;

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

type Parsed = { days: Set<number>; from: number; length: number };
const parsedWindows = new WeakMap<Active, Parsed>();

function parse(window: Active): Parsed {
  let parsed = parsedWindows.get(window);
  if (parsed === undefined) {
    const from = minutesOf(window.from);
    const to = minutesOf(window.to);
    parsed = { days: isoDays(window.days), from, length: from < to ? to - from : to + minutesOfDay - from };
    parsedWindows.set(window, parsed);
  }
  return parsed;
}

/** A day in a year without a notice counts as what its weekday says. */
function fitsHoliday(window: Active, dayNumber: number): boolean {
  if (window.holidays === undefined || window.holidays === "any") return true;
  const { kind } = dayFact(dayNumber);
  switch (window.holidays) {
    case "only":
      return kind === "holiday";
    case "never":
      return kind !== "holiday";
    case "workdays":
      return kind === "workday" || kind === "makeup";
    case "restdays":
      return kind === "weekend" || kind === "holiday";
  }
}

/** The stretch of a window that starts on a day; undefined where the window leaves that day out. */
export function spanOn(window: Active, dayNumber: number): Span | undefined {
  const { days, from, length } = parse(window);
  if (!days.has(isoDayOf(dayNumber)) || !fitsHoliday(window, dayNumber)) return undefined;
  const start = dayNumber * minutesOfDay + from;
  return { from: start, to: start + length };
}

/** The stretches of several windows that start on a day, in order, those that overlap or touch joined. */
export function spansOn(windows: readonly Active[], dayNumber: number): Span[] {
  const spans = windows.flatMap((window) => spanOn(window, dayNumber) ?? []).sort((a, b) => a.from - b.from);
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else joined.push({ ...span });
  }
  return joined;
}
