import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { checkCustody } from "@mingcha/infra/custody";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { createOldFootage } from "../testing/old-footage.ts";
import { addSamples } from "../testing/retention-world.ts";

const tools = await findToolsForTest();
const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const clipsDue = 240;
const clipsHeld = 20;
const hourMs = 3_600_000;

describe.runIf(tools)("the ingest process while it deletes", () => {
  let world: World;
  const running = new Set<ChildProcess>();
  beforeAll(async () => {
    if (tools) world = await createWorld(tools);
  });
  afterAll(async () => {
    for (const child of running) child.kill("SIGKILL");
    await world?.close();
  });

  function start(): ChildProcess {
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
    return child;
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await isSo()); tries++) {
      if (tries > 3_000) throw new Error("waited too long");
      await sleep(20);
    }
  }

  test("killed while it marks and while it removes bytes: each clip ends whole, or with one certificate and without its bytes", async () => {
    const { db, store } = world.deps;
    const footage = createOldFootage({ db, store });
    const sourceId = await footage.addSource();
    const other = await footage.addSource();
    const old = Date.now() - 60 * 24 * hourMs;
    for (let n = 0; n < clipsDue; n++) await footage.addClip(sourceId, new Date(old + n * 60_000));
    for (let n = 0; n < clipsHeld; n++)
      await footage.addAct(await footage.addClip(other, new Date(old + n * hourMs)), "TECH_REVIEW");
    await addSamples(db, new Date());
    const certificates = () => db.deletionCertificate.count();
    const removed = () => db.deletionCertificate.count({ where: { bytesAt: { not: null } } });
    const moments = [
      async () => (await certificates()) > 30,
      async () => (await certificates()) > 130,
      async () => (await removed()) > 150,
    ];
    const killedAt: number[] = [];
    for (const isSo of moments) {
      const child = start();
      const gone = new Promise((resolve) => child.once("exit", resolve));
      await until(isSo);
      child.kill("SIGKILL");
      await gone;
      killedAt.push(await certificates());
      // at any moment: what is marked has its certificate, what has none has its bytes
      const certified = new Set((await db.deletionCertificate.findMany()).map(({ clipId }) => clipId));
      for (const clip of await db.clip.findMany()) {
        expect(certified.has(clip.id)).toBe(clip.deletedAt !== null);
        if (clip.deletedAt === null) expect(await store.find(clip.sha256)).not.toBeNull();
      }
    }
    expect(killedAt[0]).toBeLessThan(clipsDue);

    const child = start();
    const isReady = new Promise<void>((resolve) => {
      child.on("message", (message: { ready?: boolean }) => {
        if (message.ready) resolve();
      });
    });
    await until(async () => (await removed()) === clipsDue);
    await isReady;
    const left = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await left).toBe(0);
    for (const clip of await db.clip.findMany())
      expect((await store.find(clip.sha256)) === null).toBe(clip.sourceId === sourceId);
    expect(await certificates()).toBe(clipsDue);
    expect(await db.custody.count({ where: { action: "clip.deleted" } })).toBe(clipsDue);
    expect(await db.diskSample.count()).toBeGreaterThan(0);
    expect(await checkCustody(db)).toMatchObject({ intact: true });
  }, 240_000);
});
