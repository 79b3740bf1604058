import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkCustody } from "@mingcha/infra/custody";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "./testing/create-world.ts";
import { createIngestProcesses, gone } from "./testing/ingest-process.ts";
import { createMediaMaker } from "./testing/make-media.ts";
import { addUpload } from "./testing/upload.ts";

const tools = await findToolsForTest();

describe.runIf(tools)("the ingest process", () => {
  let world: World;
  beforeAll(async () => {
    if (tools) world = await createWorld(tools);
  });
  afterAll(async () => {
    processes.killAll();
    await world?.close();
  });

  const processes = createIngestProcesses(() => world);
  const { start, kill } = processes;

  async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
    for (const until = Date.now() + 150_000; !(await isSo()); await sleep(100))
      if (Date.now() > until) throw new Error("waited too long");
  }

  test("killed again and again while files come in, every file ends up as exactly one clip", async () => {
    if (!tools) return;
    const media = createMediaMaker(tools);
    const files = 8;
    const path = (n: number): string => join(world.data, `k${n}.mp4`);
    for (let n = 0; n < files; n++) await addUpload(world, await media.video(path(n), 1));
    for (const lifeMs of [50, 200, 400]) {
      const child = await start();
      await sleep(lifeMs);
      await kill(child);
    }
    const child = await start();
    const isDone = async (): Promise<boolean> =>
      (await world.deps.db.intake.count({ where: { state: "STORED", stagedPath: "" } })) === files;
    await waitUntil(isDone);
    const clips = await world.deps.db.clip.findMany();
    expect(new Set(clips.map(({ sha256 }) => sha256)).size).toBe(files);
    expect(clips).toHaveLength(files);
    for (const { sha256 } of clips) expect(await world.deps.store.verify(sha256)).toBe(true);
    expect(readdirSync(world.deps.folders.uploads)).toEqual([]);
    expect(await world.deps.db.custody.count({ where: { action: "clip.stored" } })).toBe(files);
    expect(await checkCustody(world.deps.db)).toMatchObject({ intact: true });

    const left = gone(child);
    child.kill("SIGTERM");
    expect(await left).toBe(0);
    expect(existsSync(join(world.data, "inbox", ".taken"))).toBe(true);
  }, 300_000);
});
