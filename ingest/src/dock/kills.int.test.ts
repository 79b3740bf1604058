import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { checkCustody } from "@mingcha/infra/custody";
import { callbackOf, ownerOf, sha256Of, uploadInParts } from "@mingcha/infra/testing";
import { prefixOf } from "@mingcha/models/dock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findToolsForTest } from "../testing/create-world.ts";
import {
  bucketName,
  createDockWorld,
  type DockWorld,
  demoVideo,
  docks,
  hasDockPeers,
  padded,
} from "../testing/dock-world.ts";
import { createIngestProcesses } from "../testing/ingest-process.ts";

const tools = await findToolsForTest();
const { sn } = docks.one;

describe.skipIf(tools === null || !hasDockPeers())("the ingest process while docks upload", () => {
  let world: DockWorld;
  beforeAll(async () => {
    if (tools !== null) world = await createDockWorld(tools);
  });
  afterAll(async () => {
    processes.killAll();
    await world?.close();
  });

  const processes = createIngestProcesses(() => world);
  const { kill } = processes;
  const start = () =>
    processes.start({
      MINGCHA_DOCK_MQTT_URL: world.broker().url,
      MINGCHA_DOCK_MQTT_USER: "mingcha",
      MINGCHA_DOCK_MQTT_PASSWORD: "ours",
      MINGCHA_DOCK_BUCKET: bucketName,
      MINGCHA_DOCK_S3_ENDPOINT: world.s3.endpoint,
      MINGCHA_DOCK_S3_ACCESS_KEY: world.s3.accessKey,
      MINGCHA_DOCK_S3_SECRET_KEY: world.s3.secretKey,
    });

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
    // mostly seen between download and commit; that lasts so short a time that it may be the next one's
    const isUnderWay = async () => (await counted("verified")) + (await counted("taken")) > 0;
    await world.until(isUnderWay, "a file between download and commit", 30_000);
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

  test("killed in the middle of a download it leaves nothing that counts: the next process fetches the file anew and takes it once", async () => {
    const { db, store, dockFolder } = world.deps;
    const objectKey = `${prefixOf(sn)}flight-d/DJI_large.mp4`;
    const film = padded(demoVideo(), 150 * 1024 * 1024, "large");
    await ownerOf(world.s3).putObject(bucketName, objectKey, film);
    await db.dockFile.create({
      data: { sn, flightId: "flight-d", objectKey, name: "DJI_large.mp4", foundBy: "sweep" },
    });
    const halves = () => readdirSync(dockFolder).filter((name) => name.endsWith(".part"));
    const before = halves();
    const first = await start();
    const begun = () => halves().filter((name) => !before.includes(name));
    for (const end = Date.now() + 60_000; begun().length === 0 && Date.now() < end; ) await sleep(2);
    await kill(first);
    expect(begun()).toHaveLength(1);
    expect(await db.dockFile.findUniqueOrThrow({ where: { objectKey } })).toMatchObject({
      state: "noticed",
      sha256: null,
    });
    const second = await start();
    await world.until(
      async () => (await db.dockFile.findUniqueOrThrow({ where: { objectKey } })).removedAt !== null,
      "the file",
      90_000,
    );
    expect(await db.clip.count({ where: { sha256: sha256Of(film) } })).toBe(1);
    expect(await store.verify(sha256Of(film))).toBe(true);
    await kill(second);
  }, 240_000);
});
