import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeTestClip } from "@mingcha/infra/media";
import { readNetworks, sealSecret } from "@mingcha/infra/streams";
import {
  canSetClock,
  findRtspServer,
  freePort,
  openLink,
  type RtspServer,
  startRtspServer,
} from "@mingcha/infra/testing";
import { staleClipsMax } from "@mingcha/models/streams";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { unknownHostClock } from "../testing/unknown-host-clock.ts";
import { type HeldStreams, holdStreams } from "./hold-streams.ts";
import { listEnabled, shareOf } from "./lease-streams.ts";
import type { LiveDeps } from "./live-deps.ts";
import { noteNext } from "./note-next.ts";
import { recoverParts } from "./recover-parts.ts";

const tools = await findToolsForTest();
const hasServer = tools !== null && findRtspServer();
const key = randomBytes(32);

describe.runIf(hasServer)("live cameras of another maker's RTSP server", () => {
  const media = mkdtempSync(join(tmpdir(), "mingcha-rtsp-"));
  const files = { h264: join(media, "street.h264.mp4"), h265: join(media, "street.h265.mp4") };
  let world: World;
  const servers: RtspServer[] = [];
  const machines: HeldStreams[] = [];

  beforeAll(async () => {
    if (tools === null) return;
    const card = { widthPx: 640, heightPx: 360, framesPerS: 25, gopS: 1, lengthS: 10, bitsPerS: 800_000 };
    const made = await makeTestClip(tools, files.h264, card, 12);
    if (made.kind !== "ok") throw new Error(made.detail);
    const coding = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "keyint=25:bframes=0:log-level=none"];
    execFileSync(tools.ffmpeg.path, ["-v", "error", "-i", files.h264, ...coding, "-tag:v", "hvc1", files.h265]);
  }, 180_000);
  afterAll(() => rmSync(media, { recursive: true, force: true }));
  beforeEach(async () => {
    if (tools !== null) world = await createWorld(tools);
  });
  afterEach(async () => {
    await Promise.all(machines.splice(0).map((machine) => machine.stop()));
    await Promise.all(servers.splice(0).map((server) => server.kill()));
    await world.drain();
    await world.close();
  });

  const liveDeps = (machine: string, networks = "127.0.0.0/8"): LiveDeps => ({
    ...world.deps,
    machine,
    networks: readNetworks(networks),
    secretKey: key,
    liveFolder: world.deps.folders.live,
    hostClock: unknownHostClock,
  });
  const openMachine = (name: string, networks?: string): HeldStreams => {
    const machine = holdStreams(liveDeps(name, networks));
    machines.push(machine);
    return machine;
  };
  const serve = async (port: number, login?: string): Promise<RtspServer> => {
    const server = await startRtspServer(port, { cam1: files.h264, cam2: files.h265 }, login);
    servers.push(server);
    return server;
  };
  async function addStream(
    sourceId: string,
    url: string,
    more: { user?: string; password?: string; policy?: string } = {},
  ) {
    await world.deps.db.source.create({
      data: { id: sourceId, name: sourceId, kind: "fixed_camera", place: "测试路" },
    });
    const passwordBox = more.password === undefined ? null : sealSecret(key, sourceId, more.password);
    await world.deps.db.stream.create({
      data: {
        sourceId,
        kind: "rtsp",
        url,
        userName: more.user ?? null,
        passwordBox,
        policy: more.policy ?? "never-drop",
        clipS: 2,
      },
    });
  }
  const standing = (sourceId: string) => world.deps.db.streamStanding.findUniqueOrThrow({ where: { sourceId } });
  const clipsOf = (sourceId: string) =>
    world.deps.db.clip.findMany({ where: { sourceId }, orderBy: { startedAt: "asc" } });
  const gapsOf = (sourceId: string) =>
    world.deps.db.streamGap.findMany({ where: { sourceId }, orderBy: { from: "asc" } });
  /** Turns the machines and stores what came until something is so. */
  async function until(what: () => Promise<boolean>, held: readonly HeldStreams[], say: () => Promise<unknown>) {
    for (let tries = 0; tries < 240; tries += 1) {
      for (const machine of held) await machine.turn();
      expect(await world.drain()).toEqual([]);
      if (await what()) return;
      await sleep(250);
    }
    throw new Error(`did not happen: ${JSON.stringify(await say())}`);
  }

  test("pictures of H.264 and H.265 become clips that join without a gap, dated by the camera's own clock, the bytes its own", async () => {
    const { port } = await serve(await freePort());
    await addStream("a", `rtsp://127.0.0.1:${port}/cam1`);
    await addStream("b", `rtsp://127.0.0.1:${port}/cam2`);
    const machine = openMachine("m1");
    const enough = async () => (await clipsOf("a")).length >= 4 && (await clipsOf("b")).length >= 4;
    await until(enough, [machine], async () => [await standing("a"), await standing("b")]);
    for (const [sourceId, codec] of [
      ["a", "h264"],
      ["b", "hevc"],
    ] as const) {
      const clips = await clipsOf(sourceId);
      for (const [nth, clip] of clips.entries()) {
        expect(clip).toMatchObject({ codec, startMethod: "rtcp", startUncertaintyMs: 200 });
        expect(clip.deviceStartedAt?.getTime()).toBe(clip.startedAt.getTime());
        const next = clips[nth + 1];
        if (next === undefined) continue;
        const joint = next.startedAt.getTime() - clip.startedAt.getTime() - clip.durationMs;
        expect(Math.abs(joint), `${sourceId} ${nth}`).toBeLessThanOrEqual(40);
      }
      expect(await standing(sourceId)).toMatchObject({ state: "live", holder: "m1", reason: null });
      expect(await world.deps.db.clockSample.count({ where: { sourceId, method: "rtcp" } })).toBe(1);
      expect(await gapsOf(sourceId)).toEqual([]);
    }
  }, 120_000);

  test("a camera that loses power is blind since its last picture with the reason, and its gap ends when it is back", async () => {
    const port = await freePort();
    const server = await serve(port);
    await addStream("a", `rtsp://127.0.0.1:${port}/cam1`);
    const machine = openMachine("m1");
    const say = async () => [await standing("a"), await gapsOf("a")];
    await until(async () => (await clipsOf("a")).length >= 2, [machine], say);
    await server.kill();
    await until(async () => (await standing("a")).state === "blind", [machine], say);
    const blind = await standing("a");
    const [open] = await gapsOf("a");
    expect(open).toMatchObject({ to: null, reason: "ended" });
    expect(blind.since.getTime()).toBe(open?.from.getTime());
    await until(async () => (await gapsOf("a"))[0]?.reasons.includes("unreachable") === true, [machine], say);
    await serve(port);
    await until(async () => (await standing("a")).state === "live", [machine], say);
    const gaps = await gapsOf("a");
    expect(gaps).toHaveLength(1);
    const [gap] = gaps;
    expect(gap?.reasons).toEqual(["ended", "unreachable"]);
    expect(gap?.to).not.toBeNull();
    // what had arrived before is all there, the part that was cut off too
    await until(async () => (await clipsOf("a")).length >= 4, [machine], say);
    const before = (await clipsOf("a")).filter((clip) => clip.startedAt < (gap?.from ?? new Date(0)));
    const last = before.at(-1);
    const toMs = (last?.startedAt.getTime() ?? 0) + (last?.durationMs ?? 0);
    expect(Math.abs(toMs - (gap?.from.getTime() ?? 0))).toBeLessThan(1_500);
  }, 120_000);

  test("a network that is cut is silent, then without an answer, and mended it is live again; a slow one changes no capture time", async () => {
    const { port } = await serve(await freePort());
    const link = await openLink(port);
    try {
      link.delay(350);
      await addStream("a", `rtsp://127.0.0.1:${link.port}/cam1`);
      const machine = openMachine("m1");
      const say = async () => [await standing("a"), await gapsOf("a")];
      await until(async () => (await clipsOf("a")).length >= 3, [machine], say);
      for (const { startMethod } of await clipsOf("a")) expect(startMethod).toBe("rtcp");
      const sample = await world.deps.db.clockSample.findFirstOrThrow({ where: { sourceId: "a" } });
      // the server's clock is ours: what the comparison says agrees with that within what it says of itself
      expect(Math.abs(sample.offsetMs)).toBeLessThanOrEqual(sample.uncertaintyMs);
      link.cut();
      await until(async () => (await standing("a")).state === "blind", [machine], say);
      await until(async () => (await gapsOf("a"))[0]?.reasons.includes("no_answer") === true, [machine], say);
      link.mend();
      link.delay(0);
      await until(async () => (await standing("a")).state === "live", [machine], say);
      const [gap, ...others] = await gapsOf("a");
      expect(others).toEqual([]);
      expect(gap?.reasons.slice(0, 2)).toEqual(["silent", "no_answer"]);
      expect(gap?.to).not.toBeNull();
    } finally {
      link.close();
    }
  }, 180_000);

  test.runIf(hasServer && canSetClock())(
    "a camera that came back with a wrong clock is dated by the arrivals; what it said stays beside, and the comparison is on record",
    async () => {
      const port = await freePort();
      // faketime's own clock stands at first, then runs on
      servers.push(await startRtspServer(port, { cam1: files.h264 }, undefined, "@2000-01-01 00:00:00"));
      await addStream("a", `rtsp://127.0.0.1:${port}/cam1`);
      const machine = openMachine("m1");
      const startedMs = Date.now();
      await until(
        async () => (await clipsOf("a")).length >= 3,
        [machine],
        () => standing("a"),
      );
      const clips = await clipsOf("a");
      for (const { startMethod, startedAt, startUncertaintyMs, deviceStartedAt } of clips) {
        expect({ startMethod, startUncertaintyMs }).toEqual({ startMethod: "arrival", startUncertaintyMs: 1_500 });
        expect(startedAt.getTime()).toBeGreaterThan(startedMs - 1_500);
        expect(startedAt.getTime()).toBeLessThan(Date.now());
        expect(deviceStartedAt?.getUTCFullYear()).toBeLessThan(2_001);
      }
      const sample = await world.deps.db.clockSample.findFirstOrThrow({ where: { sourceId: "a" } });
      expect(sample).toMatchObject({ method: "rtcp" });
      expect(sample.offsetMs).toBeLessThan(-1_000_000_000);
    },
    120_000,
  );

  test("a database that cannot be asked for a while gives up no camera: the next turn takes it up again", async () => {
    const port = await freePort();
    await addStream("a", `rtsp://127.0.0.1:${port}/cam1`);
    const machine = openMachine("m1");
    const { db } = world.deps;
    await db.$executeRaw`alter table stream_gap rename to stream_gap_away`;
    await machine.turn();
    // the camera is not there yet: its gap is what cannot be written
    await sleep(1_500);
    await db.$executeRaw`alter table stream_gap_away rename to stream_gap`;
    await serve(port);
    await until(
      async () => (await standing("a")).state === "live",
      [machine],
      () => standing("a"),
    );
    expect((await gapsOf("a")).filter(({ to }) => to === null)).toEqual([]);
  }, 60_000);

  test("a wrong password, a path that is not there and a network that is not allowed are told apart and wait for a person; mended, it receives at once", async () => {
    const { port } = await serve(await freePort(), "admin:right pass");
    await addStream("wrong", `rtsp://127.0.0.1:${port}/cam1`, { user: "admin", password: "wrong" });
    await addStream("nowhere", `rtsp://127.0.0.1:${port}/cam9`, { user: "admin", password: "right pass" });
    await addStream("outside", "rtsp://192.0.2.1/cam1");
    await addStream("cloud", "rtsp://169.254.169.254/latest");
    const machine = openMachine("m1");
    const reasons = async () =>
      Object.fromEntries((await world.deps.db.streamStanding.findMany()).map((row) => [row.sourceId, row.reason]));
    const refused = async () => (await world.deps.db.streamStanding.count({ where: { state: "refused" } })) === 4;
    await until(refused, [machine], reasons);
    expect(await reasons()).toEqual({
      wrong: "wrong_password",
      nowhere: "not_found",
      outside: "not_allowed",
      cloud: "not_allowed",
    });
    const passwordBox = sealSecret(key, "wrong", "right pass");
    await world.deps.db.stream.update({ where: { sourceId: "wrong" }, data: { passwordBox, version: 2 } });
    await until(
      async () => (await standing("wrong")).state === "live",
      [machine],
      () => standing("wrong"),
    );
    // the password stands in no process list
    const processes = execFileSync("ps", ["axww", "-o", "args"]).toString().split("\n");
    const ours = processes.filter((line) => line.includes("ffmpeg"));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter((line) => line.includes("right pass"))).toEqual([]);
  }, 120_000);

  test("several machines share the cameras evenly; those of one that fell silent are another's, with the time between as a gap", async () => {
    const { port } = await serve(await freePort());
    for (const id of ["a", "b", "c", "d"]) await addStream(id, `rtsp://127.0.0.1:${port}/cam1`);
    const holders = async () =>
      (await world.deps.db.streamStanding.findMany({ orderBy: { sourceId: "asc" } })).map(({ holder }) => holder);
    const one = openMachine("m1");
    await one.turn();
    expect(await holders()).toEqual(["m1", "m1", "m1", "m1"]);
    const two = openMachine("m2");
    await two.turn();
    const isShared = async () => {
      const all = await holders();
      return (
        all.filter((holder) => holder === "m1").length === 2 && all.filter((holder) => holder === "m2").length === 2
      );
    };
    await until(isShared, [one, two], holders);
    const live = async () => (await world.deps.db.streamStanding.count({ where: { state: "live" } })) === 4;
    await until(live, [one, two], holders);
    // as if the second had lost its power: its leases run out, nobody gives anything back
    await world.deps.db.ingestMachine.delete({ where: { name: "m2" } });
    await world.deps.db.streamStanding.updateMany({
      where: { holder: "m2" },
      data: { holder: "lost", leaseUntil: new Date(Date.now() - 1_000), lastPacketAt: new Date(Date.now() - 20_000) },
    });
    await until(async () => (await holders()).every((holder) => holder === "m1"), [one], holders);
    await until(live, [one], holders);
    const all = await world.deps.db.streamGap.findMany();
    const gaps = all.filter(({ reason }) => reason === "machine_lost");
    expect(gaps, JSON.stringify(all)).toHaveLength(2);
    for (const { from, to } of gaps) expect((to?.getTime() ?? 0) - from.getTime()).toBeGreaterThan(15_000);
  }, 120_000);

  test("parts that a killed process left are taken in once, where the part before them ended or else when they were closed; one without an index is given up", async () => {
    await addStream("a", "rtsp://127.0.0.1:1/cam1");
    const folder = join(world.deps.folders.live, "a", "run1");
    mkdirSync(folder, { recursive: true });
    copyFileSync(files.h265, join(folder, "00000.mp4"));
    writeFileSync(join(folder, "00001.mp4"), "ftyp but no more");
    const next = join(world.deps.folders.live, "a", "run2");
    mkdirSync(next, { recursive: true });
    const at = Date.UTC(2026, 10, 28, 1);
    await noteNext(next, "00006.mp4", {
      file: "",
      start: { atMs: at, method: "rtcp", uncertaintyMs: 200, deviceMs: at },
      lengthMs: 2_000,
    });
    copyFileSync(files.h264, join(next, "00007.mp4"));
    const deps = liveDeps("m1");
    expect(await recoverParts(deps, () => true)).toBe(0);
    expect(await recoverParts(deps, () => false)).toBe(2);
    expect(await recoverParts(deps, () => false)).toBe(0);
    expect(await world.drain()).toEqual([]);
    const [follower, clip] = await clipsOf("a");
    expect(follower).toMatchObject({ startMethod: "rtcp", startedAt: new Date(at + 2_000) });
    expect(clip?.startMethod).toBe("arrival");
    expect(Math.abs((clip?.startedAt.getTime() ?? 0) + (clip?.durationMs ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(await recoverParts(deps, () => false)).toBe(0);
  });

  test("on a folder that machines share, what another one is writing is neither taken in nor removed; what it left is taken in once it is quiet", async () => {
    await addStream("b", "rtsp://127.0.0.1:1/cam1");
    const run = join(world.deps.folders.live, "b", "run1");
    mkdirSync(run, { recursive: true });
    copyFileSync(files.h264, join(run, "00000.mp4"));
    writeFileSync(join(run, "00001.mp4"), "being written");
    const empty = join(world.deps.folders.live, "b", "run2");
    mkdirSync(empty);
    const { db } = world.deps;
    await shareOf(db, "other", 1);
    await listEnabled(db);
    const held = { holder: "other", leaseUntil: new Date(Date.now() + 60_000) };
    await db.streamStanding.update({ where: { sourceId: "b" }, data: held });
    const long = new Date(Date.now() - 600_000);
    const age = () => {
      for (const path of [join(run, "00000.mp4"), join(run, "00001.mp4"), run, empty]) utimesSync(path, long, long);
    };
    age();
    const deps = liveDeps("mine");
    expect(await recoverParts(deps, () => false)).toBe(0);
    // its lease ran out, but it may still be writing
    await db.streamStanding.update({ where: { sourceId: "b" }, data: { leaseUntil: long } });
    for (const path of [join(run, "00001.mp4"), empty]) utimesSync(path, new Date(), new Date());
    expect(await recoverParts(deps, () => false)).toBe(0);
    expect([existsSync(join(run, "00001.mp4")), existsSync(empty)]).toEqual([true, true]);
    age();
    expect(await recoverParts(deps, () => false)).toBe(1);
    expect([existsSync(join(run, "00001.mp4")), existsSync(empty)]).toEqual([false, false]);
  });

  test("a source that skips what is stale leaves out new clips while too many wait, each counted; one that never drops keeps all", async () => {
    const { port } = await serve(await freePort());
    await addStream("skip", `rtsp://127.0.0.1:${port}/cam1`, { policy: "skip-stale" });
    await addStream("keep", `rtsp://127.0.0.1:${port}/cam1`);
    for (const sourceId of ["skip", "keep"])
      await world.deps.db.intake.createMany({
        data: Array.from({ length: staleClipsMax }, (_, nth) => ({
          via: "command",
          fileName: "x",
          stagedPath: "",
          dedupeKey: `${sourceId}-${nth}`,
          sizeBytes: 1n,
          sourceId,
        })),
      });
    const machine = openMachine("m1");
    const drops = () => world.deps.db.streamDrop.findMany();
    await until(
      async () => ((await drops())[0]?.clips ?? 0) >= 2 && (await clipsOf("keep")).length >= 2,
      [machine],
      drops,
    );
    expect(await drops()).toMatchObject([{ sourceId: "skip", cause: "behind" }]);
    expect(await clipsOf("skip")).toEqual([]);
  }, 120_000);
});
