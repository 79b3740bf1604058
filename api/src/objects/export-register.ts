import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import type { ObjectKind } from "@mingcha/models/objects";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { findObjects } from "./find-objects.ts";
import { factOf, type ObjectRow } from "./register-row.ts";
import { csvLine, plainText } from "./sheets/csv-text.ts";
import { rowsMax } from "./sheets/sheet-task.ts";
import { headingsOf, rowOf } from "./write-rows.ts";

const page = 1_000;

/** Open objects of a kind in the order of their names, a page at a time: a register is larger than a memory should be. */
async function* pagesOf(deps: Deps, kind: ObjectKind, language: "zh" | "en"): AsyncGenerator<string[][]> {
  let after: { name: string; id: string } | null = null;
  for (;;) {
    const ids: string[] = await findObjects(deps.db, { kind, state: "open", after, limit: page });
    const rows: ObjectRow[] = await deps.db.registerObject.findMany({
      where: { id: { in: ids } },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    });
    if (rows.length > 0) yield rows.map((row) => rowOf(factOf(row), language));
    after = rows.at(-1) ?? null;
    if (ids.length < page) return;
  }
}

export async function* exportCsv(deps: Deps, kind: ObjectKind, language: "zh" | "en"): AsyncGenerator<string> {
  // spreadsheets read UTF-8 only where the mark stands
  yield `\uFEFF${csvLine(headingsOf(kind, language))}`;
  for await (const rows of pagesOf(deps, kind, language)) yield rows.map((row) => csvLine(row.map(plainText))).join("");
}

export async function exportWorkbook(deps: Deps, kind: ObjectKind, language: "zh" | "en"): Promise<Uint8Array> {
  const rows = [headingsOf(kind, language)];
  for await (const more of pagesOf(deps, kind, language)) {
    rows.push(...more);
    if (rows.length > rowsMax + 1)
      throw new AppError("SHEET_REFUSED", {
        zh: `登记超过 ${rowsMax} 行，请导出为 CSV`,
        en: `the register has more than ${rowsMax} rows; export it as CSV`,
      });
  }
  return deps.sheets.write([{ name: kind, rows, widths: widthsOf(rows) }]);
}

const widthsOf = (rows: readonly string[][]): number[] =>
  (rows[0] ?? []).map((_, nth) =>
    Math.min(
      50,
      2 +
        Math.max(
          ...rows.slice(0, 200).map((row) => [...(row[nth] ?? "")].reduce((sum, one) => sum + (one > "ÿ" ? 2 : 1), 0)),
        ),
    ),
  );

/** Who took the register out, and which: telephone numbers go with it. */
export function recordExport(deps: Deps, kind: ObjectKind, format: string, person: SignedIn): Promise<unknown> {
  return deps.db.$transaction((tx) =>
    appendCustody(tx, {
      action: "objects.exported",
      subject: `register:${kind}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { kind, format },
    }),
  );
}
