import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readNetworks, sealSecret } from "@mingcha/infra/streams";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { unknownHostClock } from "../testing/unknown-host-clock.ts";
import { type HeldStreams, holdStreams } from "./hold-streams.ts";
import type { LiveDeps } from "./live-deps.ts";
import { recoverParts } from "./recover-parts.ts";

const tools = await findToolsForTest();
const key = randomBytes(32);
const md5 = (text: string) => createHash("md5").update(text).digest("hex");

describe.runIf(tools)("single pictures of a device", () => {
  let world: World;
  let pictures: Buffer[] = [];
  const servers: Server[] = [];
  const machines: HeldStreams[] = [];

  beforeEach(async () => {
    if (tools === null) return;
    world = await createWorld(tools);
    const folder = join(world.data, "pictures");
    mkdirSync(folder);
    const film = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10:duration=4"];
    execFileSync(tools.ffmpeg.path, ["-v", "error", ...film, join(folder, "%03d.jpg")]);
    pictures = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  });
  afterEach(async () => {
    await Promise.all(machines.splice(0).map((machine) => machine.stop()));
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    await world.close();
  });

  const liveDeps = (): LiveDeps => ({
    ...world.deps,
    machine: "m1",
    networks: readNetworks("127.0.0.0/8"),
    secretKey: key,
    liveFolder: world.deps.folders.live,
    hostClock: unknownHostClock,
  });
  const open = () => {
    const machine = holdStreams(liveDeps());
    machines.push(machine);
    return machine;
  };
  const serve = async (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> => {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return (server.address() as AddressInfo).port;
  };
  async function addSource(sourceId: string, url: string, login?: { user: string; password: string }) {
    await world.deps.db.source.create({
      data: { id: sourceId, name: sourceId, kind: "fixed_camera", place: "测试路" },
    });
    await world.deps.db.stream.create({
      data: {
        sourceId,
        kind: "snapshot",
        url,
        userName: login?.user ?? null,
        passwordBox: login === undefined ? null : sealSecret(key, sourceId, login.password),
        policy: "never-drop",
        clipS: 2,
      },
    });
  }
  const standing = (sourceId: string) => world.deps.db.streamStanding.findUniqueOrThrow({ where: { sourceId } });
  async function until(what: () => Promise<boolean>, held: HeldStreams) {
    for (let tries = 0; tries < 120; tries += 1) {
      await held.turn();
      expect(await world.drain()).toEqual([]);
      if (await what()) return;
      await sleep(250);
    }
    throw new Error(
      `did not happen: ${(await world.deps.db.streamStanding.findMany()).map(({ sourceId, state, reason }) => `${sourceId} ${state} ${reason}`).join()}`,
    );
  }

  test("are signed in for, kept as they are, each dated within the two ends of its request, and the device's clock is compared", async () => {
    const asked: string[] = [];
    let given = 0;
    const port = await serve((request, response) => {
      asked.push(request.headers.authorization ?? "nobody");
      const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(request.headers.authorization ?? "")?.[1];
      const a1 = md5("admin:cam:p%40ss");
      const right = md5(`${a1}:n1:${field("nc")}:${field("cnonce")}:auth:${md5("GET:/picture?channel=1")}`);
      if (field("response") !== right) {
        response.writeHead(401, { "www-authenticate": 'Digest realm="cam", nonce="n1", qop="auth"' }).end();
        return;
      }
      // a device whose clock runs an hour ahead
      response.setHeader("date", new Date(Date.now() + 3_600_000).toUTCString());
      response.writeHead(200, { "content-type": "image/jpeg" }).end(pictures[given++ % pictures.length]);
    });
    await addSource("snap", `http://127.0.0.1:${port}/picture?channel=1`, { user: "admin", password: "p%40ss" });
    const machine = open();
    const clips = () => world.deps.db.clip.findMany({ where: { sourceId: "snap" }, orderBy: { startedAt: "asc" } });
    await until(async () => (await clips()).length >= 3, machine);
    const kept = await clips();
    for (const clip of kept) {
      expect(clip).toMatchObject({ durationMs: 0, startMethod: "request", widthPx: 320 });
      expect(clip.startUncertaintyMs).toBeGreaterThanOrEqual(1_500);
      expect(Math.abs(clip.startedAt.getTime() - Date.now())).toBeLessThan(60_000);
    }
    const [first, second] = kept;
    const apartMs = (second?.startedAt.getTime() ?? 0) - (first?.startedAt.getTime() ?? 0);
    expect(apartMs).toBeGreaterThan(1_500);
    expect(kept.map(({ sha256 }) => sha256)).toContain(
      createHash("sha256")
        .update(pictures[0] ?? "")
        .digest("hex"),
    );
    await until(async () => (await world.deps.db.clockSample.count({ where: { sourceId: "snap" } })) > 0, machine);
    const sample = await world.deps.db.clockSample.findFirstOrThrow({ where: { sourceId: "snap" } });
    expect(sample.method).toBe("http");
    expect(Math.abs(sample.offsetMs - 3_600_000)).toBeLessThan(2_000);
    expect(asked[0]).toBe("nobody");
    expect(asked.join()).not.toContain("p%40ss");
    expect((await standing("snap")).state).toBe("live");
  }, 60_000);

  test.each([
    [
      "another place",
      "refused",
      (_: IncomingMessage, response: ServerResponse) =>
        void response.writeHead(302, { location: "http://127.0.0.1:1/x" }).end(),
    ],
    [
      "a page instead of a picture",
      "not_picture",
      (_: IncomingMessage, response: ServerResponse) => void response.end("<html>sign in</html>"),
    ],
    [
      "a wrong password",
      "wrong_password",
      (_: IncomingMessage, response: ServerResponse) =>
        void response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end(),
    ],
    [
      "nothing under this path",
      "not_found",
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(404).end(),
    ],
    [
      "no end of bytes",
      "not_understood",
      (_: IncomingMessage, response: ServerResponse) => {
        const more = () => void (response.destroyed || response.write(Buffer.alloc(1 << 20), more));
        response.writeHead(200, { "content-type": "image/jpeg" });
        more();
      },
    ],
  ])(
    "a device that answers with %s is told as %s, and nothing is kept",
    async (_what, reason, answer) => {
      const port = await serve(answer);
      await addSource("odd", `http://127.0.0.1:${port}/picture`, { user: "admin", password: "x" });
      const machine = open();
      const reasonOf = async () =>
        (await world.deps.db.streamStanding.findUnique({ where: { sourceId: "odd" } }))?.reason;
      await until(async () => (await reasonOf()) === reason, machine);
      expect(await world.deps.db.intake.count()).toBe(0);
    },
    60_000,
  );

  test("a device that goes away leaves a gap with its reason; it closes with the next picture", async () => {
    let given = 0;
    let isAway = false;
    const port = await serve((request, response) => {
      if (isAway) request.socket.destroy();
      else response.end(pictures[given++ % pictures.length]);
    });
    await addSource("shaky", `http://127.0.0.1:${port}/`);
    const machine = open();
    const stateOf = async () =>
      (await world.deps.db.streamStanding.findUnique({ where: { sourceId: "shaky" } }))?.state;
    await until(async () => (await stateOf()) === "live", machine);
    isAway = true;
    await until(async () => (await stateOf()) === "blind", machine);
    expect((await standing("shaky")).reason).toBe("ended");
    isAway = false;
    await until(async () => (await stateOf()) === "live", machine);
    const gaps = await world.deps.db.streamGap.findMany({ where: { sourceId: "shaky", to: { not: null } } });
    expect(gaps.length).toBeGreaterThan(0);
  }, 60_000);

  test("a picture that a killed process left is taken in with the time it was written, not that of the one before", async () => {
    await addSource("left", "http://127.0.0.1:9/");
    const run = join(world.deps.folders.live, "left", "run-1");
    mkdirSync(run, { recursive: true });
    writeFileSync(join(run, "00000.jpg"), pictures[0] ?? "");
    writeFileSync(join(run, "00001.jpg.part"), "half");
    expect(await recoverParts(liveDeps(), () => false)).toBe(1);
    await world.drain();
    const clip = await world.deps.db.clip.findFirstOrThrow({ where: { sourceId: "left" } });
    expect(clip).toMatchObject({ startMethod: "request", durationMs: 0 });
    expect(Math.abs(clip.startedAt.getTime() - Date.now())).toBeLessThan(30_000);
  });
});
