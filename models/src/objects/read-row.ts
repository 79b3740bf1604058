import { readRouteLines } from "../trips/route-line.ts";
import { personStarted, violations } from "../violations/index.ts";
import { type Column, objectColumns } from "./columns.ts";
import { checkCreditCode, normalizeCreditCode } from "./credit-code.ts";
import { isKnownViolation } from "./facts.ts";
import type { ImportProblem } from "./import-problems.ts";
import type { ObjectKind } from "./kinds.ts";
import { findPlateColour, isPlate, normalizePlate } from "./plate.ts";
import { type Cell, cellText, readClock, readDay, readDays } from "./read-cell.ts";

export type RowProblem = { field: string; code: ImportProblem; value: string; params?: { row: number } };
/** A row as far as it could be read: only what its filled cells say. */
export type ReadRow = { row: number; fields: Record<string, unknown>; problems: RowProblem[] };

type Answer = { value: unknown } | { code: ImportProblem };

const several = (text: string, between: RegExp): string[] => text.split(between).flatMap((part) => part.trim() || []);

function violationCode(word: string): string | null {
  if (isKnownViolation(word.toUpperCase())) return word.toUpperCase();
  const all = [...violations, ...personStarted];
  return all.find(({ title }) => title.zh === word || title.en.toLowerCase() === word.toLowerCase())?.code ?? null;
}

const fromNull = (value: unknown, code: ImportProblem): Answer => (value === null ? { code } : { value });

function readField(field: string, cell: Cell): Answer {
  const text = cellText(cell);
  switch (field) {
    case "creditCode": {
      const code = normalizeCreditCode(text);
      const check = checkCreditCode(code);
      return check === "ok" ? { value: code } : { code: `bad_credit_code_${check}` };
    }
    case "plate": {
      const plate = normalizePlate(text);
      return isPlate(plate) ? { value: plate } : { code: "bad_plate" };
    }
    case "plateColour":
      return fromNull(findPlateColour(text), "bad_plate_colour");
    case "validFrom":
    case "validTo":
      return fromNull(readDay(cell), "bad_date");
    case "from":
    case "to":
      return fromNull(readClock(cell), "bad_clock");
    case "days":
      return fromNull(readDays(cell), "bad_days");
    case "violations": {
      // names of some matters have commas in them: a part that is one is not divided further
      const codes = several(text, /[;；\n]+/).flatMap((part) => {
        const whole = violationCode(part);
        return whole === null ? several(part, /[、,，]+/).map(violationCode) : [whole];
      });
      return codes.includes(null) ? { code: "unknown_violation" } : { value: [...new Set(codes)] };
    }
    case "pledgeDates": {
      const days =
        cell instanceof Date || typeof cell === "number"
          ? [readDay(cell)]
          : several(text, /[;；、,，\n]+/).map(readDay);
      return days.includes(null) ? { code: "bad_date" } : { value: days };
    }
    case "longitude":
    case "latitude":
      return fromNull(readNumber(text, field === "longitude" ? 180 : 90), "bad_degrees");
    case "radiusM":
    case "quotaT":
    case "corridorM":
      return fromNull(readNumber(text, 100_000_000), "bad_number");
    case "route":
      return fromNull(readRouteLines(text), "bad_route");
    case "tippingSites":
    case "gateSources":
      return { value: [...new Set(several(text, /[;；、,，\n]+/))] };
    case "terminalNo":
      return { value: text.replace(/^0+(?=\d)/, "") };
    case "pledgeReferences":
      return { value: several(text, /[;；\n]+/) };
    default:
      return { value: text };
  }
}

/** A number no further from nought than `most`; figures may be grouped by commas. */
function readNumber(text: string, most: number): number | null {
  const plain = text.normalize("NFKC").replace(/(?<=\d),(?=\d{3})/g, "");
  const value = /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  return Math.abs(value) <= most ? value : null;
}

/** Reads one row under its matched headings. `row` is its number in the sheet, from 1. */
export function readRow(
  kind: ObjectKind,
  columns: readonly (Column | undefined)[],
  cells: readonly Cell[],
  row: number,
): ReadRow {
  const fields: Record<string, unknown> = {};
  const problems: RowProblem[] = [];
  columns.forEach((column, nth) => {
    const cell = cells[nth] ?? null;
    if (column === undefined || cellText(cell) === "") return;
    const answer = readField(column.field, cell);
    if ("code" in answer) problems.push({ field: column.field, code: answer.code, value: cellText(cell).slice(0, 60) });
    else fields[column.field] = answer.value;
  });
  for (const { field, required } of objectColumns[kind])
    if (required && !(field in fields) && !problems.some((problem) => problem.field === field))
      problems.push({ field, code: "missing", value: "" });
  joinPledges(fields, problems);
  return { row, fields, problems };
}

/** Two columns, one list. */
function joinPledges(fields: Record<string, unknown>, problems: RowProblem[]): void {
  const { pledgeDates, pledgeReferences } = fields as { pledgeDates?: string[]; pledgeReferences?: string[] };
  delete fields.pledgeDates;
  delete fields.pledgeReferences;
  if (pledgeDates === undefined && pledgeReferences === undefined) return;
  if (problems.some(({ field }) => field === "pledgeDates")) return;
  if (pledgeDates?.length !== pledgeReferences?.length) {
    problems.push({
      field: "pledgeDates",
      code: "pledges_uneven",
      value: (pledgeDates ?? pledgeReferences ?? []).join("; "),
    });
    return;
  }
  fields.pledges = pledgeDates?.map((signedOn, nth) => ({ signedOn, reference: pledgeReferences?.[nth] }));
}
