import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import {
  type Column,
  cellText,
  createImportPlanner,
  matchHeadings,
  type ObjectKind,
  objectColumns,
  type PlannedRow,
  type ReadRow,
  type RegisterEntry,
  readRow,
} from "@mingcha/models/objects";
import { factOf, type ObjectRow } from "./register-row.ts";
import { type ReadTable, rowsMax } from "./sheets/sheet-task.ts";

/** A heading may stand under a title of the sheet. */
const headingRowsMax = 10;

export interface ReadSheet {
  readonly headings: { heading: string; column: Column | undefined }[];
  readonly rows: ReadRow[];
}

/** The rows of a table under the headings that are known; a table without what a kind cannot do without is refused whole. */
export async function readObjects(kind: ObjectKind, table: ReadTable): Promise<ReadSheet> {
  const heads = table.rows.slice(0, headingRowsMax).map((row) => {
    const texts = row.map(cellText);
    const columns = matchHeadings(kind, texts);
    return { texts, columns, known: columns.filter((column) => column !== undefined).length };
  });
  const best = Math.max(0, ...heads.map(({ known }) => known));
  const nth = heads.findIndex(({ known }) => known === best);
  const head = heads[nth];
  if (head === undefined || best === 0) {
    const names = (side: "zh" | "en") =>
      objectColumns[kind].map(({ title }) => title[side]).join(side === "zh" ? "、" : ", ");
    throw new AppError("SHEET_REFUSED", {
      zh: `没有可识别的表头，应有：${names("zh")}`,
      en: `no heading is known; expected are: ${names("en")}`,
    });
  }
  const lacking = objectColumns[kind].filter(
    ({ required, field }) => required && !head.columns.some((one) => one?.field === field),
  );
  if (lacking.length > 0)
    throw new AppError("SHEET_REFUSED", {
      zh: `缺少必需的列：${lacking.map(({ title }) => title.zh).join("、")}`,
      en: `columns that are needed are missing: ${lacking.map(({ title }) => title.en).join(", ")}`,
    });
  const filled = table.rows
    .map((cells, at) => ({ cells, row: at + 1 }))
    .slice(nth + 1)
    .filter(({ cells }) => cells.some((cell) => cellText(cell) !== ""));
  if (filled.length === 0)
    throw new AppError("SHEET_REFUSED", { zh: "表头之下没有内容", en: "nothing stands under the headings" });
  if (filled.length > rowsMax)
    throw new AppError("SHEET_REFUSED", {
      zh: `超过 ${rowsMax} 行，请分成几个文件`,
      en: `more than ${rowsMax} rows; divide it into several files`,
    });
  const rows = await inTurns(filled, ({ cells, row }) => readRow(kind, head.columns, cells, row));
  return { headings: head.texts.map((heading, at) => ({ heading, column: head.columns[at] })), rows };
}

/** What importing these rows would do to the register as it stands. */
export async function planObjects(
  db: DatabaseOrTransaction,
  kind: ObjectKind,
  rows: readonly ReadRow[],
): Promise<PlannedRow[]> {
  const texts = (field: string): string[] => [
    ...new Set(rows.flatMap(({ fields }) => (typeof fields[field] === "string" ? [fields[field]] : []))),
  ];
  const byName = nameColumns[kind];
  const wanted = [...new Set(texts(byName ?? "place").map(asPlace))];
  const found: ObjectRow[] = [];
  for (let from = 0; from < wanted.length; from += page) {
    const part = { in: wanted.slice(from, from + page) };
    const where = byName === undefined ? { place: part } : { name: part };
    found.push(...(await db.registerObject.findMany({ where: { kind, closedAt: null, ...where } })));
  }
  const register = await inTurns(
    found,
    (row): RegisterEntry => ({ id: row.id, version: row.version, fact: factOf(row) }),
  );
  return inTurns(rows, createImportPlanner(kind, register));
}

/** Over many rows in their order, letting other requests have their turn in between. */
export async function inTurns<A, B>(rows: readonly A[], each: (row: A) => B): Promise<B[]> {
  const made: B[] = [];
  for (const [nth, row] of rows.entries()) {
    if (nth % turn === turn - 1) await setImmediate();
    made.push(each(row));
  }
  return made;
}
const turn = 100;
/** Places or plates looked up at once. */
const page = 200;

/** Kinds that are known by a name rather than by where they are, and the column of it. */
const nameColumns: Partial<Record<ObjectKind, string>> = {
  vehicle: "plate",
  site: "name",
  tipping: "name",
  disposal: "reference",
};

/** As the register keeps it. */
const asPlace = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ").trim();

/** Of one outcome: the same rows doing the same to the same versions. */
export async function planDigest(sha256: string, plan: readonly PlannedRow[]): Promise<string> {
  const hash = createHash("sha256").update(sha256);
  await inTurns(plan, ({ row, action, objectId, version, fact }) => {
    hash.update(JSON.stringify([row, action, objectId, version, fact]));
  });
  return hash.digest("hex");
}
