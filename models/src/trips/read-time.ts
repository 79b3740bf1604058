import { localTime } from "../calendar/local-time.ts";
import { type Cell, cellText } from "../objects/read-cell.ts";

/** The instant at which a clock of a zone shows a wall time, counted as if it were UTC. */
export function wallToInstant(wallMs: number, timezone: string): number {
  let atMs = wallMs;
  // two rounds: the first guess may stand on the other side of a clock change
  for (let round = 0; round < 2; round++) {
    const { dayNumber, minutes } = localTime(atMs, timezone);
    atMs += wallMs - (dayNumber * 86_400_000 + Math.round(minutes * 60) * 1_000 + (((atMs % 1_000) + 1_000) % 1_000));
  }
  return atMs;
}

const sheetEpochMs = Date.UTC(1899, 11, 30);

/**
 * An instant of a cell: with a zone ("2026-11-28T13:05:00Z", "+08:00") that zone's, without one the bureau's wall clock; or the wall clock of a
 * spreadsheet's date. Null where it cannot be read: day-before-month, two-digit years and seconds since 1970 are not guessed.
 */
export function readInstant(cell: Cell, timezone: string): number | null {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : wallToInstant(cell.getTime(), timezone);
  if (typeof cell === "number")
    return cell > 40_000 && cell < 80_000
      ? wallToInstant(sheetEpochMs + Math.round(cell * 86_400) * 1_000, timezone)
      : null;
  const text = cellText(cell).normalize("NFKC");
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T\s]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    );
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const millis = Math.floor(Number(`0.${parts[7] ?? "0"}`) * 1_000);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(wall);
  const isReal =
    year >= 2000 &&
    year <= 2199 &&
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isReal) return null;
  const zone = parts[8];
  if (zone === undefined) return wallToInstant(wall, timezone) + millis;
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  const minutes = offset === null ? 0 : (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === "-" ? -1 : 1);
  return wall + millis - minutes * 60_000;
}
