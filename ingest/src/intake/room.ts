import { freeBytes } from "@mingcha/infra/storage";
import { type DiskLevel, diskLevels, forecastDisk } from "@mingcha/models/retention";
import type { IntakeDeps } from "./intake-deps.ts";

/** The level of free space as it is once `sizeBytes` more are stored; a forecast is for people, not for this. */
export async function roomAfter(
  { folders, minFreeBytes, lowFreeBytes }: Pick<IntakeDeps, "folders" | "minFreeBytes" | "lowFreeBytes">,
  sizeBytes: number,
): Promise<(typeof diskLevels)[DiskLevel]> {
  const now = { atMs: 0, freeBytes: (await freeBytes(folders.data)) - sizeBytes };
  return diskLevels[forecastDisk(now, [], { minFreeBytes, lowFreeBytes }).level];
}
