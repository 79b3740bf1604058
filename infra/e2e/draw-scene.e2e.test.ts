import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TrialView } from "@mingcha/models/http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { demoClips } from "./demo-clips.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("Drawing a scene in a browser: not tested, no Chromium was found");

const root = fileURLToPath(new URL("../../", import.meta.url));
type Flag = { violation: string; zone: string; from: string; to: string; dwellS: number };
const plain = ({ violation, zone, from, to, dwellS }: Flag) => ({
  violation,
  zone,
  from: Date.parse(from),
  to: Date.parse(to),
  dwellS,
});

describe.runIf(chromiumPath !== undefined)("a scene drawn on a frame in a browser", () => {
  let system: RunningSystem;
  let person: Person;
  let page: Page;
  const folder = mkdtempSync(join(tmpdir(), "mingcha-draw-"));
  const clip = demoClips().find(({ id }) => id === "stall");
  const sourceId = clip?.scene.source.id ?? "";

  beforeAll(async () => {
    system = await startSystem();
    await waitFor(
      async () =>
        (await system.query("select 1 from clip where source_id = $1 and state = 'DETECTED'", [sourceId])).length > 0,
      180_000,
      system.output,
    );
    person = await signInAs(system.url, "monitor", system.password);
    page = person.page;
  });
  afterAll(async () => {
    await person?.context.close();
    await system.stop();
    removeFolder(system.dataFolder);
  });

  /** Presses points of the picture, given in shares of it. */
  async function press(points: readonly (readonly [number, number])[]): Promise<void> {
    const box = await page.locator(".stage-picture").boundingBox();
    if (box === null) throw new Error("no picture");
    // the very edge belongs to what lies beside the picture
    const inside = (share: number, length: number): number => Math.min(share * length, length - 1.5);
    for (const [x, y] of points) await page.mouse.click(box.x + inside(x, box.width), box.y + inside(y, box.height));
  }
  /** The document as it is in the draft: that of the request that tries it. */
  async function tryIt(): Promise<{ scene: { zones: { polygon: number[][] }[] }; trial: TrialView }> {
    await page.getByRole("tab", { name: "试运行" }).click();
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.url().endsWith("/trials")),
      page.getByRole("button", { name: "试运行" }).click(),
    ]);
    const answer = await request.response();
    return { scene: request.postDataJSON().scene, trial: await answer?.json() };
  }

  test("the wall of sources leads to the editor, with the newest look of each", async () => {
    await page.goto(`${system.url}/sources`);
    const card = page.locator(".source").filter({ hasText: clip?.scene.source.name ?? "" });
    await card.locator("img").waitFor();
    await waitFor(
      () => card.locator("img").evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth === 640),
      60_000,
    );
    await card.getByRole("link", { name: "区域与规则", exact: true }).click();
    await page.locator(".stage-image").waitFor();
  });

  test("zones drawn with a few presses and rules chosen beside them flag what `npm run analyze` flags with the same scene", async () => {
    const zones = clip?.scene.zones ?? [];
    for (const _ of zones) {
      await page.locator(".scene-row-head").first().click();
      await page.keyboard.press("Delete");
    }
    await page.getByText("还没有区域").waitFor();
    const drawn = zones.map((zone) => zone.polygon);
    for (const polygon of drawn) {
      await page.keyboard.press("p");
      await press(polygon);
      await page.keyboard.press("Enter");
    }
    expect(await page.locator(".scene-row").count()).toBe(zones.length);

    await page.getByRole("tab", { name: "规则" }).click();
    for (const rule of clip?.scene.rules ?? []) {
      await page.getByRole("combobox", { name: "添加规则" }).click();
      await page.locator(".ant-select-item-option").filter({ hasText: rule.violation }).click();
      const nth = await page.locator(".scene-rule").count();
      const form = page.locator(".scene-rule").nth(nth - 1);
      // every rule over every zone: shorter than the violation's own, so that the short film has something to flag
      await form.locator("input[id$='dwellS']").fill(String(rule.dwellS));
      await form.locator("input[id$='graceS']").fill(String(rule.graceS));
      await form.locator("input[id$='minScore']").fill("0.35");
      await page.keyboard.press("Tab");
    }
    const { scene, trial } = await tryIt();
    for (const [nth, { polygon }] of scene.zones.entries())
      for (const [corner, [x = 0, y = 0]] of polygon.entries()) {
        expect(Math.abs(x - (drawn[nth]?.[corner]?.[0] ?? 9))).toBeLessThan(2e-3);
        expect(Math.abs(y - (drawn[nth]?.[corner]?.[1] ?? 9))).toBeLessThan(2e-3);
      }
    const found = [...trial.fresh, ...trial.kept];
    expect(found.length).toBeGreaterThan(0);

    const [row] = await system.query<{ started_at: Date }>("select started_at from clip where source_id = $1", [
      sourceId,
    ]);
    writeFileSync(join(folder, "scene.json"), JSON.stringify(scene));
    const start = row?.started_at.toISOString() ?? "";
    const out = join(folder, "out");
    await promisify(execFile)(
      process.execPath,
      [
        ...["--import", "tsx", join(root, "detector/src/analyze.ts"), clip?.file ?? ""],
        ...["--scene", join(folder, "scene.json"), "--start", start, "--model", "starter", "--out", out],
      ],
      { cwd: root, timeout: 180_000 },
    );
    const { flags } = JSON.parse(readFileSync(join(out, "flags.json"), "utf8")) as { flags: Flag[] };
    const inOrder = (list: Flag[]) => list.map(plain).sort((a, b) => a.from - b.from || (a.zone < b.zone ? -1 : 1));
    expect(inOrder(found)).toEqual(inOrder(flags));
  });

  test("what is undone is undone, a corner moves by arrow keys, and the saved version is what was drawn", async () => {
    await page.getByRole("tab", { name: "区域" }).click();
    await page.locator(".scene-row-head").first().click();
    const corner = page.getByRole("button", { name: "角点 1", exact: true });
    const before = await corner.evaluate((one) => one.style.left);
    await corner.press("ArrowRight");
    expect(await corner.evaluate((one) => one.style.left)).not.toBe(before);
    await page.keyboard.press("Escape");
    await page.keyboard.press("z");
    await page.locator(".scene-row-head").first().click();
    expect(await corner.evaluate((one) => one.style.left)).toBe(before);

    const { scene } = await tryIt();
    await page.keyboard.press("s");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("新增区域").first().waitFor();
    await dialog.getByRole("button", { name: /保存第/ }).click();
    await dialog.waitFor({ state: "hidden" });
    const [saved] = await system.query<{ document: object; version: number; created_by: string | null }>(
      "select document, version, created_by from scene where source_id = $1 order by version desc limit 1",
      [sourceId],
    );
    expect(saved?.version).toBe(2);
    expect(saved?.created_by).not.toBeNull();
    expect(saved?.document).toMatchObject(scene);
  });

  test("versions tell who changed what, and an older one comes back as a draft and then as a new version", async () => {
    await page.getByRole("tab", { name: "版本" }).click();
    await page.getByText("随录像文件带入").waitFor();
    await page.getByRole("button", { name: /^取\s*回$/ }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^取\s*回$/ })
      .click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: /^保\s*存$/ }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /保存第 3 版/ })
      .click();
    await waitFor(
      async () => (await system.query("select 1 from scene where source_id = $1", [sourceId])).length === 3,
      20_000,
    );
    const rows = await system.query<{ sha256: string }>(
      "select sha256 from scene where source_id = $1 order by version",
      [sourceId],
    );
    expect(rows[2]?.sha256).toBe(rows[0]?.sha256);
    expect(person.errors).toEqual([]);
  });
});
