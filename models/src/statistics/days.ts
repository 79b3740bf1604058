import { addDays } from "../profile/due-date.ts";

/** One calendar day of a time zone as a stretch of time. */
export interface DayWindow {
  readonly day: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The days from `from` to `to` (YYYY-MM-DD, both included). A day that changes the clock is 23 or 25 hours long. */
export function dayWindows(from: string, to: string, timezone: string): DayWindow[] {
  const windows: DayWindow[] = [];
  for (let day = from; day <= to; day = addDays(day, 1))
    windows.push({ day, fromMs: startOfDay(day, timezone), toMs: startOfDay(addDays(day, 1), timezone) });
  return windows;
}

/** The instant at which a day begins in a time zone. */
export function startOfDay(day: string, timezone: string): number {
  const wallMs = Date.parse(`${day}T00:00:00Z`);
  // Two rounds: the first guess may lie on the other side of a clock change.
  let instantMs = wallMs;
  for (let round = 0; round < 2; round++) instantMs = wallMs - offsetMs(instantMs, timezone);
  return instantMs;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function offsetMs(instantMs: number, timezone: string): number {
  let formatter = formatters.get(timezone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" });
    formatters.set(timezone, formatter);
  }
  const name = formatter.formatToParts(instantMs).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const match = /([+-])(\d{2}):(\d{2})/.exec(name);
  if (match === null) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}
