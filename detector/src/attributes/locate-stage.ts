import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Stage } from "@mingcha/models/attributes";

/** File of a second-stage model in the given folders, first match wins; undefined where it is in none. */
export async function locateStage(stage: Stage, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = join(folder, stage.file);
    if (await stat(file).catch(() => undefined)) return file;
  }
  return undefined;
}
