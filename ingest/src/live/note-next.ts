import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { startHintSchema } from "../intake/start-hint.ts";
import type { LivePart } from "./live-kind.ts";

const fileName = "clock.json";
const schema = z.object({
  /** The newest part that was told. */
  after: z.string(),
  /** When the next one begins. */
  next: startHintSchema,
});
export type NextStart = z.infer<typeof schema>;

/** Only parts are parts. */
export const isPart = (name: string): boolean => /^\d+\.(mp4|ts|jpg)$/.test(name);

/** Notes beside the parts when the next one begins, so that one a killed process left behind has its exact time. */
export async function noteNext(folder: string, name: string, { start, lengthMs }: LivePart): Promise<void> {
  const deviceMs = start.deviceMs === null ? null : start.deviceMs + lengthMs;
  const note: NextStart = { after: name, next: { ...start, atMs: start.atMs + lengthMs, deviceMs } };
  const file = join(folder, fileName);
  await writeFile(`${file}.part`, JSON.stringify(note), { mode: 0o600 });
  await rename(`${file}.part`, file);
}

/** What was noted, or null where nothing readable is. */
export async function readNext(folder: string): Promise<NextStart | null> {
  try {
    return schema.parse(JSON.parse(await readFile(join(folder, fileName), "utf8")));
  } catch {
    return null;
  }
}
