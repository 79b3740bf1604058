/** Times are shown in the zone of the source that recorded them, with the offset, never in the reader's own zone. */

interface Parts {
  date: string;
  time: string;
  offset: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
    timeZoneName: "longOffset",
  });
  formatters.set(timezone, made);
  return made;
}

function partsOf(instant: string | number, timezone: string): Parts & { millis: string } {
  const found: Record<string, string> = {};
  for (const part of formatterOf(timezone).formatToParts(new Date(instant))) found[part.type] = part.value;
  const offset = (found.timeZoneName ?? "GMT").replace("GMT", "") || "+00:00";
  return {
    date: `${found.year}-${found.month}-${found.day}`,
    time: `${found.hour}:${found.minute}:${found.second}`,
    millis: found.fractionalSecond ?? "000",
    offset,
  };
}

/** `2026-05-01 08:00:04` */
export function formatInstant(instant: string | number, timezone: string): string {
  const { date, time } = partsOf(instant, timezone);
  return `${date} ${time}`;
}

/** `2026-05-01 08:00`: of what is known no better. */
export function formatMinute(instant: string | number, timezone: string): string {
  return formatInstant(instant, timezone).slice(0, -3);
}

/** `2026-05-01 08:00:04.000 +08:00`: the form that evidence is described in. */
export function formatInstantExact(instant: string | number, timezone: string): string {
  const { date, time, millis, offset } = partsOf(instant, timezone);
  return `${date} ${time}.${millis} ${offset}`;
}

/** `08:00:04` */
export function formatClock(instant: string | number, timezone: string): string {
  return partsOf(instant, timezone).time;
}

/** `2026-05-01 08:00:04 – 08:05:16 +08:00`; the date is repeated only where it changes. */
export function formatSpan(from: string, to: string, timezone: string): string {
  const a = partsOf(from, timezone);
  const b = partsOf(to, timezone);
  const end = a.date === b.date ? b.time : `${b.date} ${b.time}`;
  return `${a.date} ${a.time} – ${end} ${b.offset}`;
}

/** The instant at which a clock in `timezone` shows the wall time `YYYY-MM-DDTHH:mm:ss`. */
export function wallTimeToInstant(wall: string, timezone: string): string {
  const asUtc = Date.parse(`${wall}Z`);
  // Two rounds: the first guess may sit on the other side of a clock change.
  let instant = asUtc;
  for (let round = 0; round < 2; round += 1) instant = asUtc - offsetMs(instant, timezone);
  return new Date(instant).toISOString();
}

function offsetMs(instant: number, timezone: string): number {
  const { offset } = partsOf(instant, timezone);
  const match = /^([+-])(\d{2}):(\d{2})/.exec(offset);
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}
