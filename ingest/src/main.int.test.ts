import { type ChildProcess, fork } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { checkCustody } from "@mingcha/infra/custody";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "./testing/create-world.ts";
import { createMediaMaker } from "./testing/make-media.ts";
import { addUpload } from "./testing/upload.ts";

const tools = await findToolsForTest();
const main = fileURLToPath(new URL("./main.ts", import.meta.url));

describe.runIf(tools)("the ingest process", () => {
  let world: World;
  const running = new Set<ChildProcess>();

  beforeAll(async () => {
    if (tools) world = await createWorld(tools);
  });
  afterAll(async () => {
    for (const child of running) child.kill("SIGKILL");
    await world?.close();
  });

  async function start(): Promise<ChildProcess> {
    const env = {
      ...process.env,
      MINGCHA_DATA: world.data,
      MINGCHA_DEMO: "0",
      MINGCHA_MIN_FREE_MB: "0",
      MINGCHA_LOW_FREE_MB: "0",
      DATABASE_URL: world.url,
      LOG_LEVEL: "error",
    };
    const child = fork(main, [], { env, execArgv: ["--import", "tsx"], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    running.add(child);
    await new Promise<void>((resolve, reject) => {
      child.once("exit", () => reject(new Error("the process left before it was ready")));
      child.on("message", (message: { ready?: boolean }) => {
        if (message.ready) resolve();
      });
    });
    return child;
  }
  const gone = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once("exit", resolve));

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
      child.kill("SIGKILL");
      await gone(child);
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
