import { AppError } from "@mingcha/models";
import type { Cell } from "@mingcha/models/objects";
import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/universal";
import writeExcelFile from "write-excel-file/node";
import { z } from "zod";
import { isZip, unpackedBytes, unpackedBytesMax } from "./check-zip.ts";
import { decodeText, findDelimiter } from "./csv-text.ts";

export interface WrittenSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  /** In characters. */
  readonly widths: readonly number[];
}
export type SheetTask =
  | { readonly do: "read"; readonly bytes: Uint8Array; readonly rowsMax: number }
  | { readonly do: "write"; readonly sheets: readonly WrittenSheet[] };

export interface ReadTable {
  /** xlsx, or the encoding of a CSV file. */
  readonly encoding: string;
  readonly rows: Cell[][];
}

export const rowsMax = 20_000;
const columnsMax = 100;
/** More than a workbook can hold in a cell (32,767): a route is a long text. */
const cellCharactersMax = 40_000;

const refuse = (zh: string, en: string) => new AppError("SHEET_REFUSED", { zh, en });

/** Rows of the first sheet of a workbook, or of a CSV file; which of the two it is its bytes say. */
export async function readTable(bytes: Uint8Array, rowsMax: number): Promise<ReadTable> {
  const table = isZip(bytes)
    ? await readWorkbook(bytes)
    : isGeoJson(bytes)
      ? readFeatures(bytes)
      : readCsv(bytes, rowsMax);
  // empty rows at the end are no rows
  while (table.rows.at(-1)?.every((cell) => cell === null || cell === "")) table.rows.pop();
  if (table.rows.length > rowsMax + 10)
    throw refuse(`超过 ${rowsMax} 行，请分成几个文件`, `more than ${rowsMax} rows; divide it into several files`);
  return {
    ...table,
    rows: table.rows.map((row) =>
      row.slice(0, columnsMax).map((cell) => (typeof cell === "string" ? cell.slice(0, cellCharactersMax) : cell)),
    ),
  };
}

async function readWorkbook(bytes: Uint8Array): Promise<ReadTable> {
  if (unpackedBytes(bytes) === null)
    throw refuse(
      `不是完好的工作簿，或解压后超过 ${unpackedBytesMax / 1_048_576} MB`,
      `no sound workbook, or more than ${unpackedBytesMax / 1_048_576} MB unpacked`,
    );
  const own = new Uint8Array(bytes).buffer;
  try {
    return { encoding: "xlsx", rows: (await readSheet(own)) as Cell[][] };
  } catch (error) {
    throw new AppError("SHEET_REFUSED", broken, { cause: error });
  }
}
const broken = { zh: "文件损坏，或不是 .xlsx 工作簿", en: "the file is damaged, or is no .xlsx workbook" };

const isGeoJson = (bytes: Uint8Array): boolean => /^\s*\{/.test(decodeText(bytes.subarray(0, 64)).text);
const featuresSchema = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(z.object({ properties: z.record(z.string(), z.unknown()).nullable(), geometry: z.unknown() })),
});

/** Features as rows: their properties under their names, their geometry as the route. */
function readFeatures(bytes: Uint8Array): ReadTable {
  const { text, encoding } = decodeText(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError("SHEET_REFUSED", noFeatures, { cause: error });
  }
  const read = featuresSchema.safeParse(value);
  if (!read.success) throw new AppError("SHEET_REFUSED", noFeatures);
  const names = [...new Set(read.data.features.flatMap(({ properties }) => Object.keys(properties ?? {})))].slice(
    0,
    60,
  );
  const cellOf = (one: unknown): Cell =>
    typeof one === "string" || typeof one === "number" || typeof one === "boolean" ? one : null;
  return {
    encoding: `GeoJSON, ${encoding}`,
    rows: [
      [...names, "route"],
      ...read.data.features.map(({ properties, geometry }) => [
        ...names.map((name) => cellOf(properties?.[name])),
        geometry === null || geometry === undefined ? null : JSON.stringify(geometry),
      ]),
    ],
  };
}
const noFeatures = { zh: "不是完好的 GeoJSON FeatureCollection", en: "no sound GeoJSON FeatureCollection" };

function readCsv(bytes: Uint8Array, rowsMax: number): ReadTable {
  const { text, encoding } = decodeText(bytes);
  if (text.includes("\0")) throw refuse("不是表格文件（可用 .xlsx 或 .csv）", "not a sheet (.xlsx and .csv are taken)");
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: findDelimiter(text),
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: 200_000,
      to: rowsMax + 100,
    });
    return { encoding, rows: rows as Cell[][] };
  } catch (error) {
    throw new AppError(
      "SHEET_REFUSED",
      {
        zh: "CSV 内容无法解析（引号不成对，或单行过长）",
        en: "the CSV cannot be read (an open quote, or a line too long)",
      },
      { cause: error },
    );
  }
}

/** A workbook of text cells: nothing in it is a formula. */
export async function writeWorkbook(sheets: readonly WrittenSheet[]): Promise<Uint8Array> {
  return await writeExcelFile(
    sheets.map(({ name, rows, widths }) => ({
      sheet: name,
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: 1,
      data: rows.map((row, nth) =>
        row.map((value) => ({ value, type: String, ...(nth === 0 ? { fontWeight: "bold" as const } : {}) })),
      ),
    })),
  ).toBuffer();
}
