import type { TruckImportPreview, TruckImportRow } from "@mingcha/models/http";
import { importProblems, type RowProblem } from "@mingcha/models/objects";
import {
  type Coordinates,
  type LocationRefusal,
  locationRefusals,
  type ObservationKind,
  observationColumns,
} from "@mingcha/models/trips";
import type { Deps } from "../deps.ts";
import { countTruckRows, type PlannedTruckRow, planTruckRows, truckPlanDigest } from "./plan-file.ts";
import { readTruckFile } from "./read-file.ts";

/** Rows that a page can show at once: every wrong one first. */
const wrongListedMax = 2_000;
const fineListedMax = 200;
const namesMax = 50;

/** What importing a file of observations would do, row by row. Nothing is written, nothing is kept. */
export async function previewTruckFile(
  deps: Deps,
  file: { kind: ObservationKind; coordinates: Coordinates; bytes: Uint8Array },
): Promise<TruckImportPreview> {
  const { sha256, encoding, ignored, rows } = await readTruckFile(deps, file);
  const plan = await planTruckRows(deps.db, file.kind, rows);
  const good = plan.filter(({ action }) => action !== "error");
  const wrong = plan.filter(({ action }) => action === "error");
  const listed = [...wrong.slice(0, wrongListedMax), ...good.slice(0, fineListedMax)];
  const [fromMs, toMs] = good.reduce(
    ([least, most], { atMs }) => [Math.min(least, atMs ?? least), Math.max(most, atMs ?? most)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const isoOf = (ms: number): string | null => (Number.isFinite(ms) ? new Date(ms).toISOString() : null);
  return {
    kind: file.kind,
    sha256,
    plan: await truckPlanDigest(sha256, plan),
    encoding,
    ignored,
    counts: countTruckRows(plan),
    from: isoOf(fromMs),
    to: isoOf(toMs),
    plates: new Set(good.map(({ plate }) => plate)).size,
    unknownNames: await findUnknownNames(deps, plan),
    rows: listed.map((row) => viewRow(file.kind, row)),
    rowsLeftOut: plan.length - listed.length,
  };
}

async function findUnknownNames({ db }: Deps, plan: readonly PlannedTruckRow[]): Promise<string[]> {
  const named = new Set<string>();
  for (const { kept } of plan) {
    if (kept?.of !== "event") continue;
    const { document } = kept;
    if ("site" in document) named.add(document.site);
    if ("tipping" in document && document.tipping !== null) named.add(document.tipping);
  }
  if (named.size === 0) return [];
  const known = await db.registerObject.findMany({
    where: { kind: { in: ["site", "tipping"] }, closedAt: null, name: { in: [...named] } },
    select: { name: true },
  });
  for (const { name } of known) named.delete(name);
  return [...named].sort().slice(0, namesMax);
}

function viewRow(kind: ObservationKind, row: PlannedTruckRow): TruckImportRow {
  const titleOf = (field: string) =>
    observationColumns[kind].find((column) => column.field === field)?.title ?? { zh: "整行", en: "row" };
  return {
    row: row.row,
    action: row.action,
    plate: row.plate.slice(0, 40),
    at: row.atMs === null ? null : new Date(row.atMs).toISOString(),
    problems: row.problems.map((problem) => ({
      field: problem.field,
      fieldTitle: titleOf(problem.field),
      code: problem.code,
      value: problem.code === "bad_frame" ? "" : problem.value,
      text: textOf(problem),
    })),
  };
}

function textOf({ code, value, params }: RowProblem): { zh: string; en: string } {
  const { zh, en } = importProblems[code];
  const why = code === "bad_frame" ? locationRefusals[value as LocationRefusal] : undefined;
  const fill = (text: string): string => text.replace("{row}", String(params?.row ?? ""));
  return {
    zh: fill(zh) + (why === undefined ? "" : `：${why.zh}`),
    en: fill(en) + (why === undefined ? "" : `: ${why.en}`),
  };
}
