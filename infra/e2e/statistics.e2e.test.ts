import { createRequire } from "node:module";
import type { StatisticsView } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";
import { untilDemoDone } from "./until-demo-done.ts";

if (chromiumPath === undefined) console.warn("Statistics: not tested, no Chromium was found");

type Sheet = { sheet: string; data: (string | number | null)[][] };
/** The reader that api depends on: another program than the one that wrote the file. */
const { default: readWorkbook } = createRequire(new URL("../../api/package.json", import.meta.url))(
  "read-excel-file/node",
) as { default: (file: string) => Promise<Sheet[]> };

describe.runIf(chromiumPath !== undefined)("statistics of the demo footage", () => {
  let system: RunningSystem;
  const people: Person[] = [];
  const open = async (login: string): Promise<Person> => {
    const person = await signInAs(system.url, login, system.password);
    people.push(person);
    return person;
  };

  beforeAll(async () => {
    system = await startSystem();
    await untilDemoDone(system);
    // as if it had arrived an hour ago: a day is drawn from when nothing more comes of it
    await system.query("update clip set received_at = received_at - interval '1 hour'");
    await waitFor(async () => (await system.query("select 1 from look_sample")).length >= 4, 90_000, system.output);
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system.stop();
    removeFolder(system.dataFolder);
  });

  test("a technical reviewer judges drawn looks by keys, each once; what was seen is a hint and makes no clue", async () => {
    const { page, errors } = await open("tech");
    const clues = await system.query("select 1 from clue");
    await page.goto(`${system.url}/samples`);
    for (const key of ["1", "2", "3"]) {
      const before = (await system.query("select 1 from look_answer")).length;
      await page.locator(".samples-choice:not(:disabled)").first().waitFor();
      await page.keyboard.press(key);
      await page.locator(".samples-chosen").waitFor();
      await page.keyboard.press("Enter");
      await waitFor(async () => (await system.query("select 1 from look_answer")).length === before + 1, 20_000);
      await page.locator(".samples-chosen").waitFor({ state: "detached" });
    }
    const answers = await system.query<{ answer: string; zone_id: string | null }>(
      "select answer, zone_id from look_answer order by created_at",
    );
    expect(answers.map(({ answer }) => answer)).toEqual(["nothing", "cannot_tell", "violation"]);
    expect(answers[2]?.zone_id).not.toBeNull();
    expect(await system.query("select 1 from clue")).toHaveLength(clues.length);
    const monitor = await open("monitor");
    await monitor.page.goto(`${system.url}/samples`);
    await monitor.page.locator(".missed li").first().waitFor();
    expect(await monitor.page.locator(".samples-judge").count()).toBe(0);
    expect([...errors, ...monitor.errors]).toEqual([]);
  });

  test("the page shows every figure with its table, calm with few items, and the workbook's cells are the answer's", async () => {
    const { page, errors, context } = await open("head");
    await page.goto(`${system.url}/statistics`);
    await page.locator(".figure svg").first().waitFor();
    const view = (await (await context.request.get(`${system.url}/api/statistics`)).json()) as StatisticsView;
    expect(view.outcomes.undecided).toBeGreaterThan(0);
    const rows = await page.locator(".figure").first().locator("tbody th").allInnerTexts();
    expect(rows).toEqual(["全部", ...view.precision.map(({ title }) => title.zh)]);
    await page.getByText("违法行为", { exact: true }).first().click();
    await waitFor(
      async () =>
        /\/statistics\?.*group=violation/.test(page.url()) && (await page.locator(".figures-old").count()) === 0,
      20_000,
    );
    for (const word of ["李技审", "周法审", "郑承办"])
      expect(await page.locator("main, .page").innerText()).not.toContain(word);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "导出 xlsx" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`statistics-${view.period.from}-${view.period.to}.xlsx`);
    const sheets = await readWorkbook((await download.path()) ?? "");
    const cells = (name: string) => sheets.find(({ sheet }) => sheet === name)?.data.slice(5) ?? [];
    expect(cells("准确度-摄像机").map((row) => row.slice(0, 6))).toEqual(
      view.precision.map(({ key, title, count, total, undecided, leftOut }) => [
        key,
        title.zh,
        count,
        total,
        undecided,
        leftOut,
      ]),
    );
    expect(cells("线索去向")).toEqual(view.states.map(({ state, title, count }) => [state, title.zh, count]));
    const { misses } = view;
    expect(cells("漏报估计")[0]?.slice(0, 5)).toEqual([
      misses.draws,
      misses.looks,
      misses.judged,
      misses.missed,
      misses.unclear,
    ]);
    expect(errors).toEqual([]);
  });
});
