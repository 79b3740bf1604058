/** A value of a sheet: text, a number, a date, yes or no, or nothing. */
export type Cell = string | number | boolean | Date | null;

/** What a cell says, as text. A number is written whole: telephone numbers and codes come as numbers. */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString().slice(0, 10);
  const text =
    typeof cell === "number"
      ? cell.toLocaleString("fullwide", { useGrouping: false, maximumFractionDigits: 10 })
      : String(cell);
  // an export marks texts that a spreadsheet would take for a formula
  return text.trim().replace(/^'(?=[=+\-@\t])/, "");
}

/** Sheets number days from 1899-12-30 (ECMA-376 part 1, 18.17.4.1). */
const firstDayMs = Date.UTC(1899, 11, 30);

const isoDay = (year: number, month: number, day: number): string | null => {
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal && year >= 1949 && year <= 2200 ? at.toISOString().slice(0, 10) : null;
};

/** A day as "2026-03-01"; null where it cannot be read. Two-digit years and day-before-month are not guessed. */
export function readDay(cell: Cell): string | null {
  if (cell instanceof Date) return isoDay(cell.getUTCFullYear(), cell.getUTCMonth() + 1, cell.getUTCDate());
  if (typeof cell === "number" && cell > 18_000 && cell < 110_000) {
    const at = new Date(firstDayMs + Math.floor(cell) * 86_400_000);
    return isoDay(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
  }
  const text = cellText(cell).normalize("NFKC");
  const parts =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?$/.exec(text) ??
    /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return parts === null ? null : isoDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/** A time of day as "07:30"; null where it cannot be read. */
export function readClock(cell: Cell): string | null {
  const two = (value: number): string => String(value).padStart(2, "0");
  if (typeof cell === "number" && cell >= 0 && cell <= 1) {
    const minutes = Math.round(cell * 1_440);
    return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  }
  if (cell instanceof Date) return `${two(cell.getUTCHours())}:${two(cell.getUTCMinutes())}`;
  const parts = /^(\d{1,2})(?::(\d{2})(?::00)?|[点时](\d{1,2})?分?)$/.exec(cellText(cell).normalize("NFKC"));
  if (parts === null) return null;
  const hours = Number(parts[1]);
  const minutes = Number(parts[2] ?? parts[3] ?? 0);
  const isDay = hours < 24 ? minutes < 60 : hours === 24 && minutes === 0;
  return isDay ? `${two(hours)}:${two(minutes)}` : null;
}

const weekdays = "一二三四五六日";

/** ISO weekdays like "1-5,7" from "1-5", "周一至周五", "每天", "工作日" is not one of them (public holidays move). Null: unreadable. */
export function readDays(cell: Cell): string | null {
  const text = cellText(cell).normalize("NFKC").replace(/\s/g, "").toLowerCase();
  if (text === "" || /^(每天|每日|全部|daily|everyday)$/.test(text)) return "1-7";
  const digits = text
    .replace(/天/g, "日")
    .replace(/周末|星期六日/g, "6-7")
    .replace(/(?:周|星期|礼拜)?([一二三四五六日])/g, (_, day: string) => String(weekdays.indexOf(day) + 1))
    .replace(/周|星期|礼拜/g, "")
    .replace(/[至到~—–]/g, "-")
    .replace(/[、;；,/]+/g, ",");
  return /^[1-7](-[1-7])?(,[1-7](-[1-7])?)*$/.test(digits) ? digits : null;
}
