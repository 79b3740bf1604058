import { readFile } from "node:fs/promises";
import type { Database, SourceModel } from "@mingcha/infra/db";
import type { ObjectStore } from "@mingcha/infra/storage";
import { readDjiSrt } from "../telemetry/dji-srt.ts";
import type { Telemetry, TelemetryOptions } from "../telemetry/telemetry.ts";

/** Flights of one bureau stay within this distance of its sources. */
const withinKm = 150;

/** Reads stored telemetry with what is known of its place. What was readable on arrival still is: a refusal is a bug. */
export async function readTelemetry(
  { db, store }: { db: Pick<Database, "source">; store: ObjectStore },
  sha256: string,
  source: SourceModel | null,
): Promise<Telemetry> {
  const options = await findReference(db, source);
  const telemetry = await store.withFile(sha256, async (path) => readDjiSrt(await readFile(path, "utf8"), options));
  if (telemetry.kind === "refused") throw new Error(`stored telemetry ${sha256} cannot be read: ${telemetry.code}`);
  return telemetry;
}

/** Where the bureau is: the source itself, else the middle of all its sources. */
async function findReference(db: Pick<Database, "source">, source: SourceModel | null): Promise<TelemetryOptions> {
  if (typeof source?.longitude === "number" && typeof source.latitude === "number")
    return { near: { longitude: source.longitude, latitude: source.latitude, withinKm } };
  const { _avg } = await db.source.aggregate({
    where: { longitude: { not: null }, latitude: { not: null } },
    _avg: { longitude: true, latitude: true },
  });
  if (_avg.longitude === null || _avg.latitude === null) return {};
  return { near: { longitude: _avg.longitude, latitude: _avg.latitude, withinKm } };
}
