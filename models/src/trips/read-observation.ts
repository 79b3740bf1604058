import { fromGcj02 } from "../geo/gcj02.ts";
import type { Column } from "../objects/columns.ts";
import type { ImportProblem } from "../objects/import-problems.ts";
import { isPlate, normalizePlate } from "../objects/plate.ts";
import { type Cell, cellText } from "../objects/read-cell.ts";
import type { RowProblem } from "../objects/read-row.ts";
import { observationColumns } from "./columns.ts";
import type { ObservationKind } from "./observations.ts";
import { readInstant } from "./read-time.ts";

export type Coordinates = "wgs84" | "gcj02";
/** How a file is to be read where it does not say itself. */
export interface ReadingSettings {
  /** Of times without a zone. */
  readonly timezone: string;
  /** Datum of its longitudes and latitudes. */
  readonly coordinates: Coordinates;
}

/** A row as far as it could be read: its filled cells as values, null for what it leaves open. */
export interface ReadObservation {
  readonly row: number;
  readonly fields: Readonly<Record<string, string | number | null>>;
  readonly problems: readonly RowProblem[];
}

type Answer = { value: string | number | null } | { code: ImportProblem };

/** Words of a question's answers; what says "to be judged" is no answer. */
const words: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  direction: { out: ["出", "驶出", "出场", "out", "exit"], in: ["进", "入", "驶入", "进场", "in", "entry"] },
  cover: {
    covered: ["已覆盖", "覆盖", "密闭", "已密闭", "合格", "是", "covered", "yes", "ok"],
    open: ["未覆盖", "敞开", "未密闭", "不合格", "否", "open", "no", "not covered"],
  },
  wash: {
    washed: ["已冲洗", "冲洗", "干净", "合格", "是", "washed", "clean", "yes", "ok"],
    dirty: ["未冲洗", "带泥", "不合格", "否", "dirty", "no", "not washed"],
  },
  load: { loaded: ["载货", "重车", "重", "满载", "loaded"], empty: ["空车", "空", "empty"] },
  judgedBy: { person: ["人工", "人", "人工判断", "person"], model: ["模型", "识别", "自动", "model", "machine"] },
};
const undecided = ["待判", "未判", "待判断", "不清", "to be judged", "unknown", "?"];

function readWord(field: string, text: string): Answer {
  const word = text.normalize("NFKC").trim().toLowerCase();
  if (undecided.includes(word)) return { value: null };
  const found = Object.entries(words[field] ?? {}).find(([code, known]) => code === word || known.includes(word));
  return found === undefined ? { code: "unknown_word" } : { value: found[0] };
}

function readNumber(text: string, least: number, most: number): number | null {
  const plain = text.normalize("NFKC").replace(/\s*(t|吨|km\/h|公里\/小时)$/i, "");
  const value = /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  return value >= least && value <= most ? value : null;
}

function readField(field: string, cell: Cell, { timezone }: ReadingSettings): Answer {
  const text = cellText(cell).replace(/[\s\p{Cc}]+/gu, " ");
  const orElse = (value: number | null, code: ImportProblem): Answer => (value === null ? { code } : { value });
  switch (field) {
    case "plate": {
      const plate = normalizePlate(text);
      return isPlate(plate) ? { value: plate } : { code: "bad_plate" };
    }
    case "at":
      return orElse(readInstant(cell, timezone), "bad_instant");
    case "longitude":
      return orElse(readNumber(text, -180, 180), "bad_degrees");
    case "latitude":
      return orElse(readNumber(text, -90, 90), "bad_degrees");
    case "speedKmh":
      return orElse(readNumber(text, 0, 300), "bad_number");
    case "weightT":
      return orElse(readNumber(text, 0.01, 200), "bad_number");
    default:
      if (field in words) return readWord(field, text);
      return text.length <= 200 ? { value: text } : { code: "not_acceptable" };
  }
}

/** Reads one row of observations under its matched headings. `row` is its number in the sheet, from 1. */
export function readObservation(
  kind: ObservationKind,
  columns: readonly (Column | undefined)[],
  cells: readonly Cell[],
  row: number,
  settings: ReadingSettings,
): ReadObservation {
  const fields: Record<string, string | number | null> = {};
  const problems: RowProblem[] = [];
  columns.forEach((column, nth) => {
    const cell = cells[nth] ?? null;
    if (column === undefined || cellText(cell) === "") return;
    const answer = readField(column.field, cell, settings);
    if ("code" in answer) problems.push({ field: column.field, code: answer.code, value: cellText(cell).slice(0, 60) });
    else fields[column.field] = answer.value;
  });
  for (const { field, required } of observationColumns[kind])
    if (required && (fields[field] ?? null) === null && !problems.some((problem) => problem.field === field))
      problems.push({ field, code: "missing", value: "" });
  return { row, fields: settings.coordinates === "gcj02" ? shiftBack(fields) : fields, problems };
}

function shiftBack(fields: Record<string, string | number | null>): Record<string, string | number | null> {
  const { longitude, latitude } = fields;
  if (typeof longitude !== "number" || typeof latitude !== "number") return fields;
  return { ...fields, ...fromGcj02({ longitude, latitude }) };
}
