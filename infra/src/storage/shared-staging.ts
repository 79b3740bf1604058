import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "../config/index.ts";
import type { Database } from "../db/index.ts";

const settingKey = "staging.folder";
const markOf = (dataFolder: string): string => join(dataFolder, "staging", ".folder-id");

/**
 * Uploads wait in a folder that the api writes and every ingest reads. The api marks its folder and says in the database which it is, so that
 * an ingest on a folder of its own is refused instead of finding that every upload is gone. The last api that started says it.
 */
export async function announceStaging(db: Pick<Database, "setting">, dataFolder: string): Promise<void> {
  const mark = markOf(dataFolder);
  await mkdir(join(dataFolder, "staging"), { recursive: true, mode: 0o700 });
  if ((await readMark(dataFolder)) === null) {
    // whole or not at all
    const half = `${mark}.${randomUUID()}`;
    await writeFile(half, randomUUID(), { mode: 0o600 });
    await link(half, mark).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    await rm(half);
  }
  const value = { id: await readMark(dataFolder) };
  await db.setting.upsert({ where: { key: settingKey }, create: { key: settingKey, value }, update: { value } });
}

/** @throws ConfigError where the api of this database receives uploads in another folder. Before its first start nobody can say. */
export async function assertSharedStaging(db: Pick<Database, "setting">, dataFolder: string): Promise<void> {
  const said = await db.setting.findUnique({ where: { key: settingKey } });
  if (said === null) return;
  const { id } = said.value as { id: string };
  if (id !== (await readMark(dataFolder)))
    throw new ConfigError(
      `MINGCHA_DATA (${dataFolder}) is not the folder in which the api of this database receives uploads; ingest and api need the same volume there.`,
    );
}

const readMark = (dataFolder: string): Promise<string | null> =>
  readFile(markOf(dataFolder), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
