import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeTestClip } from "@mingcha/infra/media";
import { readNetworks, sealSecret } from "@mingcha/infra/streams";
import {
  canSetClock,
  findRtspServer,
  freePort,
  ntpAnswer,
  startNtpServer,
  startRtspServer,
} from "@mingcha/infra/testing";
import { unknownHostMs } from "@mingcha/models/device";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { dateTimeAnswer, startOnvifDevice } from "../testing/onvif-device.ts";
import { unknownHostClock } from "../testing/unknown-host-clock.ts";
import { type HeldStreams, holdStreams } from "./hold-streams.ts";
import { type KnownHostClock, watchHostClock } from "./host-clock.ts";
import type { LiveDeps } from "./live-deps.ts";
import { noteClock } from "./note-clock.ts";
import { wallScaleMs } from "./wall-scale.ts";

const tools = await findToolsForTest();
const key = randomBytes(32);
const aheadMs = 37_000;

describe.runIf(tools)("clocks of live sources", () => {
  let world: World;
  const stops: (() => unknown)[] = [];
  const machines: HeldStreams[] = [];
  beforeEach(async () => {
    if (tools !== null) world = await createWorld(tools);
  });
  afterEach(async () => {
    await Promise.all(machines.splice(0).map((machine) => machine.stop()));
    for (const stop of stops.splice(0)) await stop();
    await world.close();
  });
  const liveDeps = (hostClock: KnownHostClock = unknownHostClock): LiveDeps => ({
    ...world.deps,
    machine: "m1",
    networks: readNetworks("127.0.0.0/8"),
    secretKey: key,
    liveFolder: world.deps.folders.live,
    hostClock,
  });
  const open = (hostClock?: KnownHostClock) => {
    const machine = holdStreams(liveDeps(hostClock));
    machines.push(machine);
    return machine;
  };
  async function addSource(
    sourceId: string,
    stream: { kind: string; url: string; onvifPort?: number; onvifEnabled?: boolean },
  ) {
    await world.deps.db.source.create({ data: { id: sourceId, name: sourceId, kind: "fixed", place: "测试路" } });
    await world.deps.db.stream.create({
      data: {
        sourceId,
        policy: "never-drop",
        clipS: 2,
        userName: "admin",
        passwordBox: sealSecret(key, sourceId, "pw"),
        ...stream,
      },
    });
  }
  const samplesOf = (sourceId: string, method?: string) =>
    world.deps.db.clockSample.findMany({
      where: { sourceId, ...(method === undefined ? {} : { method }) },
      orderBy: { at: "asc" },
    });
  const tryOf = (sourceId: string, method: string) =>
    world.deps.db.clockTry.findUnique({ where: { sourceId_method: { sourceId, method } } });
  async function until(what: () => Promise<boolean>, held: HeldStreams) {
    for (let tries = 0; tries < 240; tries += 1) {
      await held.turn();
      await world.drain();
      if (await what()) return;
      await sleep(250);
    }
    throw new Error(`did not happen: ${JSON.stringify(await world.deps.db.clockTry.findMany())}`);
  }
  /** A camera with pictures and an ONVIF service behind one port, as real ones are; its clock is ahead of true time. */
  async function startCamera(trueNow: () => number) {
    const folder = mkdtempSync(join(tmpdir(), "mingcha-clock-"));
    const film = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=1:duration=1"];
    execFileSync(tools?.ffmpeg.path ?? "", ["-v", "error", ...film, join(folder, "%03d.jpg")]);
    const picture = readFileSync(join(folder, "001.jpg"));
    const asked = { onvif: 0, pictures: 0 };
    const says = { tellsDate: true };
    const server = createServer((request, response) => {
      response.sendDate = false;
      if (says.tellsDate) response.setHeader("date", new Date(trueNow() + aheadMs).toUTCString());
      request.resume();
      if (request.url === "/picture") {
        asked.pictures += 1;
        response.end(picture);
      } else {
        asked.onvif += 1;
        response.end(dateTimeAnswer(trueNow() + aheadMs));
      }
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    stops.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return Object.assign(says, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/picture`, asked });
  }

  test("a camera 37 s ahead is found so by ONVIF and by HTTP, each for itself, though the machine's clock is 5 s ahead", async () => {
    const hostAheadMs = 5_000;
    const trueNow = () => Date.now() - hostAheadMs;
    const camera = await startCamera(trueNow);
    // a time server with the true time, asked over UDP
    const server = await startNtpServer((question, from, socket) =>
      socket.send(ntpAnswer(question, -hostAheadMs), from.port, from.address),
    );
    stops.push(server.stop);
    const hostClock = watchHostClock({
      db: world.deps.db,
      machine: "m1",
      servers: [{ host: "127.0.0.1", port: server.port }],
      log: world.deps.log,
    });
    await hostClock.turn();
    expect(Math.abs((hostClock.current()?.aheadMs ?? 0) - hostAheadMs)).toBeLessThan(
      hostClock.current()?.uncertaintyMs ?? 0,
    );
    await addSource("cam", { kind: "snapshot", url: camera.url });
    const machine = open(hostClock);
    await until(
      async () => (await samplesOf("cam", "onvif")).length > 0 && (await samplesOf("cam", "http")).length > 0,
      machine,
    );
    for (const sample of await samplesOf("cam")) {
      expect(Math.abs(sample.offsetMs - aheadMs), sample.method).toBeLessThanOrEqual(sample.uncertaintyMs);
      expect(sample.machine).toBe("m1");
      expect(Math.abs((sample.hostAheadMs ?? 0) - hostAheadMs)).toBeLessThan(50);
    }
    const [onvif] = await samplesOf("cam", "onvif");
    expect(onvif?.detail).toMatchObject({ setBy: "ntp", zone: "CST-8", by: "utc" });
    expect(await tryOf("cam", "onvif")).toMatchObject({ reason: null });
    const entries = await world.deps.db.custody.findMany({
      where: { subject: "source:cam", action: "device.clock_compared" },
    });
    expect(entries).toHaveLength((await samplesOf("cam")).length);
    expect(JSON.stringify(entries.map(({ body }) => Buffer.from(body).toString("utf8")))).not.toContain("pw");
    expect(await world.deps.db.hostClock.findUnique({ where: { machine: "m1" } })).toMatchObject({
      reason: null,
      stratum: 2,
    });
  }, 90_000);

  test("what a person asks for is compared once, at once, by every method, and answered", async () => {
    const camera = await startCamera(Date.now);
    await addSource("cam", { kind: "snapshot", url: camera.url });
    const machine = open();
    await until(
      async () => (await samplesOf("cam", "onvif")).length === 1 && (await samplesOf("cam", "http")).length === 1,
      machine,
    );
    const { id } = await world.deps.db.clockRequest.create({ data: { sourceId: "cam", askedBy: crypto.randomUUID() } });
    await until(
      async () => (await tryOf("cam", "onvif"))?.requestId === id && (await tryOf("cam", "http"))?.requestId === id,
      machine,
    );
    const counts = async () => [(await samplesOf("cam", "onvif")).length, (await samplesOf("cam", "http")).length];
    expect(await counts()).toEqual([2, 2]);
    const { onvif } = camera.asked;
    for (let turn = 0; turn < 4; turn += 1) await machine.turn();
    expect(await counts()).toEqual([2, 2]);
    expect(camera.asked.onvif).toBe(onvif);
    // the machine's clock is not known: the comparison is that much less sure, and says so
    const [, latest] = await samplesOf("cam", "onvif");
    expect(latest).toMatchObject({ hostAheadMs: null, hostUncertaintyMs: unknownHostMs });
  }, 90_000);

  test("a device without ONVIF gives pictures all the same; the reason stands with its clock, not with its stream", async () => {
    const camera = await startCamera(Date.now);
    await addSource("plain", { kind: "snapshot", url: camera.url, onvifPort: await freePort() });
    await addSource("off", { kind: "snapshot", url: camera.url, onvifEnabled: false });
    const machine = open();
    await until(
      async () => (await tryOf("plain", "onvif")) !== null && (await tryOf("off", "onvif")) !== null,
      machine,
    );
    expect(await tryOf("plain", "onvif")).toMatchObject({ reason: "unreachable" });
    expect(await tryOf("off", "onvif")).toMatchObject({ reason: "switched_off" });
    const live = async () =>
      (await world.deps.db.streamStanding.findMany()).every(({ state, reason }) => state === "live" && reason === null);
    await until(live, machine);
    expect(await samplesOf("plain", "onvif")).toEqual([]);
  }, 60_000);

  test("a device that is slow to tell its time never holds up its pictures", async () => {
    const camera = await startCamera(Date.now);
    const silent = await startOnvifDevice({ instead: () => {} });
    stops.push(silent.stop);
    await addSource("slow", { kind: "snapshot", url: camera.url, onvifPort: silent.port });
    const machine = open();
    await until(async () => silent.asked() > 0, machine);
    const before = camera.asked.pictures;
    await until(async () => (await tryOf("slow", "onvif"))?.reason === "no_answer", machine);
    expect(camera.asked.pictures).toBeGreaterThan(before);
    expect(await world.deps.db.streamStanding.findUnique({ where: { sourceId: "slow" } })).toMatchObject({
      state: "live",
    });
  }, 60_000);

  test("a clock that jumps about writes one comparison a minute at most, and one an hour when it is quiet", async () => {
    await addSource("cam", { kind: "snapshot", url: "http://127.0.0.1:9/x" });
    const note = (atMs: number, offsetMs: number, why?: "connected" | "asked") =>
      noteClock(liveDeps(), "cam", { method: "http", atMs, offsetMs, uncertaintyMs: 10, scaleMs: wallScaleMs() }, why);
    const beganMs = Date.now() - 10 * 3_600_000;
    for (let s = 0; s < 600; s += 4) await note(beganMs + s * 1_000, s % 8 === 0 ? 0 : 9_000);
    const jumping = (await samplesOf("cam")).length;
    expect(jumping).toBeLessThanOrEqual(10);
    const quietMs = beganMs + 2 * 3_600_000;
    for (let minute = 0; minute < 120; minute += 5) await note(quietMs + minute * 60_000, 0);
    expect((await samplesOf("cam")).length - jumping).toBe(3);
    const before = (await samplesOf("cam")).length;
    await note(quietMs + 116 * 60_000, 0, "asked");
    await note(quietMs + 118 * 60_000, 0, "connected");
    await note(quietMs + 118 * 60_000 + 5_000, 0, "connected");
    expect((await samplesOf("cam")).length - before).toBe(2);
  });

  test("a comparison stamped in the future silences none that follow, and its own instant is Beijing time, not that of a machine that runs ahead", async () => {
    await addSource("cam", { kind: "snapshot", url: "http://127.0.0.1:9/x" });
    const nowMs = Date.now();
    await world.deps.db.clockSample.create({
      data: { sourceId: "cam", method: "http", at: new Date(nowMs + 86_400_000), offsetMs: 0, uncertaintyMs: 10 },
    });
    const known = { aheadMs: 5_000, uncertaintyMs: 5, measuredAtMs: nowMs };
    const deps = liveDeps({ machine: "m1", current: () => known, isUnsettled: () => false });
    const offset = {
      method: "http" as const,
      atMs: nowMs,
      offsetMs: 0,
      uncertaintyMs: 10,
      scaleMs: wallScaleMs(),
    };
    expect(await noteClock(deps, "cam", offset)).toBe(true);
    const [written] = await samplesOf("cam");
    expect(written).toMatchObject({ at: new Date(nowMs - 5_000), offsetMs: 5_000 });
    // said, too, that nothing was written
    expect(await noteClock(deps, "cam", offset)).toBe(false);
  });

  test("what was measured by a wall clock that was set since, or that nobody compared since it was set, is dropped", async () => {
    await addSource("cam", { kind: "snapshot", url: "http://127.0.0.1:9/x" });
    let shiftMs = 0;
    const hostClock = watchHostClock({
      db: world.deps.db,
      machine: "m5",
      servers: [],
      log: world.deps.log,
      now: () => Date.now() + shiftMs,
      measure: async () => ({ kind: "ok", aheadMs: shiftMs, delayMs: 1, uncertaintyMs: 2, stratum: 1, server: "s" }),
    });
    await hostClock.turn();
    const note = (scaleMs: number) =>
      noteClock(
        liveDeps(hostClock),
        "cam",
        { method: "rtcp", atMs: Date.now(), offsetMs: 0, uncertaintyMs: 200, scaleMs },
        "asked",
      );
    // read before the machine was set forward by five seconds, told after it was compared again
    expect(await note(wallScaleMs() - 5_000)).toBe(false);
    shiftMs = 5_000;
    expect(hostClock.isUnsettled()).toBe(true);
    expect(await note(wallScaleMs())).toBe(false);
    await hostClock.turn();
    expect(hostClock.isUnsettled()).toBe(false);
    expect(await note(wallScaleMs())).toBe(true);
    expect(await samplesOf("cam")).toHaveLength(1);
  });

  test("that a device tells its clock is noted with its first word, although it had told nothing when it was connected", async () => {
    const camera = await startCamera(Date.now);
    camera.tellsDate = false;
    await addSource("cam", { kind: "snapshot", url: camera.url, onvifEnabled: false });
    const held = open();
    await until(async () => (await tryOf("cam", "http"))?.reason === "tells_nothing", held);
    camera.tellsDate = true;
    await until(async () => (await tryOf("cam", "http"))?.reason === null, held);
    expect((await samplesOf("cam", "http")).length).toBeGreaterThan(0);
  }, 60_000);

  test.runIf(findRtspServer() && canSetClock())(
    "a camera 37 s ahead is found so by the reports in its stream, whatever the machine's clock says",
    async () => {
      if (tools === null) return;
      const file = join(mkdtempSync(join(tmpdir(), "mingcha-rtcp-")), "street.mp4");
      const card = { widthPx: 320, heightPx: 180, framesPerS: 25, gopS: 1, lengthS: 10, bitsPerS: 400_000 };
      const made = await makeTestClip(tools, file, card, 12);
      if (made.kind !== "ok") throw new Error(made.detail);
      const port = await freePort();
      const server = await startRtspServer(port, { cam: file }, undefined, "+32s");
      stops.push(server.kill);
      // 32 s ahead of a machine that is 5 s ahead itself
      const known = { aheadMs: 5_000, uncertaintyMs: 5, measuredAtMs: Date.now() };
      await addSource("rtsp", { kind: "rtsp", url: `rtsp://127.0.0.1:${port}/cam`, onvifPort: await freePort() });
      const machine = open({ machine: "m1", current: () => known, isUnsettled: () => false });
      await until(async () => (await samplesOf("rtsp", "rtcp")).length > 0, machine);
      const [sample] = await samplesOf("rtsp", "rtcp");
      expect(Math.abs((sample?.offsetMs ?? 0) - aheadMs)).toBeLessThanOrEqual(sample?.uncertaintyMs ?? 0);
    },
    90_000,
  );
});
