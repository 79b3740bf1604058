import { hostname } from "node:os";
import { freeBytes } from "@mingcha/infra/storage";
import type { DiskView } from "@mingcha/models/http";
import { forecastDisk, paceDays } from "@mingcha/models/retention";
import type { Deps } from "../deps.ts";

/** Free space of this machine's data folder and how long it lasts at the pace of the last days; null: it cannot be read. */
export async function viewDisk({
  db,
  environment,
  now,
}: Pick<Deps, "db" | "environment" | "now">): Promise<DiskView | null> {
  const free = await freeBytes(environment.MINGCHA_DATA).catch(() => null);
  if (free === null) return null;
  const at = now();
  const samples = await db.diskSample.findMany({
    where: { machine: hostname(), at: { gte: new Date(at.getTime() - paceDays * 86_400_000), lte: at } },
    orderBy: { at: "asc" },
  });
  const marks = {
    minFreeBytes: environment.MINGCHA_MIN_FREE_MB * 1_048_576,
    lowFreeBytes: environment.MINGCHA_LOW_FREE_MB * 1_048_576,
  };
  const forecast = forecastDisk(
    { atMs: at.getTime(), freeBytes: free },
    samples.map((row) => ({ atMs: row.at.getTime(), freeBytes: Number(row.freeBytes) })),
    marks,
  );
  return { ...forecast, freeBytes: free, ...marks };
}
