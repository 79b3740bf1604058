import type { ImportRow } from "@mingcha/models/http";

type Pick = (text: { zh: string; en: string }) => string;

/** The wrong rows of a preview as CSV, one line a problem; marked as UTF-8, formulas as text. */
export function problemsCsv(rows: readonly ImportRow[], headings: readonly string[], pick: Pick): string {
  const quote = (text: string) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const lines = rows.flatMap((row) =>
    row.problems.map((problem) => [
      String(row.row),
      row.name,
      pick(problem.fieldTitle),
      problem.value,
      pick(problem.text),
    ]),
  );
  return `\uFEFF${[headings, ...lines].map((line) => line.map(quote).join(",")).join("\r\n")}\r\n`;
}
