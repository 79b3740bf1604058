import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repoRoot } from "@mingcha/infra/config";
import { openUploadBucket } from "@mingcha/infra/dock";
import type { MediaTools } from "@mingcha/infra/media";
import {
  findMosquitto,
  hasMinio,
  type MinioServer,
  type MqttBroker,
  type ScriptedDock,
  startMinio,
  startMosquitto,
  startScriptedDock,
} from "@mingcha/infra/testing";
import type { DockDeps } from "../dock/dock-deps.ts";
import { advanceFiles } from "../dock/files/advance-files.ts";
import { holdDocks } from "../dock/hold-docks.ts";
import { createWorld } from "./create-world.ts";

export const demoFolder = join(repoRoot, "models", "demo", "drone-pass");
export const demoVideo = (): Buffer => readFileSync(join(demoFolder, "clip.mp4"));
export const demoTelemetry = (): Buffer => readFileSync(join(demoFolder, "clip.SRT"));

/** A box of type `free` (ISO/IEC 14496-12, 8.1.2) behind a film: other bytes and a size of choice, the same film. */
export function padded(film: Buffer, bytes: number, mark = ""): Buffer {
  const box = Buffer.alloc(bytes);
  box.writeUInt32BE(bytes, 0);
  box.write("free", 4, "latin1");
  box.write(mark, 8);
  return Buffer.concat([film, box]);
}

export const docks = {
  one: { sn: "7CTDM3A00B1234", user: "dock-one", password: "one", aircraftSn: "1581F6Q8D2345" },
  two: { sn: "7CTDM3A00B9999", user: "dock-two", password: "two", aircraftSn: null },
  stranger: { sn: "7CTDM3A00B0000", user: "dock-stranger", password: "stranger", aircraftSn: null },
} as const;
const ours = { user: "mingcha", password: "ours" };
export const bindingCode = "K7QX2M9P";
export const bucketName = "test-docks";

/** A database, a broker with the accounts and rights of the deployment, an S3 server with STS, and two registered docks. */
export async function createDockWorld(tools: MediaTools) {
  const world = await createWorld(tools);
  const { db } = world.deps;
  const brokerFolder = join(world.data, "broker");
  const s3Folder = join(world.data, "s3");
  for (const folder of [brokerFolder, s3Folder]) mkdirSync(folder);
  const accounts = [
    ours,
    ...Object.values(docks).map(({ aircraftSn, ...dock }) => ({
      ...dock,
      ...(aircraftSn === null ? {} : { aircraftSn }),
    })),
  ];
  let broker: MqttBroker = await startMosquitto(brokerFolder, accounts);
  const s3: MinioServer = await startMinio(s3Folder);
  const settings = {
    endpoint: s3.endpoint,
    publicEndpoint: s3.endpoint,
    bucket: bucketName,
    region: "us-east-1",
    provider: "minio" as const,
    accessKey: s3.accessKey,
    secretKey: s3.secretKey,
  };
  for (const [id, sn] of [
    ["drone-1", docks.one.sn],
    ["drone-2", docks.two.sn],
  ] as const) {
    await db.source.create({
      data: { id, name: id, kind: "drone", place: "", longitude: 121.52, latitude: 31.23 },
    });
    const aircraftSn = sn === docks.one.sn ? docks.one.aircraftSn : null;
    await db.dock.create({ data: { sn, name: `机场 ${sn.slice(-4)}`, sourceId: id, bindingCode, aircraftSn } });
  }
  const deps: DockDeps = {
    ...world.deps,
    machine: "test-machine",
    broker: { url: broker.url, user: ours.user, password: ours.password, ca: undefined },
    settings,
    bucket: openUploadBucket(settings),
    issued: new Map(),
    dockFolder: world.deps.folders.docks,
    bureau: { id: "pudong", name: "浦东城管" },
    app: { id: 123456, key: "app-key", license: "app-license" },
    ntpHost: "ntp.bureau.example",
    now: () => new Date(),
  };
  const held = holdDocks(deps);

  /** Turns until what is asked is so. */
  async function until(isSo: () => Promise<boolean>, what: string, ms = 20_000): Promise<void> {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) if (await isSo()) return;
    throw new Error(`it did not come to pass: ${what}`);
  }
  const isConnected = async () => (await db.dockLink.findUnique({ where: { id: 1 } }))?.state === "connected";

  return {
    ...world,
    deps,
    held,
    s3,
    settings,
    until,
    accounts,
    brokerFolder,
    broker: () => broker,
    /** Ours and the docks' account at the broker. */
    connect: async () => {
      await held.turn();
      await until(isConnected, "the connection to the broker");
      await held.turn();
    },
    restartBroker: async () => {
      broker = await startMosquitto(brokerFolder, accounts, broker.port);
    },
    startDock: (who: keyof typeof docks, asSn: string = docks[who].sn, replyMs?: number) =>
      startScriptedDock(broker.url, docks[who], asSn, replyMs),
    /** Files and intakes, until nothing moves any more. */
    settle: async (using: DockDeps = deps) => {
      for (let round = 0; round < 6; round += 1) {
        await advanceFiles(using);
        await world.drain();
      }
    },
    files: () => db.dockFile.findMany({ orderBy: { foundAt: "asc" } }),
    drops: async (sn: string) =>
      Object.fromEntries(
        (await db.dockDrop.findMany({ where: { sn } })).map(({ cause, messages }) => [cause, messages]),
      ),
    close: async () => {
      await held.stop();
      await broker.kill();
      s3.stop();
      await world.close();
    },
  };
}

/** The same with our connection to the broker and the first dock at its account; closed by closing the dock, then the world. */
export async function createLinkedDock(tools: MediaTools): Promise<{ world: DockWorld; dock: ScriptedDock }> {
  const world = await createDockWorld(tools);
  await world.connect();
  return { world, dock: await world.startDock("one") };
}

export type DockWorld = Awaited<ReturnType<typeof createDockWorld>>;

/** Whether a broker and an S3 server are at hand; else what is missing is printed. */
export function hasDockPeers(): boolean {
  const [hasBroker, hasStore] = [findMosquitto(), hasMinio()];
  if (!hasStore) process.stdout.write("drone docks are not tested: minio is missing\n");
  return hasBroker && hasStore;
}
