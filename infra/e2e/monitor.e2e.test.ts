import { mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { demoClips } from "./demo-clips.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";
import { untilDemoDone } from "./until-demo-done.ts";

if (chromiumPath === undefined) console.warn("The monitoring centre: not tested, no Chromium was found");

describe.runIf(chromiumPath !== undefined)("the monitoring centre in a browser", () => {
  let system: RunningSystem;
  let person: Person;
  const inbox = mkdtempSync(join(tmpdir(), "mingcha-inbox-"));
  const outside: string[] = [];
  const sourceMark = ".mark:not(.mark-placed)";
  const sourceId = "watched-1";
  const sourceName = "值守路1号探头";

  beforeAll(async () => {
    // a bureau whose monitoring centre sorts flags before anybody reviews them
    system = await startSystem({ MINGCHA_PROFILE: "qingpu", MINGCHA_WATCH_DIR: inbox });
    await untilDemoDone(system);
    expect((await system.query("select 1 from clue where state = 'PRESCREEN'")).length).toBeGreaterThanOrEqual(3);
    person = await signInAs(system.url, "monitor", system.password);
    person.page.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith("http") && hostname !== "127.0.0.1") outside.push(request.url());
    });
  });
  afterAll(async () => {
    await person?.context.close();
    await system.stop();
    removeFolder(system.dataFolder);
    removeFolder(inbox);
  });

  /** The bundled shop, as another camera at another place: its bytes differ by an empty box at the end. */
  function feed(): void {
    const clip = demoClips().find(({ id }) => id === "shop-cross-door");
    if (clip === undefined) throw new Error("the bundled clip is missing");
    const box = Buffer.from([0, 0, 0, 12, 0x66, 0x72, 0x65, 0x65, 9, 9, 9, 9]);
    const scene = {
      ...clip.scene,
      source: { ...clip.scene.source, id: sourceId, name: sourceName, longitude: 121.527, latitude: 31.2305 },
      zones: clip.scene.zones.map((zone, nth) => ({ ...zone, place: `值守路${nth + 1}号门前` })),
      // the clip begins when it arrives: its rules hold at any hour
      rules: clip.scene.rules.map((rule) =>
        Object.fromEntries(Object.entries(rule).filter(([key]) => key !== "active")),
      ),
    };
    // both at once, as a folder that is moved in
    const folder = join(inbox, ".coming");
    mkdirSync(folder);
    writeFileSync(join(folder, "clip.mp4"), Buffer.concat([readFileSync(clip.file), box]));
    writeFileSync(join(folder, "scene.json"), JSON.stringify(scene));
    renameSync(folder, join(inbox, "watched"));
  }

  test("staff land there, and the map draws the streets with a mark for every source", async () => {
    const { page } = person;
    await page.waitForURL(`${system.url}/monitor`);
    await page.locator(".live-on").waitFor();
    await waitFor(async () => (await page.locator(sourceMark).count()) === 4, 30_000);
    await page.getByText("演示用虚构街道").waitFor();
    // something is drawn: the ground alone would be one colour
    await waitFor(async () => {
      const shot = await page.locator(".maplibregl-canvas").screenshot();
      return shot.length > 8_000;
    }, 30_000);
  });

  test("in the first view no mark lies under what covers the map's upper edge, whatever the wall of looks leaves of the map", async () => {
    const { page } = person;
    const bottomOf = async (selector: string): Promise<number> => {
      const box = await page.locator(selector).boundingBox();
      return box === null ? Number.NaN : box.y + box.height;
    };
    for (const language of ["English", "中文"]) {
      await page.getByRole("button", { name: language }).click();
      await page.reload();
      await page.locator(".look-picture img").first().waitFor({ timeout: 30_000 });
      await waitFor(async () => {
        const switches = await bottomOf(".monitor-map-switches");
        const marks = await page.locator(".maplibregl-marker").all();
        const tops = await Promise.all(marks.map(async (mark) => (await mark.boundingBox())?.y ?? Number.NaN));
        return tops.length >= 4 && tops.every((top) => top >= switches);
      }, 15_000);
    }
  });

  test("a clip fed while the page is open shows its flag without a reload, and it is discarded by keys with a reason", async () => {
    const { page } = person;
    await page.evaluate("window.sameDocument = true");
    feed();
    await page.getByText("值守路1号门前").first().waitFor({ timeout: 180_000 });
    await waitFor(async () => (await page.locator(sourceMark).count()) === 5, 30_000);
    expect(await page.evaluate("window.sameDocument")).toBe(true);
    const [clue] = await system.query<{ id: string }>("select id from clue where source_id = $1", [sourceId]);
    const row = page.locator(`#fresh-${clue?.id}`);
    // walked to by keys alone
    for (let step = 0; step < 30 && (await row.getAttribute("aria-current")) !== "true"; step++)
      await page.keyboard.press("j");
    expect(await row.getAttribute("aria-current")).toBe("true");
    await page.locator(`.mark-selected[title^='${sourceName}']`).waitFor();
    await page.keyboard.press("r");
    await page.getByRole("group", { name: "剔除理由" }).waitFor();
    await page.keyboard.press("2");
    const state = async () =>
      (
        await system.query<{ state: string; close_reason: string }>(
          "select state, close_reason from clue where id = $1",
          [clue?.id],
        )
      )[0];
    await waitFor(async () => (await state())?.state === "DISCARDED", 30_000);
    expect((await state())?.close_reason).toBe("light");
    await row.waitFor({ state: "detached" });
  });

  test("what arrives while somebody is at the list waits above it and moves nothing", async () => {
    const { page } = person;
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    const before = await page.locator(".flag-row").evaluateAll("rows => rows.map((row) => row.id)" as never);
    await system.query(
      `insert into flag (id, source_id, scene_id, rule_key, violation, zone_id, place, from_at, ordinal, to_at, ended, dwell_s, score, box_norm, intervals, trace, judge, model_id, model_sha256, updated_at)
       select gen_random_uuid(), source_id, scene_id, rule_key, violation, zone_id, '后到路1号', from_at, 77, to_at, ended, dwell_s, score, box_norm, intervals, trace, judge, model_id, model_sha256, now()
       from flag where source_id = 'cam-shop-12' limit 1`,
    );
    await page.getByRole("button", { name: /1 条新线索/ }).waitFor({ timeout: 30_000 });
    expect(await page.locator(".flag-row").evaluateAll("rows => rows.map((row) => row.id)" as never)).toEqual(before);
    await page.keyboard.press("n");
    await page.getByText("后到路1号").first().waitFor();
  });

  test("a source pressed on the map is found on the wall, a condition is filtered away, and the wall hides the header", async () => {
    const { page } = person;
    await page.keyboard.press("Escape");
    await page.locator(`.mark[title^='示例花园三期工地出入口']`).click();
    await page.locator(".look-selected", { hasText: "示例花园三期工地出入口" }).waitFor();
    await page.locator(".conditions button", { hasText: "无画面" }).click();
    await waitFor(async () => (await page.locator(sourceMark).count()) < 5, 10_000);
    await page.locator(".conditions button", { hasText: "无画面" }).click();
    await page.keyboard.press("f");
    await page.waitForURL(/wall=1/);
    await page.locator(".header").waitFor({ state: "hidden" });
    await page.keyboard.press("f");
    await page.locator(".header").waitFor();
  });

  test("a drone's flag lies at its computed place with its error and the way to its record, and can be hidden", async () => {
    const { page } = person;
    await page.keyboard.press("Escape");
    const places = await system.query<{ id: string }>(
      "select c.id from flag_place p join clue c on c.flag_id = p.flag_id where p.longitude is not null",
    );
    expect(places.length).toBeGreaterThan(0);
    const marks = page.locator(".mark-placed");
    await marks.first().waitFor();
    // a group is listed or parted by presses until one flag is in hand
    for (let press = 0; press < 4 && (await page.locator(".placed-card").count()) === 0; press++) {
      await marks.first().click();
      await page.waitForTimeout(800);
    }
    const card = page.locator(".placed-card");
    await card
      .getByText(/±\d+\.\d 米（起飞点与地面同高时 95%）/)
      .first()
      .waitFor();
    // the demonstration's flight says no other height than that above take-off
    await card.getByText("离地高度取自起飞点高度").first().waitFor();
    await card.getByText("不代替记录地点").waitFor();
    const href = await card.getByRole("link", { name: "查看记录" }).first().getAttribute("href");
    expect(places.map(({ id }) => `/clues/${id}`)).toContain(href);
    await card.getByRole("button", { name: "放大看误差" }).first().click();
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
    // what is placed counts no longer at the drone
    const drone = await page.locator(`${sourceMark}[title^='浦东新区示例南路 无人机巡查']`).getAttribute("title");
    expect(drone).toContain("线索 0");
    await page.locator(".placed-switch").click();
    await marks.first().waitFor({ state: "detached" });
    await page.locator(".placed-switch").click();
    await marks.first().waitFor();
    await page.keyboard.press("Escape");
  });

  test("when the database connection is cut the page says since when it is not live, and is live again by itself", async () => {
    const { page } = person;
    await page.evaluate(
      "window.pills = []; new MutationObserver(() => window.pills.push(document.querySelector('.live-pill').className)).observe(document.querySelector('.live-pill'), { attributes: true, attributeFilter: ['class'] })",
    );
    await system.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mingcha-changes'",
    );
    await waitFor(async () => ((await page.evaluate("window.pills")) as string[]).length >= 2, 30_000);
    const pills = (await page.evaluate("window.pills")) as string[];
    expect(pills[0]).toContain("live-off");
    expect(pills.at(-1)).toContain("live-on");
  });

  test("nothing was printed as an error and nothing was asked outside this machine", () => {
    expect(person.errors).toEqual([]);
    expect(outside).toEqual([]);
  });
});
