import type { StatisticsView } from "@mingcha/models/http";
import { figures } from "@mingcha/models/statistics";
import writeWorkbook, { type Cell, type SheetData } from "write-excel-file/node";
import type { CellValue, Language, SheetContent } from "./sheets.ts";

/** Rows above the head of columns on every sheet: what it is, how it is computed, of when, and a blank one. */
export const rowsAbove = 4;

// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 has no place for
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Text is text whatever it begins with: a name like "=1+1" is never a formula. */
const textCell = (value: string, style: Record<string, unknown> = {}): Cell =>
  ({ value: value.replace(unwritable, ""), type: String, ...style }) as Cell;

function cellOf(value: CellValue): Cell {
  if (value === null) return null;
  return typeof value === "number" ? { value, type: Number } : textCell(value);
}

/** The workbook as .xlsx: every sheet says what its figure is, of which period, in which time zone, and when it was made. */
export async function renderWorkbook(
  sheets: readonly SheetContent[],
  { period, settings }: Pick<StatisticsView, "period" | "settings">,
  bureau: string,
  lang: Language,
): Promise<Buffer> {
  const made = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: period.timezone });
  const when =
    lang === "zh"
      ? `${bureau}；期间 ${period.from} 至 ${period.to}（${period.timezone}）；制表 ${made.format(new Date(period.madeAt))}；少于 ${settings.minDecided} 件不给点值${settings.verified ? "" : "（数值为暂定，未经本局确认）"}`
      : `${bureau}; ${period.from} to ${period.to} (${period.timezone}); made ${made.format(new Date(period.madeAt))}; no point below ${settings.minDecided} items${settings.verified ? "" : " (provisional, not confirmed by the bureau)"}`;
  return writeWorkbook(
    sheets.map(({ figure, name, columns, rows }) => {
      const data: SheetData = [
        [textCell(name, { fontWeight: "bold" })],
        [textCell(figures[figure].text[lang])],
        [textCell(when)],
        [],
        columns.map((title) => textCell(title, { fontWeight: "bold" })),
        ...rows.map((row) => row.map(cellOf)),
      ];
      return {
        sheet: name,
        data,
        columns: columns.map((_, nth) => ({ width: nth < 2 ? 22 : 14 })),
        stickyRowsCount: rowsAbove + 1,
      };
    }),
  ).toBuffer();
}
