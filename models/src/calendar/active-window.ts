import { localTime } from "./local-time.ts";
import type { Active, Permit, Rest } from "./schema.ts";
import { minutesOfDay, type Span, spansOn } from "./windows.ts";

/** When a rule is in force at one place. No windows: always, but for the rests. */
export type RuleCalendar = { windows: readonly Active[]; unless: readonly Rest[]; permits: readonly Permit[] };

/** Something that lets a rule rest: in its windows, or all the time where it has none, between two local minutes. */
type Pause = { windows: readonly Active[] | undefined; from: number; to: number };

const localMinute = (atMs: number, timezone: string): number => {
  const { dayNumber, minutes } = localTime(atMs, timezone);
  return dayNumber * minutesOfDay + minutes;
};

/** The pauses of a calendar. A permit's instants are read on the wall clock of the source. */
function pausesOf({ unless, permits }: RuleCalendar, timezone: string): Pause[] {
  return [
    ...unless.map((rest) => ({
      windows: [rest],
      from: Number.NEGATIVE_INFINITY,
      to: Number.POSITIVE_INFINITY,
    })),
    ...permits.map((permit) => ({
      windows: permit.active === undefined ? undefined : [permit.active].flat(),
      from: localMinute(Date.parse(permit.from), timezone),
      to: localMinute(Date.parse(permit.to), timezone),
    })),
  ];
}

/** Stretches of a pause that start on a day. */
function pauseSpans({ windows, from, to }: Pause, dayNumber: number): Span[] {
  if (windows === undefined) return [{ from, to }];
  return spansOn(windows, dayNumber)
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))
    .filter((span) => span.from < span.to);
}

/** A pause that comes once a year is still found, and a run that has gone on for longer is taken to be always on. */
const longestBackDays = 400;

/**
 * Where the stretch of windows began that a minute lies in, joined over midnight wherever the windows of two days touch; 0 for one without
 * a break, undefined outside of them.
 */
function openSince(windows: readonly Active[], now: number): number | undefined {
  // The end of a window is outside of it, so it touches one that begins there; the minute itself must lie inside.
  const earliest = (minute: number, isIn: (span: Span) => boolean): number => {
    const day = Math.floor(minute / minutesOfDay);
    const starts = [day - 1, day].flatMap((one) => spansOn(windows, one)).filter(isIn);
    return Math.min(...starts.map(({ from }) => from));
  };
  const oldest = now - longestBackDays * minutesOfDay;
  let since = earliest(now, ({ from, to }) => from <= now && now < to);
  if (since === Number.POSITIVE_INFINITY) return undefined;
  while (since >= oldest) {
    const before = earliest(since, ({ from, to }) => from < since && since <= to);
    if (before === Number.POSITIVE_INFINITY) return since;
    since = before;
  }
  return 0;
}

/** End of the last stretch of a pause that was over at `now`, no earlier than `since`; -1 for none. */
function lastEnd(pause: Pause, now: number, since: number): number {
  const today = Math.floor(now / minutesOfDay);
  const firstDay = Math.max(today - longestBackDays, Math.floor(Math.max(since, pause.from) / minutesOfDay) - 1);
  let latest = -1;
  for (let day = today; day >= firstDay; day--) {
    const ends = pauseSpans(pause, day).flatMap(({ to }) => (to <= now && to > since ? [to] : []));
    const found = latest >= 0;
    latest = Math.max(latest, ...ends);
    // A night of the day before may end later than an hour of this one: one more day, then it is found.
    if (found || pause.windows === undefined) break;
  }
  return latest;
}

type Answer = { untilMs: number; fromMs: number; timezone: string; window: number | undefined };

/** Answers hold until the next edge of a window, and never past a quarter of an hour: where a zone's clock changes, it does so on one. */
const answerMs = 15 * 60_000;

function findAnswer(atMs: number, calendar: RuleCalendar, timezone: string): Answer {
  const now = localMinute(atMs, timezone);
  const today = Math.floor(now / minutesOfDay);
  const pauses = pausesOf(calendar, timezone);
  const open = [today - 1, today].flatMap((day) => spansOn(calendar.windows, day));
  const shut = pauses.flatMap((pause) => [today - 1, today].flatMap((day) => pauseSpans(pause, day)));
  const covers = ({ from, to }: Span): boolean => from <= now && now < to;

  const edges = [...open, ...shut].flatMap(({ from, to }) => [from, to]).filter((edge) => edge > now);
  const untilEdgeMs = atMs + (Math.min(...edges) - now) * 60_000;
  const untilMs = Math.min(untilEdgeMs, (Math.floor(atMs / answerMs) + 1) * answerMs);

  const start = calendar.windows.length === 0 ? 0 : openSince(calendar.windows, now);
  const window =
    start === undefined || shut.some(covers)
      ? undefined
      : Math.max(start, ...pauses.map((pause) => lastEnd(pause, now, start)));
  return { fromMs: atMs, untilMs, timezone, window };
}

/** The last answer for each calendar: looks come many to a minute. */
const lastAnswers = new WeakMap<RuleCalendar, Answer>();

/**
 * Which run of a calendar a moment belongs to: the local minute (since 1970-01-01) at which it began to be in force without a break,
 * or undefined while the rule rests. Two moments with the same number are in the same run; without a calendar everything is one run, 0.
 * Hours that touch are one run, over midnight too.
 */
export function activeWindow(atMs: number, calendar: RuleCalendar | undefined, timezone: string): number | undefined {
  if (calendar === undefined) return 0;
  const last = lastAnswers.get(calendar);
  if (last !== undefined && atMs >= last.fromMs && atMs < last.untilMs && last.timezone === timezone)
    return last.window;
  const answer = findAnswer(atMs, calendar, timezone);
  lastAnswers.set(calendar, answer);
  return answer.window;
}
