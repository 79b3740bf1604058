import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { dayOfWork } from "./day-of-work.ts";
import { type FieldWork, fieldWork } from "./field-work.ts";
import { type RunningSystem, removeFolder, startSystem } from "./system.ts";
import { untilDemoDone } from "./until-demo-done.ts";

if (chromiumPath === undefined) console.warn("Field recordings in a browser: not tested, no Chromium was found");

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
type Finding = { id: string; impact: string; nodes: { html: string }[] };

/** Files of a station with their tracks → stored → laid beside the check → a person's key → the record's page. */
describe.runIf(chromiumPath !== undefined)("a body camera's recording from its file to its record", () => {
  let system: RunningSystem;
  let work: FieldWork;
  const people: Person[] = [];
  const open = async (login: string, locale = "zh-CN"): Promise<Person> => {
    const person = await signInAs(system.url, login, system.password, { locale });
    people.push(person);
    return person;
  };

  beforeAll(async () => {
    system = await startSystem();
    await untilDemoDone(system);
    await dayOfWork(system);
    work = await fieldWork(system);
  }, 600_000);
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system.stop();
    removeFolder(system.dataFolder);
  });

  async function findings(page: Page): Promise<string[]> {
    await page.evaluate(readFileSync(axeFile, "utf8"));
    const found = (await page.evaluate(
      "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations)",
    )) as Finding[];
    return found
      .filter(({ impact }) => ["serious", "critical"].includes(impact))
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  }
  const widest = async (page: Page): Promise<number> =>
    (await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) as number;

  test("shows its picture larger than the form, three reasons, and nothing that axe minds, at 1440 and 390 px, in both languages", async () => {
    const { page, errors } = await open("handler1");
    for (const language of ["zh", "en"]) {
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${system.url}/field-recordings?clip=${work.during}`);
        await page.locator(".field-target .field-reasons li").nth(2).waitFor();
        expect(await page.locator(".field-reason-for").count()).toBe(3);
        const picture = await page.locator("video.field-stage").boundingBox();
        const form = await page
          .locator(width > 900 ? ".field-target" : ".field-target .field-actions")
          .first()
          .boundingBox();
        expect((picture?.width ?? 0) * (picture?.height ?? 0)).toBeGreaterThan(
          (form?.width ?? 0) * (form?.height ?? 0),
        );
        expect(await widest(page)).toBeLessThanOrEqual(0);
        expect(await findings(page), `${language} ${width}`).toEqual([]);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(`${system.url}/field-recordings/runs?day=2026-11-19`);
      await page.locator(".field-about").first().waitFor();
      expect(await widest(page)).toBeLessThanOrEqual(0);
      expect(await findings(page), `${language} runs`).toEqual([]);
      await page.getByRole("button", { name: language === "zh" ? "English" : "中文" }).click();
    }
    expect(errors).toEqual([]);
  }, 180_000);

  test("one key links it; the record says so, with its carrier and who said it, and the custody log has it", async () => {
    const { page, errors } = await open("handler1");
    await page.goto(`${system.url}/field-recordings?clip=${work.during}`);
    // the list says so too, before the recording itself is in hand
    await page.locator(".field-target").getByText("依据充分").first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("已认定：已关联").waitFor();
    const [row] = await system.query<{ clue_id: string }>(
      "select clue_id from field_decision where clip_id = $1 and decision = 'confirmed'",
      [work.during],
    );
    expect(
      await system.query("select 1 from custody where action = 'field.linked' and subject = $1", [
        `clue:${row?.clue_id}`,
      ]),
    ).toHaveLength(1);
    await page.goto(`${system.url}/clues/${row?.clue_id}`);
    const panel = page.locator(".panel", { hasText: "现场影像" });
    await panel.getByRole("link", { name: "执法记录仪 01" }).waitFor();
    expect(await panel.innerText()).toContain("现场核查");
    expect(errors).toEqual([]);
  });

  test("another key says that one belongs to nothing, with why; the page then goes on", async () => {
    const { page } = await open("monitor");
    await page.goto(`${system.url}/field-recordings?state=ORPHAN`);
    await page.locator(".field-view").waitFor();
    await page.keyboard.press("n");
    await page.getByRole("button", { name: "设备自检或误触" }).click();
    await page
      .locator(".ant-modal")
      .getByRole("button", { name: /确\s*定/ })
      .click();
    await page.getByText("已认定：无归属").waitFor();
    const [said] = await system.query<{ reason: string }>(
      "select reason from field_decision where clip_id = $1 and decision = 'nothing'",
      [work.orphan],
    );
    expect(said?.reason).toBe("设备自检或误触");
  });

  test("a patrol car's record is told where the car was, as a proposal beside the stated place", async () => {
    const { page } = await open("tech");
    const [clue] = await system.query<{ id: string }>(
      "select id from clue where source_id = 'patrol-01' and violation = 'STALL'",
    );
    await page.goto(`${system.url}/clues/${clue?.id}`);
    const about = page.locator(".field-about");
    await about.waitFor();
    expect(await about.innerText()).toMatch(/约在示例路，±\d+(\.\d)? 米/);
  });
});
