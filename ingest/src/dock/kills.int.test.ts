import { type ChildProcess, fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { checkCustody } from "@mingcha/infra/custody";
import { callbackOf, findMosquitto, hasMinio, sha256Of, uploadInParts } from "@mingcha/infra/testing";
import { prefixOf } from "@mingcha/models/dock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findToolsForTest } from "../testing/create-world.ts";
import { bucketName, createDockWorld, type DockWorld, demoVideo, docks, padded } from "../testing/dock-world.ts";

const tools = await findToolsForTest();
const hasPeers = findMosquitto() && hasMinio();
const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const { sn } = docks.one;

describe.skipIf(tools === null || !hasPeers)("the ingest process while docks upload", () => {
  let world: DockWorld;
  const running = new Set<ChildProcess>();
  beforeAll(async () => {
    if (tools !== null) world = await createDockWorld(tools);
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
      MINGCHA_DOCK_MQTT_URL: world.broker().url,
      MINGCHA_DOCK_MQTT_USER: "mingcha",
      MINGCHA_DOCK_MQTT_PASSWORD: "ours",
      MINGCHA_DOCK_BUCKET: bucketName,
      MINGCHA_DOCK_S3_ENDPOINT: world.s3.endpoint,
      MINGCHA_DOCK_S3_ACCESS_KEY: world.s3.accessKey,
      MINGCHA_DOCK_S3_SECRET_KEY: world.s3.secretKey,
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
  async function kill(child: ChildProcess): Promise<void> {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    running.delete(child);
  }

  test("two machines, one killed twice and the broker once: messages sent meanwhile are not lost, and every file is taken exactly once", async () => {
    const { db, store } = world.deps;
    const files = 12;
    const isLinked = async () => (await db.dockLink.findUnique({ where: { id: 1 } }))?.state === "connected";
    const counted = (state: string) => db.dockFile.count({ where: { state } });
    let first = await start();
    await world.until(isLinked, "a connection", 30_000);
    const dock = await world.startDock("one");
    const given = await dock.getCredentials();
    const films = Array.from({ length: files }, (_, n) => padded(demoVideo(), 64 + n, `kill ${n}`));
    const keyOf = (n: number) => `${prefixOf(sn)}flight-k/DJI_${n}.mp4`;
    const report = (n: number) =>
      dock.send(
        `thing/product/${sn}/events`,
        JSON.stringify({
          tid: `t${n}`,
          bid: "b",
          timestamp: Date.now(),
          need_reply: 1,
          gateway: sn,
          method: "file_upload_callback",
          data: callbackOf(keyOf(n), { expected: files }),
        }),
      );
    for (const [n, film] of films.entries()) await uploadInParts(given, keyOf(n), film);
    for (let n = 0; n < 5; n += 1) await report(n);
    await world.until(async () => (await counted("verified")) > 0, "a file between download and commit", 30_000);
    await kill(first);
    // nobody listens: the broker keeps these
    for (let n = 5; n < 8; n += 1) await report(n);
    await world.broker().kill();
    await sleep(500);
    await world.restartBroker();
    first = await start();
    const second = await start();
    for (let n = 8; n < files; n += 1) await report(n);
    for (let n = 0; n < files; n += 1) await report(n);
    await world.until(async () => (await counted("taken")) > 3, "some files", 90_000);
    await kill(first);
    await world.until(
      async () => (await db.dockFile.count({ where: { state: "taken", removedAt: { not: null } } })) === files,
      "every file",
      120_000,
    );
    const clips = await db.clip.findMany({ where: { sourceId: "drone-1" } });
    expect(clips.map(({ sha256 }) => sha256).sort()).toEqual(films.map(sha256Of).sort());
    for (const { sha256 } of clips) expect(await store.verify(sha256)).toBe(true);
    expect(await db.intake.count({ where: { via: "dock" } })).toBe(files);
    expect(await db.custody.count({ where: { action: "clip.stored" } })).toBe(files);
    expect(await db.custody.count({ where: { action: "dock.file_taken" } })).toBe(files);
    expect(await db.custody.count({ where: { action: "dock.file_verified" } })).toBe(files);
    for (let n = 0; n < files; n += 1) expect(await world.deps.bucket?.see(keyOf(n))).toBeNull();
    expect(await checkCustody(db)).toMatchObject({ intact: true });
    const left = new Promise((resolve) => second.once("exit", resolve));
    second.kill("SIGTERM");
    expect(await left).toBe(0);
    expect(readdirSync(world.deps.dockFolder).filter((name) => !name.endsWith(".part"))).toEqual([]);
    await dock.close();
  }, 300_000);
});
