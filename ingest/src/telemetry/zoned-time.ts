import { plausibleUtc } from "./place.ts";
import type { LocalTime } from "./telemetry.ts";

/** A written time: an instant where it states its zone, wall-clock time where it does not, neither where it is no time. */
export function readTime(text: unknown): { utcMs: number | null; localTime: LocalTime | null } {
  const none = { utcMs: null, localTime: null };
  if (typeof text !== "string") return none;
  const match =
    /^\s*(\d{4})[-:](\d\d)[-:](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s*(Z|[-+]\d\d:?\d\d)?\s*$/.exec(text);
  if (!match) return none;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const millisecond = Number((match[7] ?? "0").slice(0, 3).padEnd(3, "0"));
  const isReal =
    month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate() && hour < 24;
  if (!isReal || minute > 59 || second > 59 || year < 2000 || year > 2099) return none;
  const zone = match[8];
  if (zone === undefined) return { utcMs: null, localTime: { year, month, day, hour, minute, second, millisecond } };
  const [, sign = "+", hours = "0", minutes = "0"] = /^([-+])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const aheadMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === "-" ? -1 : 1);
  return {
    utcMs: plausibleUtc(Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - aheadMs),
    localTime: null,
  };
}
