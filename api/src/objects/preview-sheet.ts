import { createHash } from "node:crypto";
import type { ImportPreview, ImportRow } from "@mingcha/models/http";
import {
  importProblems,
  type ObjectKind,
  objectColumns,
  type PlannedRow,
  type RowProblem,
} from "@mingcha/models/objects";
import type { Deps } from "../deps.ts";
import { planDigest, planObjects, readObjects } from "./plan-sheet.ts";

/** Rows that a page can show at once: every wrong one first. */
const listedMax = 5_000;
const fineListedMax = 500;

/** What importing a sheet would do, row by row. Nothing is written, nothing is kept. */
export async function previewSheet(deps: Deps, kind: ObjectKind, bytes: Uint8Array): Promise<ImportPreview> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const table = await deps.sheets.read(bytes);
  const { headings, rows } = await readObjects(kind, table);
  const plan = await planObjects(deps.db, kind, rows);
  const wrong = plan.filter(({ action }) => action === "error");
  const fine = plan.filter(({ action }) => action !== "error");
  const listed = [...wrong.slice(0, listedMax), ...fine.slice(0, fineListedMax)];
  return {
    kind,
    sha256,
    plan: await planDigest(sha256, plan),
    encoding: table.encoding,
    headings: headings
      .filter(({ heading }) => heading !== "")
      .map(({ heading, column }) => ({
        heading: heading.slice(0, 100),
        field: column?.field ?? null,
        title: column?.title ?? null,
      })),
    counts: countActions(plan),
    rows: listed.map((row) => viewRow(kind, row)),
    rowsLeftOut: plan.length - listed.length,
  };
}

export function countActions(plan: readonly PlannedRow[]): Record<PlannedRow["action"], number> {
  const counts = { create: 0, update: 0, same: 0, error: 0 };
  for (const { action } of plan) counts[action]++;
  return counts;
}

const wholeRow = { zh: "整行", en: "row" };

function viewRow(kind: ObjectKind, row: PlannedRow): ImportRow {
  const titleOf = (field: string) => objectColumns[kind].find((column) => column.field === field)?.title ?? wholeRow;
  return {
    row: row.row,
    action: row.action,
    name: row.name.slice(0, 200),
    place: row.place?.slice(0, 300) ?? null,
    objectId: row.objectId,
    changes: row.changes,
    problems: row.problems.map((problem) => ({
      field: problem.field,
      fieldTitle: titleOf(problem.field),
      code: problem.code,
      value: problem.value,
      text: textOf(problem),
    })),
  };
}

function textOf({ code, params }: RowProblem): { zh: string; en: string } {
  const { zh, en } = importProblems[code];
  const fill = (text: string): string => text.replace("{row}", String(params?.row ?? ""));
  return { zh: fill(zh), en: fill(en) };
}
