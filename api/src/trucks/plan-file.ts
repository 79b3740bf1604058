import { createHash } from "node:crypto";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { RowProblem } from "@mingcha/models/objects";
import {
  type EventDocument,
  eventDocumentOf,
  eventOf,
  type ObservationKind,
  type ReadObservation,
} from "@mingcha/models/trips";
import { inTurns } from "../objects/plan-sheet.ts";
import { canonicalText } from "./canonical-text.ts";

/** What is kept of a row. */
export type TruckRow =
  | { readonly of: "event"; readonly plate: string; readonly atMs: number; readonly document: EventDocument }
  | {
      readonly of: "point";
      readonly plate: string;
      readonly atMs: number;
      readonly longitude: number;
      readonly latitude: number;
      readonly speedKmh: number | null;
    };
export interface PlannedTruckRow {
  readonly row: number;
  readonly action: "create" | "same" | "error";
  readonly plate: string;
  readonly atMs: number | null;
  readonly key: string;
  readonly problems: readonly RowProblem[];
  readonly kept: TruckRow | null;
}

const lookedUpAtOnce = 2_000;

/** What importing rows would do beside those that are there. A row that is there with other content is wrong: what was imported stays. */
export async function planTruckRows(
  db: DatabaseOrTransaction,
  kind: ObservationKind,
  rows: readonly ReadObservation[],
): Promise<PlannedTruckRow[]> {
  const made = await inTurns(rows, (read) => ({ read, ...keptOf(kind, read) }));
  const keys = made.flatMap(({ key, kept }) => (kept === null ? [] : [key]));
  const known =
    kind === "track"
      ? await knownPoints(
          db,
          made.flatMap(({ kept }) => kept ?? []),
        )
      : await knownEvents(db, keys);
  const seen = new Map<string, { row: number; text: string }>();
  return inTurns(made, ({ read, key, kept }): PlannedTruckRow => {
    const { row, fields } = read;
    const at = { row, plate: String(fields.plate ?? ""), atMs: typeof fields.at === "number" ? fields.at : null, key };
    const wrong = (problems: readonly RowProblem[]): PlannedTruckRow => ({
      ...at,
      action: "error",
      problems,
      kept: null,
    });
    if (kept === null) return wrong(read.problems);
    const text = textOf(kept);
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      if (earlier.text === text) return { ...at, action: "same", problems: [], kept: null };
      return wrong([{ field: "row", code: "duplicate_in_file", value: at.plate, params: { row: earlier.row } }]);
    }
    seen.set(key, { row, text });
    const before = known.get(key);
    if (before === undefined) return { ...at, action: "create", problems: [], kept };
    if (before === text) return { ...at, action: "same", problems: [], kept: null };
    return wrong([{ field: "row", code: "conflicts", value: at.plate }]);
  });
}

function keptOf(kind: ObservationKind, read: ReadObservation): { key: string; kept: TruckRow | null } {
  const { plate, at, longitude, latitude, speedKmh } = read.fields;
  if (read.problems.length > 0 || typeof plate !== "string" || typeof at !== "number") return { key: "", kept: null };
  if (kind !== "track") {
    const document = eventDocumentOf(kind, read.fields);
    const { key } = eventOf(plate, at, document, { fileSha256: null, row: null, flagId: null });
    return { key, kept: { of: "event", plate, atMs: at, document } };
  }
  if (typeof longitude !== "number" || typeof latitude !== "number") return { key: "", kept: null };
  const speed = typeof speedKmh === "number" ? speedKmh : null;
  return { key: `${plate}|${at}`, kept: { of: "point", plate, atMs: at, longitude, latitude, speedKmh: speed } };
}

/** The same for rows that say the same. */
const textOf = (row: TruckRow): string =>
  row.of === "point"
    ? `${row.longitude}|${row.latitude}|${row.speedKmh}`
    : `${row.plate}|${row.atMs}|${canonicalText(row.document)}`;

async function knownEvents(db: DatabaseOrTransaction, keys: readonly string[]): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (let from = 0; from < keys.length; from += lookedUpAtOnce)
    for (const { key, plate, at, document } of await db.truckEvent.findMany({
      where: { key: { in: keys.slice(from, from + lookedUpAtOnce) }, withdrawn: false },
    }))
      known.set(key, `${plate}|${at.getTime()}|${canonicalText(document)}`);
  return known;
}

async function knownPoints(db: DatabaseOrTransaction, rows: readonly TruckRow[]): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  if (rows.length === 0) return known;
  const plates = [...new Set(rows.map(({ plate }) => plate))];
  const [fromMs, toMs] = rows.reduce(
    ([least, most], { atMs }) => [Math.min(least, atMs), Math.max(most, atMs)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const found = await db.$queryRaw<
    { plate: string; at: Date; longitude: number; latitude: number; speed: number | null }[]
  >`
    select plate, at, longitude, latitude, speed_kmh as speed from truck_point
    where not withdrawn and plate = any(${plates}::text[]) and at between ${new Date(fromMs)} and ${new Date(toMs)}`;
  for (const { plate, at, longitude, latitude, speed } of found)
    known.set(`${plate}|${at.getTime()}`, `${longitude}|${latitude}|${speed}`);
  return known;
}

/** Of one outcome: the same rows doing the same. */
export async function truckPlanDigest(sha256: string, plan: readonly PlannedTruckRow[]): Promise<string> {
  const hash = createHash("sha256").update(sha256);
  await inTurns(plan, ({ row, action, key }) => {
    hash.update(`${row}|${action}|${key}\n`);
  });
  return hash.digest("hex");
}

export function countTruckRows(plan: readonly PlannedTruckRow[]): Record<PlannedTruckRow["action"], number> {
  const counts = { create: 0, same: 0, error: 0 };
  for (const { action } of plan) counts[action]++;
  return counts;
}
