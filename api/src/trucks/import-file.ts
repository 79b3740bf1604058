import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { type Coordinates, dayOf, daysBetween, marginMs, type ObservationKind } from "@mingcha/models/trips";
import type { Deps } from "../deps.ts";
import { wantDays } from "./days.ts";
import { countTruckRows, type PlannedTruckRow, planTruckRows, truckPlanDigest } from "./plan-file.ts";
import { readTruckFile } from "./read-file.ts";

interface Imported {
  readonly kind: ObservationKind;
  readonly coordinates: Coordinates;
  /** Digest of the outcome that the person saw; null: nobody looked, it is the demo's own. */
  readonly plan: string | null;
  readonly name: string;
  readonly bytes: Uint8Array;
}

const eventsAtOnce = 500;
const pointsAtOnce = 5_000;

/**
 * Writes the good rows of a file that was previewed, all of them or none, and keeps the file itself. Rows that are there already are not written
 * again; a file of which nothing is new leaves nothing behind. The days it bears on are compared afterwards.
 */
export async function importTruckFile(
  deps: Deps,
  { plan: seen, name, ...file }: Imported,
  person: { id: string; name: string } | null,
): Promise<{ create: number; same: number; error: number }> {
  const { sha256, rows } = await readTruckFile(deps, file);
  return deps.db.$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('truck-files', 0))`;
      const plan = await planTruckRows(tx, file.kind, rows);
      if (seen !== null && (await truckPlanDigest(sha256, plan)) !== seen) throw new AppError("PREVIEW_STALE");
      const counts = countTruckRows(plan);
      if (counts.create === 0) return counts;
      // kept before anything names it: content addressed, so twice is once
      await deps.store.putBytes(file.bytes);
      const { id } = await tx.truckFile.create({
        data: {
          sha256,
          kind: file.kind,
          name,
          rowsNew: counts.create,
          rowsSame: counts.same,
          rowsWrong: counts.error,
          importedBy: person?.id ?? null,
        },
        select: { id: true },
      });
      const fresh = plan.filter(({ action }) => action === "create");
      await writeEvents(tx, fresh, id);
      await writePoints(tx, fresh, id);
      await wantDays(tx, daysOf(fresh, deps));
      await appendCustody(tx, {
        action: "truck.imported",
        subject: `truck-file:${id}`,
        actor:
          person === null
            ? { kind: "machine", id: "api", name: "api" }
            : { kind: "person", id: person.id, name: person.name },
        detail: { kind: file.kind, sha256, created: counts.create, same: counts.same, refused: counts.error },
      });
      return counts;
    },
    { timeout: 180_000, maxWait: 30_000 },
  );
}

/** Days whose trips these rows may change: a trip reaches over midnight, and other rows tell whether records are complete. */
function daysOf(rows: readonly PlannedTruckRow[], { profile }: Pick<Deps, "profile">): string[] {
  const reachMs = marginMs(profile.trucks);
  const days = new Set<string>();
  for (const { atMs } of rows)
    if (atMs !== null)
      for (const day of daysBetween(dayOf(atMs - reachMs, profile.timezone), dayOf(atMs + reachMs, profile.timezone)))
        days.add(day);
  return [...days];
}

async function writeEvents(tx: DatabaseOrTransaction, rows: readonly PlannedTruckRow[], fileId: string): Promise<void> {
  const events = rows.flatMap(({ key, row, kept }) =>
    kept?.of === "event"
      ? [
          {
            key,
            kind: kept.document.kind,
            plate: kept.plate,
            at: new Date(kept.atMs),
            document: kept.document,
            fileId,
            row,
          },
        ]
      : [],
  );
  for (let from = 0; from < events.length; from += eventsAtOnce)
    await tx.truckEvent.createMany({ data: events.slice(from, from + eventsAtOnce) });
}

async function writePoints(tx: DatabaseOrTransaction, rows: readonly PlannedTruckRow[], fileId: string): Promise<void> {
  const points = rows.flatMap(({ row, kept }) =>
    kept?.of === "point" ? [{ ...kept, at: new Date(kept.atMs).toISOString(), row }] : [],
  );
  for (let from = 0; from < points.length; from += pointsAtOnce)
    await tx.$executeRaw`
      insert into truck_point (plate, at, longitude, latitude, speed_kmh, file_id, row)
      select plate, at, longitude, latitude, "speedKmh", ${fileId}::uuid, row
      from jsonb_to_recordset(${JSON.stringify(points.slice(from, from + pointsAtOnce))}::jsonb)
        as p(plate text, at timestamptz, longitude float8, latitude float8, "speedKmh" float8, row int)`;
}
