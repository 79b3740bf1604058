import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ntpAnswer, startNtpServer } from "../src/testing/ntp-server.ts";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { startClockCamera } from "./clock-camera.ts";
import { demoClips } from "./demo-clips.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("Clocks of cameras in a browser: not tested, no Chromium was found");

const sourceId = "clock-7";
const hostAheadMs = 5_000;
const aheadMs = 37_000;

/** A camera whose clock is 37 s ahead, received by a machine whose own clock is 5 s ahead of the time server. */
describe.runIf(chromiumPath !== undefined)("the clock of a live camera, from the device to its page", () => {
  let system: RunningSystem;
  const stops: (() => unknown)[] = [];
  const people: Person[] = [];
  const open = async (login: string): Promise<Person> => {
    const person = await signInAs(system.url, login, system.password);
    people.push(person);
    return person;
  };
  const samples = () =>
    system.query<{ method: string; offset_ms: number; uncertainty_ms: number }>(
      "select method, offset_ms, uncertainty_ms from clock_sample where source_id = $1 and machine is not null order by at",
      [sourceId],
    );
  const say = async () => `${JSON.stringify(await system.query("select * from clock_try"))}\n${system.output()}`;

  beforeAll(async () => {
    const server = await startNtpServer((question, from, socket) =>
      socket.send(ntpAnswer(question, -hostAheadMs), from.port, from.address),
    );
    const camera = await startClockCamera(() => Date.now() - hostAheadMs + aheadMs);
    stops.push(server.stop, camera.stop);
    system = await startSystem({
      MINGCHA_STREAM_NETWORKS: "127.0.0.0/8",
      MINGCHA_NTP_SERVERS: `127.0.0.1:${server.port}`,
    });
    const monitor = await open("monitor");
    const clip = demoClips().find(({ id }) => id === "shop-cross-door");
    const scene = JSON.parse(JSON.stringify(clip?.scene)) as Record<string, unknown> & { source: object };
    scene.source = { ...scene.source, id: sourceId, name: "七号路口探头" };
    const made = await monitor.context.request.post(`${system.url}/api/sources`, {
      headers: { "x-mingcha": "1" },
      data: { scene, baseVersion: 0 },
    });
    expect(made.status(), await made.text()).toBe(200);
    const admin = await open("admin");
    const set = await admin.context.request.put(`${system.url}/api/sources/${sourceId}/stream`, {
      headers: { "x-mingcha": "1" },
      data: { version: 0, kind: "snapshot", url: camera.url, policy: "never-drop", clipS: 5, enabled: true },
    });
    expect(set.status(), await set.text()).toBe(200);
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system?.stop();
    for (const stop of stops) await stop();
    removeFolder(system.dataFolder);
  });

  test("it is compared by every method as soon as pictures come, the machine's own error taken off, and the device is suspended for it", async () => {
    await waitFor(async () => new Set((await samples()).map(({ method }) => method)).size === 2, 60_000, say);
    for (const { method, offset_ms, uncertainty_ms } of await samples())
      expect(Math.abs(offset_ms - aheadMs), method).toBeLessThanOrEqual(uncertainty_ms);
    const { page, errors } = await open("tech");
    await page.goto(`${system.url}/sources/${sourceId}/device`);
    await page.locator(".clock-plot svg .clock-over").first().waitFor();
    await page.getByText("超过限值", { exact: true }).first().waitFor();
    await page
      .getByText(/设备称为人工设定/)
      .first()
      .waitFor();
    await page
      .getByText(/已扣除主机误差 (4\.9|5\.0)/)
      .first()
      .waitFor();
    expect(errors).toEqual([]);
  });

  test("whoever has the duty has it compared now, and sees what came of it without loading the page anew", async () => {
    const { page } = people.at(-1) ?? (await open("tech"));
    const before = (await samples()).length;
    await page.getByRole("button", { name: "立即校时" }).click();
    await waitFor(async () => (await samples()).length >= before + 2, 60_000, say);
    await page.locator(".clock-list li").nth(3).waitFor();
    await page.getByRole("button", { name: "立即校时" }).waitFor();
  });

  test("the status page tells which machine's clock is wrong", async () => {
    const { page } = people.at(-1) ?? (await open("tech"));
    await page.goto(`${system.url}/status`);
    await page.locator(".status-hosts").getByText("误差过大").waitFor();
    await page.getByText(/\+(4\d{3}\.\d|50\d{2}\.\d) ± /).waitFor();
  });

  test("the page has no serious finding of axe and fits a phone, in light and dark", async () => {
    const { page } = await open("admin");
    const findings: string[] = [];
    for (const [colorScheme, width] of [
      ["light", 1440],
      ["dark", 390],
      ["light", 390],
      ["dark", 1440],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${system.url}/sources/${sourceId}/device`);
      await page.locator(".clock-plot svg").first().waitFor();
      findings.push(...(await axeOf(page)).map((finding) => `${colorScheme} ${width}: ${finding}`));
      const beyond = (await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) as number;
      if (beyond > 1) findings.push(`${width}: ${beyond} px wider than the screen`);
    }
    expect(findings).toEqual([]);
  });
});

async function axeOf(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const found = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations)",
  )) as { id: string; impact: string; nodes: { html: string }[] }[];
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 160)}`);
}
