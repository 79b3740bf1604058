import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../src/free-port.ts";
import { findRtspServer, type RtspServer, startRtspServer } from "../src/testing/rtsp-server.ts";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { demoClips } from "./demo-clips.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("A live camera in a browser: not tested, no Chromium was found");
const canRun = chromiumPath !== undefined && findRtspServer();
const sourceId = "live-7";
const password = "gate-Pass 9%";

/** An administrator connects a camera; what it sends is kept, looked at and told on the pages, whatever is killed. */
describe.runIf(canRun)("a live camera from its page to its flags", () => {
  let system: RunningSystem;
  let port: number;
  let camera: RtspServer;
  const people: Person[] = [];
  const clip = demoClips().find(({ id }) => id === "shop-cross-door");
  const open = async (login: string): Promise<Person> => {
    const person = await signInAs(system.url, login, system.password);
    people.push(person);
    return person;
  };
  const startCamera = async (file = clip?.file ?? "") => {
    camera = await startRtspServer(port, { door: file }, `op:${password}`);
  };
  const standing = async () =>
    (await system.query<{ state: string; reason: string | null }>("select state, reason from stream_standing"))[0];
  const clips = () =>
    system.query<{ started_at: Date; duration_ms: number; start_method: string }>(
      "select started_at, duration_ms, start_method from clip where source_id = $1 order by started_at",
      [sourceId],
    );
  const say = async () => `${JSON.stringify(await standing())} ${(await clips()).length} clips\n${system.output()}`;

  beforeAll(async () => {
    if (clip === undefined) throw new Error("the bundled clip is missing");
    port = await freePort();
    await startCamera();
    system = await startSystem({ MINGCHA_STREAM_NETWORKS: "127.0.0.0/8" });
    const monitor = await open("monitor");
    // by day and by night: the hours of the bundled scene are not what is tested
    const scene = JSON.parse(JSON.stringify(clip.scene)) as Record<string, unknown> & {
      source: object;
      rules: { active?: unknown }[];
    };
    scene.source = { ...scene.source, id: sourceId, name: "七号门前探头" };
    for (const rule of scene.rules) delete rule.active;
    const made = await monitor.context.request.post(`${system.url}/api/sources`, {
      headers: { "x-mingcha": "1" },
      data: { scene, baseVersion: 0 },
    });
    expect(made.status(), await made.text()).toBe(200);
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system?.stop();
    await camera?.kill();
    removeFolder(system.dataFolder);
  });

  test("an administrator types its address and password once, and pictures come within seconds, dated by the camera's clock", async () => {
    const { page } = await open("admin");
    await page.goto(`${system.url}/sources/${sourceId}/device`);
    await page.getByLabel("地址").fill(`rtsp://127.0.0.1:${port}/door`);
    await page.getByLabel("用户名").fill("op");
    await page.locator("#stream-password").fill(password);
    await page.locator("#stream-clip").fill("5");
    await page.getByRole("button", { name: /保\s*存/ }).click();
    await page.locator(".stream-standing").getByText("接收中").waitFor({ timeout: 60_000 });
    await waitFor(async () => (await clips()).length >= 3, 90_000, say);
    for (const row of await clips()) expect(row.start_method).toBe("rtcp");
    // what is kept is never shown again
    await page.reload();
    await page.getByLabel("地址").waitFor();
    expect(await page.locator("#stream-password").inputValue()).toBe("");
    expect(await page.getByLabel("地址").inputValue()).toBe(`rtsp://127.0.0.1:${port}/door`);
  });

  test("goods before the door become a flag while it is live, and a monitor sees the camera as it is", async () => {
    await waitFor(
      async () => (await system.query("select 1 from flag where source_id = $1", [sourceId])).length > 0,
      180_000,
      say,
    );
    const { page } = await open("monitor");
    await page.goto(`${system.url}/sources/${sourceId}/device`);
    await page.getByText("设备上报（RTCP）").first().waitFor();
    expect(await page.getByLabel("地址").count()).toBe(0);
  });

  test("the ingest process killed and the camera cut off: the page says why and since when, and nothing that arrived is lost", async () => {
    const { page } = people[0] ?? (await open("monitor"));
    process.kill(system.pidOf("ingest"), "SIGKILL");
    await camera.kill();
    await waitFor(async () => (await standing())?.state === "blind", 90_000, say);
    await page.goto(`${system.url}/sources/${sourceId}/device`);
    await page.locator(".stream-standing").getByText("中断，自动重连").waitFor();
    await page
      .getByText(/主机不可达或拒绝连接/)
      .first()
      .waitFor();
    await page.getByText("仍在中断").waitFor();
    // other pictures than before: the very same bytes again would be the same clip
    await startCamera(demoClips().find(({ id }) => id === "stall")?.file);
    await waitFor(async () => (await standing())?.state === "live", 90_000, say);
    const before = (await clips()).length;
    await waitFor(async () => (await clips()).length >= before + 2, 60_000, say);
    const [{ waiting } = { waiting: -1 }] = await system.query<{ waiting: number }>(
      "select count(*)::int as waiting from intake where via = 'live' and state not in ('STORED', 'WAITING')",
    );
    expect(waiting).toBe(0);
    // between the clips lies nothing but the gap that is on record
    const gaps = await system.query<{ from_at: Date; to_at: Date | null }>("select from_at, to_at from stream_gap");
    const all = await clips();
    for (const [nth, row] of all.entries()) {
      const next = all[nth + 1];
      if (next === undefined) continue;
      const missingMs = next.started_at.getTime() - row.started_at.getTime() - row.duration_ms;
      const isKnown = gaps.some(({ from_at, to_at }) => {
        const endMs = row.started_at.getTime() + row.duration_ms;
        return from_at.getTime() < next.started_at.getTime() + 2_000 && (to_at?.getTime() ?? Infinity) > endMs - 2_000;
      });
      if (Math.abs(missingMs) > 300) expect(isKnown, `${missingMs} ms after clip ${nth}`).toBe(true);
    }
  });

  test("its password stands in no log and no list of processes, and no page printed an error", () => {
    const logs = readdirSync(join(system.dataFolder, "logs")).map((name) =>
      readFileSync(join(system.dataFolder, "logs", name), "utf8"),
    );
    for (const text of [...logs, system.output()]) expect(text.includes(password)).toBe(false);
    const args = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, "utf8");
        } catch {
          return "";
        }
      });
    const ours = args.filter((line) => line.includes("ffmpeg"));
    expect(ours.length).toBeGreaterThan(0);
    for (const line of ours) expect(line.includes("gate-Pass")).toBe(false);
    expect(people.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
