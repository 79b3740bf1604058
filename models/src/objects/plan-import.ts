import { type ObjectFact, objectFactSchema, type Pledge } from "./facts.ts";
import { keyOf, nameOf, placeOf } from "./identity.ts";
import type { ImportProblem } from "./import-problems.ts";
import type { ObjectKind } from "./kinds.ts";
import type { ReadRow, RowProblem } from "./read-row.ts";

/** An open object of the register that a row may be. */
export type RegisterEntry = { id: string; version: number; fact: ObjectFact };

export type PlannedRow = {
  row: number;
  action: "create" | "update" | "same" | "error";
  name: string;
  place: string | null;
  problems: RowProblem[];
  /** What would be written; null for a row that is wrong. */
  fact: ObjectFact | null;
  objectId: string | null;
  version: number | null;
  /** Fields that would change. */
  changes: string[];
};

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * Says what an import would do, row by row in the order of the sheet, before anything is written. A row is an object of the register by its
 * key, or, a shop, by its credit code at its place. An empty cell changes nothing, a pledge is added and never taken away.
 */
export function createImportPlanner(
  kind: ObjectKind,
  register: readonly RegisterEntry[],
): (read: ReadRow) => PlannedRow {
  const byKey = new Map(register.map((entry) => [keyOf(entry.fact), entry]));
  const byCode = new Map(register.flatMap((entry) => codeKey(entry.fact).map((key) => [key, entry] as const)));
  const seen = new Map<string, number>();
  return (read) => {
    const { row, fields } = read;
    const shown = {
      row,
      name: text(fields.name ?? fields.plate ?? fields.reference),
      place: text(fields.place) || null,
    };
    const wrong = (problems: RowProblem[]): PlannedRow => ({
      ...shown,
      action: "error",
      problems,
      fact: null,
      objectId: null,
      version: null,
      changes: [],
    });
    if (read.problems.length > 0) return wrong(read.problems);
    const alone = objectFactSchema.safeParse({ kind, ...fields });
    if (!alone.success) return wrong(alone.error.issues.map((issue) => problemOf(issue.path, fields)));
    const keys = [keyOf(alone.data), ...codeKey(alone.data)];
    const first = keys.flatMap((key) => seen.get(key) ?? [])[0];
    if (first !== undefined)
      return wrong([{ field: "row", code: "duplicate_in_file", value: shown.name, params: { row: first } }]);
    for (const key of keys) seen.set(key, row);

    const found = new Set([byKey.get(keyOf(alone.data)), ...codeKey(alone.data).map((key) => byCode.get(key))]);
    found.delete(undefined);
    if (found.size > 1) return wrong([{ field: "row", code: "ambiguous", value: shown.name }]);
    const [entry] = found;
    const at = { name: nameOf(alone.data), place: placeOf(alone.data), row, problems: [] };
    if (entry === undefined)
      return { ...at, action: "create", fact: alone.data, objectId: null, version: null, changes: [] };
    const merged = objectFactSchema.safeParse(merge(entry.fact, fields));
    if (!merged.success) return wrong(merged.error.issues.map((issue) => problemOf(issue.path, fields)));
    const changes = changedFields(entry.fact, merged.data);
    return {
      ...at,
      action: changes.length === 0 ? "same" : "update",
      fact: merged.data,
      objectId: entry.id,
      version: entry.version,
      changes,
    };
  };
}

/** {@link createImportPlanner} over all rows. */
export const planImport = (
  kind: ObjectKind,
  rows: readonly ReadRow[],
  register: readonly RegisterEntry[],
): PlannedRow[] => rows.map(createImportPlanner(kind, register));

const codeKey = (fact: ObjectFact): string[] =>
  fact.kind === "shop" && fact.creditCode !== null ? [`${fact.creditCode}\r${fact.place}`] : [];

function problemOf(path: readonly PropertyKey[], fields: Record<string, unknown>): RowProblem {
  const field = String(path[0] ?? "row");
  const code: ImportProblem = field === "validTo" ? "ends_before_begin" : "not_acceptable";
  return { field, code, value: String(fields[field] ?? "").slice(0, 60) };
}

function merge(fact: ObjectFact, fields: Record<string, unknown>): unknown {
  const merged: Record<string, unknown> = { ...fact, ...fields };
  if ("pledges" in fact) {
    const added = (fields.pledges ?? []) as Pledge[];
    const isKnown = (pledge: Pledge): boolean =>
      fact.pledges.some(({ signedOn, reference }) => signedOn === pledge.signedOn && reference === pledge.reference);
    merged.pledges = [...fact.pledges, ...added.filter((pledge) => !isKnown(pledge))];
  }
  return merged;
}

/** Fields in which two states of an object differ, in the order of the newer one. */
export function changedFields(before: object, after: object): string[] {
  const old = before as Record<string, unknown>;
  return Object.entries(after).flatMap(([field, value]) =>
    JSON.stringify(old[field] ?? null) === JSON.stringify(value ?? null) ? [] : [field],
  );
}
