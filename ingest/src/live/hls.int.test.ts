import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readNetworks } from "@mingcha/infra/streams";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { unknownHostClock } from "../testing/unknown-host-clock.ts";
import { type HeldStreams, holdStreams } from "./hold-streams.ts";

const tools = await findToolsForTest();

describe.runIf(tools)("HLS as ffmpeg writes it", () => {
  let world: World;
  const children: ChildProcess[] = [];
  const servers: Server[] = [];
  const machines: HeldStreams[] = [];
  const asked: string[] = [];

  beforeEach(async () => {
    asked.length = 0;
    if (tools !== null) world = await createWorld(tools);
  });
  afterEach(async () => {
    await Promise.all(machines.splice(0).map((machine) => machine.stop()));
    for (const child of children.splice(0)) child.kill("SIGKILL");
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    await world.drain();
    await world.close();
  });

  /** A live stream of segments of a second, in a folder that a web server serves. */
  const play = (folder: string, more: readonly string[] = []): ChildProcess => {
    mkdirSync(folder, { recursive: true });
    const film = ["-re", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10"];
    const coding = [
      "-c:v",
      "libx264",
      "-preset",
      "ultrafast",
      "-pix_fmt",
      "yuv420p",
      "-g",
      "10",
      "-bf",
      "0",
      "-b:v",
      "300k",
    ];
    const hls = [
      "-f",
      "hls",
      "-hls_time",
      "1",
      "-hls_list_size",
      "6",
      "-hls_flags",
      "delete_segments+program_date_time",
    ];
    const child = spawn(
      tools?.ffmpeg.path ?? "",
      ["-v", "error", ...film, ...coding, ...hls, ...more, join(folder, "index.m3u8")],
      {
        stdio: "ignore",
        cwd: folder,
      },
    );
    children.push(child);
    return child;
  };
  /** Until its list names so many segments: a server that has none yet is another case. */
  const untilListed = async (folder: string, segments: number): Promise<void> => {
    const list = join(folder, "index.m3u8");
    const named = () => (existsSync(list) ? readFileSync(list, "utf8").split("#EXTINF").length - 1 : 0);
    for (let tries = 0; named() < segments; tries += 1) {
      if (tries === 300) throw new Error(`the list never named ${segments} segments`);
      await sleep(100);
    }
  };
  const serve = async (folder: string, change: (path: string, text: string) => string = (_, text) => text) => {
    const server = createServer((request, response) => {
      const path = request.url ?? "";
      asked.push(path);
      try {
        const bytes = readFileSync(join(folder, path));
        response.end(path.endsWith(".m3u8") ? change(path, bytes.toString("utf8")) : bytes);
      } catch {
        response.writeHead(404).end();
      }
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return (server.address() as AddressInfo).port;
  };
  async function add(sourceId: string, url: string) {
    await world.deps.db.source.create({
      data: { id: sourceId, name: sourceId, kind: "fixed_camera", place: "测试路" },
    });
    await world.deps.db.stream.create({
      data: { sourceId, kind: "hls", url, userName: null, passwordBox: null, policy: "never-drop", clipS: 10 },
    });
  }
  const open = () => {
    const machine = holdStreams({
      ...world.deps,
      machine: "m1",
      networks: readNetworks("127.0.0.0/8"),
      secretKey: randomBytes(32),
      liveFolder: world.deps.folders.live,
      hostClock: unknownHostClock,
    });
    machines.push(machine);
    return machine;
  };
  const clipsOf = (sourceId: string) =>
    world.deps.db.clip.findMany({ where: { sourceId }, orderBy: { startedAt: "asc" } });
  const reasonOf = async (sourceId: string) =>
    (await world.deps.db.streamStanding.findUnique({ where: { sourceId } }))?.reason;
  async function until(what: () => Promise<boolean>, held: HeldStreams) {
    for (let tries = 0; tries < 160; tries += 1) {
      await held.turn();
      expect(await world.drain()).toEqual([]);
      if (await what()) return;
      await sleep(250);
    }
    throw new Error(
      `did not happen: ${(await world.deps.db.streamStanding.findMany()).map(({ sourceId, state, reason }) => `${sourceId} ${state} ${reason}`).join()}; ${asked.slice(-8)}`,
    );
  }

  test.each([
    ["transport stream", [], "index.m3u8"],
    ["MP4 with a head of its own", ["-hls_segment_type", "fmp4"], "index.m3u8"],
    ["a choice of qualities", ["-master_pl_name", "all.m3u8"], "all.m3u8"],
  ] as const)(
    "%s: segments become clips that join, dated by the playlist, each fetched once",
    async (_what, more, list) => {
      const folder = join(world.data, "hls");
      play(folder, more);
      const port = await serve(folder);
      await untilListed(folder, 2);
      await add("web", `http://127.0.0.1:${port}/${list}`);
      const machine = open();
      await until(async () => (await clipsOf("web")).length >= 6, machine);
      const clips = await clipsOf("web");
      for (const [nth, clip] of clips.entries()) {
        expect(clip).toMatchObject({ startMethod: "playlist", widthPx: 320 });
        expect(Math.abs(clip.durationMs - 1_000)).toBeLessThanOrEqual(100);
        const next = clips[nth + 1];
        if (next !== undefined)
          expect(Math.abs(next.startedAt.getTime() - clip.startedAt.getTime() - clip.durationMs)).toBeLessThanOrEqual(
            120,
          );
      }
      const segments = asked.filter((path) => /\d\.(ts|m4s)$/.test(path));
      expect(new Set(segments).size).toBe(segments.length);
      expect(await world.deps.db.intake.count({ where: { state: { not: "STORED" } } })).toBe(0);
    },
    90_000,
  );

  test("segments elsewhere are not fetched, encrypted ones are refused, and both are said", async () => {
    const folder = join(world.data, "hls");
    play(folder);
    const away = await serve(folder);
    const elsewhere = await serve(folder, (_, text) => text.replaceAll(/^(.*\.ts)$/gm, `http://127.0.0.1:${away}/$1`));
    const locked = await serve(folder, (_, text) =>
      text.replace("#EXTINF", `#EXT-X-KEY:METHOD=AES-128,URI="http://127.0.0.1:${away}/key"\n#EXTINF`),
    );
    await untilListed(folder, 2);
    await add("elsewhere", `http://127.0.0.1:${elsewhere}/index.m3u8`);
    await add("locked", `http://127.0.0.1:${locked}/index.m3u8`);
    const machine = open();
    await until(
      async () => (await reasonOf("elsewhere")) === "not_allowed" && (await reasonOf("locked")) === "encrypted",
      machine,
    );
    // its clock is asked for beside
    expect(asked.filter((path) => !/\.m3u8$|^\/onvif\//.test(path))).toEqual([]);
    expect(await world.deps.db.intake.count()).toBe(0);
  }, 60_000);

  test("what a server still shows of a camera that is dead is not taken for new: nothing is kept and nothing is called live", async () => {
    const folder = join(world.data, "hls");
    const dead = play(folder);
    const port = await serve(folder);
    await untilListed(folder, 3);
    dead.kill("SIGKILL");
    await add("dead", `http://127.0.0.1:${port}/index.m3u8`);
    const over = await serve(folder, (_, text) => `${text}#EXT-X-ENDLIST\n`);
    await add("over", `http://127.0.0.1:${over}/index.m3u8`);
    // a list that offers itself
    const self = await serve(folder, () => "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000\nindex.m3u8\n");
    await add("self", `http://127.0.0.1:${self}/index.m3u8`);
    const machine = open();
    await until(
      async () =>
        (await reasonOf("dead")) === "silent" &&
        (await reasonOf("over")) === "ended" &&
        (await reasonOf("self")) === "not_understood",
      machine,
    );
    expect(await world.deps.db.intake.count()).toBe(0);
    expect(asked.filter((path) => /\.ts$/.test(path))).toEqual([]);
    expect(asked.length).toBeLessThan(120);
  }, 90_000);

  test("a device that starts anew leaves a gap and goes on; what was taken off the list before is in the gap", async () => {
    const folder = join(world.data, "hls");
    const first = play(folder);
    const port = await serve(folder);
    await untilListed(folder, 2);
    await add("web", `http://127.0.0.1:${port}/index.m3u8`);
    const machine = open();
    await until(async () => (await clipsOf("web")).length >= 4, machine);
    first.kill("SIGKILL");
    await sleep(3_000);
    play(folder, ["-start_number", "0"]);
    const before = (await clipsOf("web")).length;
    await until(async () => (await clipsOf("web")).length >= before + 3, machine);
    const gaps = await world.deps.db.streamGap.findMany({ where: { sourceId: "web", to: { not: null } } });
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.flatMap(({ reasons }) => reasons)).toEqual(
      expect.arrayContaining([expect.stringMatching(/ended|not_found|silent/)]),
    );
  }, 90_000);
});
