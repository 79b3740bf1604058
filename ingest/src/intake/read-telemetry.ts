import { readFile } from "node:fs/promises";
import type { Database, SourceModel } from "@mingcha/infra/db";
import type { ObjectStore } from "@mingcha/infra/storage";
import { readTelemetryFile } from "../telemetry/read-any.ts";
import type { TelemetryOptions } from "../telemetry/telemetry.ts";
import type { UsedTelemetry } from "./used-telemetry.ts";

/** Flights of one bureau stay within this distance of its sources. */
const withinKm = 150;

/** Reads stored telemetry with what is known of its place. What was readable on arrival still is: a refusal is a bug. */
export async function readTelemetry(
  { db, store }: { db: Pick<Database, "source">; store: ObjectStore },
  sha256: string,
  source: SourceModel | null,
): Promise<UsedTelemetry> {
  const options = await findReference(db, source);
  const read = await store.withFile(sha256, async (path) => readTelemetryFile(await readFile(path), options));
  if (read === undefined) throw new Error(`stored telemetry ${sha256} is of no known kind`);
  const { format, result } = read;
  if (result.kind === "refused") throw new Error(`stored telemetry ${sha256} cannot be read: ${result.code}`);
  return { sha256, content: result, parserVersion: format.version };
}

/** Where the bureau is: the source itself, else the middle of all its sources. */
export async function findReference(
  db: Pick<Database, "source">,
  source: SourceModel | null,
): Promise<TelemetryOptions> {
  if (typeof source?.longitude === "number" && typeof source.latitude === "number")
    return { near: { longitude: source.longitude, latitude: source.latitude, withinKm } };
  const { _avg } = await db.source.aggregate({
    where: { longitude: { not: null }, latitude: { not: null } },
    _avg: { longitude: true, latitude: true },
  });
  if (_avg.longitude === null || _avg.latitude === null) return {};
  return { near: { longitude: _avg.longitude, latitude: _avg.latitude, withinKm } };
}
