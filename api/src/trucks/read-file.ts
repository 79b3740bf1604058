import { createHash } from "node:crypto";
import { AppError } from "@mingcha/models";
import { fromGcj02 } from "@mingcha/models/geo";
import { cellText, matchColumns, type RowProblem } from "@mingcha/models/objects";
import {
  type Coordinates,
  type ObservationKind,
  observationColumns,
  type ReadObservation,
  readLocationFrame,
  readObservation,
} from "@mingcha/models/trips";
import type { Deps } from "../deps.ts";
import { inTurns } from "../objects/plan-sheet.ts";
import { decodeText } from "../objects/sheets/csv-text.ts";

export interface ReadTruckFile {
  readonly sha256: string;
  readonly encoding: string;
  readonly ignored: string[];
  readonly rows: ReadObservation[];
}

/** A day of two hundred trucks, a position every thirty seconds of ten hours, is 240,000 rows; a file is at most half of that. */
const pointsMax = 120_000;
const eventsMax = 20_000;
const headingRowsMax = 10;

const refuse = (zh: string, en: string) => new AppError("SHEET_REFUSED", { zh, en });

/** Rows of a file of observations: a sheet, or a gateway's export of location reports (JT/T 808), a frame a line. */
export async function readTruckFile(
  deps: Pick<Deps, "sheets" | "profile" | "db">,
  { kind, coordinates, bytes }: { kind: ObservationKind; coordinates: Coordinates; bytes: Uint8Array },
): Promise<ReadTruckFile> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const lines = kind === "track" ? frameLines(bytes) : null;
  if (lines !== null) {
    const plates = await platesOfTerminals(deps.db);
    const rows = await inTurns(lines, (line) => readFrame(line, plates, coordinates));
    return { sha256, encoding: "JT/T 808", ignored: [], rows };
  }
  const most = kind === "track" ? pointsMax : eventsMax;
  const table = await deps.sheets.read(bytes, most);
  const heads = table.rows.slice(0, headingRowsMax).map((cells) => {
    const texts = cells.map(cellText);
    const columns = matchColumns(observationColumns[kind], texts);
    return { texts, columns, known: columns.filter((column) => column !== undefined).length };
  });
  const best = Math.max(0, ...heads.map(({ known }) => known));
  const nth = heads.findIndex(({ known }) => known === best);
  const head = heads[nth];
  const required = observationColumns[kind].filter((column) => column.required);
  const lacking = required.filter(({ field }) => !head?.columns.some((column) => column?.field === field));
  if (head === undefined || best === 0 || lacking.length > 0)
    throw refuse(
      `缺少必需的列：${lacking.map(({ title }) => title.zh).join("、")}`,
      `columns that are needed are missing: ${lacking.map(({ title }) => title.en).join(", ")}`,
    );
  const filled = table.rows
    .map((cells, at) => ({ cells, row: at + 1 }))
    .slice(nth + 1)
    .filter(({ cells }) => cells.some((cell) => cellText(cell) !== ""));
  if (filled.length === 0) throw refuse("表头之下没有内容", "nothing stands under the headings");
  if (filled.length > most)
    throw refuse(`超过 ${most} 行，请分成几个文件`, `more than ${most} rows; divide it into several files`);
  const settings = { timezone: deps.profile.timezone, coordinates };
  const rows = await inTurns(filled, ({ cells, row }) => readObservation(kind, head.columns, cells, row, settings));
  const ignored = head.texts.filter((text, at) => text !== "" && head.columns[at] === undefined);
  return { sha256, encoding: table.encoding, ignored: ignored.map((text) => text.slice(0, 60)).slice(0, 40), rows };
}

type FrameLine = { row: number; text: string };

/** Lines of an export of frames, or null where it is none. A plate or a terminal's number may stand before the frame. */
function frameLines(bytes: Uint8Array): FrameLine[] | null {
  if (!/^\s*(?:[^\s,;]{1,20}[\s,;]+)?7e\s?[0-9a-f]/i.test(decodeText(bytes.subarray(0, 400)).text)) return null;
  const lines = decodeText(bytes)
    .text.split(/\r?\n/)
    .map((text, nth) => ({ row: nth + 1, text: text.trim() }))
    .filter(({ text }) => text !== "");
  if (lines.length > pointsMax)
    throw refuse(`超过 ${pointsMax} 行，请分成几个文件`, `more than ${pointsMax} rows; divide it into several files`);
  return lines;
}

function readFrame(
  { row, text }: FrameLine,
  plates: ReadonlyMap<string, string>,
  coordinates: Coordinates,
): ReadObservation {
  const begin = text.search(/7e/i);
  const before = begin > 0 ? text.slice(0, begin).replace(/[\s,;]+$/, "") : "";
  const hex = begin < 0 ? text : text.slice(begin);
  const read = readLocationFrame(hex);
  const wrong = (problem: RowProblem): ReadObservation => ({ row, fields: { plate: before }, problems: [problem] });
  if (read.kind === "refused") return wrong({ field: "row", code: "bad_frame", value: read.why });
  const { terminalNo, atMs, speedKmh, longitude, latitude } = read.location;
  const plate = plates.get(terminalNo);
  // a plate in the line is the gateway's word; without a vehicle that has the terminal it stands
  const named = plate ?? (before === "" ? undefined : matchPlate(before));
  if (named === undefined) return wrong({ field: "plate", code: "unknown_terminal", value: terminalNo });
  const at = coordinates === "gcj02" ? fromGcj02({ longitude, latitude }) : { longitude, latitude };
  return { row, fields: { plate: named, at: atMs, ...at, speedKmh }, problems: [] };
}

function matchPlate(text: string): string | undefined {
  const { fields } = readObservation("track", [observationColumns.track[0]], [text], 0, {
    timezone: "UTC",
    coordinates: "wgs84",
  });
  return typeof fields.plate === "string" ? fields.plate : undefined;
}

async function platesOfTerminals(db: Deps["db"]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ plate: string; terminal: string }[]>`
    select name as plate, document->>'terminalNo' as terminal from register_object
    where kind = 'vehicle' and closed_at is null and document->>'terminalNo' is not null`;
  return new Map(rows.map(({ plate, terminal }) => [terminal, plate]));
}
