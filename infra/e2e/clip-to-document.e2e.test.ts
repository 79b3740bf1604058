import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { demoClips } from "./demo-clips.ts";
import { registerDevice } from "./register-device.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("The path in a browser: not tested, no Chromium was found");

/** Upload → flag → technical accept → legal accept by another person → case → notice, as the people themselves would do it. */
describe.runIf(chromiumPath !== undefined)("from an uploaded clip to a drafted notice, in a browser", () => {
  let system: RunningSystem;
  const people: Person[] = [];
  const place = "试验路8号门前";
  const sourceName = "试验路8号固定探头";
  let clueId = "";
  let waiting: Page;

  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system.stop();
    removeFolder(system.dataFolder);
  });
  async function signIn(login: string): Promise<Person> {
    const person = await signInAs(system.url, login, system.password);
    people.push(person);
    return person;
  }
  const clueState = async () =>
    (await system.query<{ state: string }>("select state from clue where id = $1", [clueId]))[0]?.state;

  test("a monitor registers a scene, uploads a clip and sees its flag appear by itself", async () => {
    const clip = demoClips().find(({ id }) => id === "shop-cross-door");
    if (clip === undefined) throw new Error("the bundled clip is missing");
    const folder = mkdtempSync(join(tmpdir(), "mingcha-upload-"));
    // Taken yesterday at ten, as its name says: a clip that tells no time is taken for one of now, and at night the rule of this scene rests.
    const yesterday = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" })
      .format(Date.now() - 86_400_000)
      .replaceAll("-", "");
    const file = join(folder, `${yesterday}_100000.mp4`);
    // The same pictures as the bundled clip, but other bytes at another place: a free box at the end of the file.
    writeFileSync(
      file,
      Buffer.concat([readFileSync(clip.file), Buffer.from([0, 0, 0, 12, 0x66, 0x72, 0x65, 0x65, 1, 2, 3, 4])]),
    );
    const scene = {
      ...clip.scene,
      source: { ...clip.scene.source, id: "trial-8", name: sourceName },
      zones: clip.scene.zones.map((zone, index) => ({ ...zone, place: index === 0 ? place : `${place}${index}` })),
    };
    const sceneFile = join(folder, "scene.json");
    writeFileSync(sceneFile, JSON.stringify(scene));

    const { page } = await signIn("monitor");
    await page.goto(`${system.url}/upload`);
    await page.locator("input[type=file][accept*=json]").setInputFiles(sceneFile);
    await waitFor(
      async () => (await system.query("select 1 from scene where source_id = 'trial-8'")).length === 1,
      15_000,
    );
    await page.reload();
    await page.locator("#upload-source").click();
    await page.locator("#upload-source").fill(sourceName);
    // the sources may still be on their way
    await page.locator(".ant-select-item-option").filter({ hasText: sourceName }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator("input[type=file][aria-label='选择文件']").setInputFiles(file);
    await waitFor(
      async () => (await system.query("select 1 from flag where source_id = 'trial-8' and ended")).length > 0,
      120_000,
      system.output,
    );
    const flags = await system.query("select id from flag where source_id = 'trial-8'");
    expect(flags).toHaveLength(clip.truth.violations.length);
    await waitFor(async () => {
      const rows = await system.query<{ id: string }>(
        "select c.id from clue c join flag f on f.id = c.flag_id where c.source_id = 'trial-8' and f.evidence_to is not null",
      );
      clueId = rows[0]?.id ?? "";
      return clueId !== "";
    }, 60_000);
    const stored = await system.query<{ sha256: string }>("select sha256 from clip where source_id = 'trial-8'");
    expect(stored).toHaveLength(1);
  });

  test("until the camera's own reviews, sign and publication are on record nobody can pass what it recorded", async () => {
    const { page } = await signIn("tech");
    await page.goto(`${system.url}/clues/${clueId}`);
    await page.getByRole("radiogroup").first().waitFor();
    for (const key of ["1", "2", "3", "4", "5", "6", "7"]) await page.keyboard.press(key);
    await page.keyboard.press("a");
    await page
      .getByText(/拍摄时设备缺少有效的/)
      .first()
      .waitFor();
    waiting = page;
    expect(await clueState()).toBe("TECH_REVIEW");
    const [row] = await system.query<{ started_at: Date }>("select started_at from clip where source_id = 'trial-8'");
    await registerDevice(system, "trial-8", row?.started_at ?? new Date());
  });

  test("a technical reviewer accepts it with keys alone, and is refused as legal reviewer by the server", async () => {
    const { page, context } = await signIn("both");
    await page.goto(`${system.url}/clues/${clueId}`);
    // the other reviewer still has it open; it is free once they leave
    await page.getByText(/李技审正在处理该记录/).waitFor();
    await waiting.goto(`${system.url}/`);
    // given back by a request of its own: a page that asks before it keeps the keys for nobody
    await waitFor(
      async () =>
        (
          await system.query(
            "select 1 from clue where id = $1 and leased_by is distinct from (select id from person where login = 'tech')",
            [clueId],
          )
        ).length === 1,
      20_000,
    );
    await page.reload();
    await page.getByRole("button", { name: /通过/ }).first().waitFor();
    await page.getByRole("radiogroup").first().waitFor();
    // The policy allows one person both lists at once for this violation; here the two reviews stay two.
    await page.getByText("仅作技术审核", { exact: true }).click();
    for (const key of ["1", "2", "3", "4", "5", "6", "7"]) await page.keyboard.press(key);
    await page.keyboard.press("a");
    await waitFor(
      async () => (await clueState()) === "LEGAL_REVIEW",
      20_000,
      async () => (await clueState()) ?? "",
    );
    const [{ version } = { version: 0 }] = await system.query<{ version: number }>(
      "select version from clue where id = $1",
      [clueId],
    );
    const checklist = ["competence", "listed", "elements", "party", "leniency"].map((id) => ({ id, answer: "pass" }));
    const answer = await context.request.post(`${system.url}/api/clues/${clueId}/events`, {
      headers: { "x-mingcha": "1" },
      data: { event: "legal_pass", version, checklist },
    });
    expect(answer.status()).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "GUARD_REFUSED", guard: "G-08" });
    expect(await clueState()).toBe("LEGAL_REVIEW");
  });

  test("another person accepts it for the law", async () => {
    const { page } = await signIn("legal");
    await page.goto(`${system.url}/clues/${clueId}`);
    await page.getByRole("radiogroup").first().waitFor();
    for (const key of ["1", "2", "3", "4", "5"]) await page.keyboard.press(key);
    await page.keyboard.press("a");
    await waitFor(
      async () => (await clueState()) === "ADMISSIBLE",
      20_000,
      async () => (await clueState()) ?? "",
    );
  });

  test("a handler files it with a second officer and downloads the notice as PDF and .docx", async () => {
    const { page } = await signIn("handler1");
    await page.goto(`${system.url}/clues/${clueId}`);
    // Pudong: dissuaded and ordered to correct first; the page says so where somebody would go straight on
    await page.getByText(/尚未劝阻并责令改正/).waitFor();
    await page.keyboard.press("d");
    const form = page.getByRole("region", { name: "劝阻并责令改正" });
    await form.getByText("当面", { exact: true }).click();
    await form.getByLabel("电话号码或当面对象").fill("店主");
    await form.getByRole("spinbutton").fill("0");
    await form.getByLabel("电话号码或当面对象").press("Enter");
    await waitFor(async () => (await clueState()) === "DISSUADED", 20_000);
    await page.getByRole("button", { name: "复查未改正，进入立案准备" }).waitFor();
    await page.keyboard.press("f");
    await page.getByRole("textbox", { name: "说明" }).fill("到期复查，物品仍在门线外");
    await page.keyboard.press("Control+Enter");
    await waitFor(async () => (await clueState()) === "READY_TO_FILE", 20_000);
    await page.goto(`${system.url}/clues/${clueId}`);
    await page.getByRole("button", { name: /^立\s*案$/ }).waitFor();
    await page.keyboard.press("f");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("王承办").click();
    await dialog.getByRole("button", { name: /立\s*案/ }).click();
    await page.waitForURL(/\/cases\/[0-9a-f-]+/);
    expect(await clueState()).toBe("FILED");

    const row = page.getByRole("listitem").filter({ hasText: "行政处罚事先告知书" });
    await row.getByRole("button", { name: /起\s*草/ }).click();
    const pdf = row.getByRole("link", { name: "PDF" });
    await pdf.waitFor();
    const bytesOf = async (name: string) => {
      const href = await row.getByRole("link", { name }).getAttribute("href");
      return (await page.context().request.get(new URL(href ?? "", system.url).href)).body();
    };
    expect((await bytesOf("PDF")).subarray(0, 5).toString()).toBe("%PDF-");
    expect((await bytesOf("DOCX")).subarray(0, 2).toString()).toBe("PK");
    await page.getByText("待填").or(page.locator(".case-blank")).first().waitFor();
  });

  test("an auditor finds the whole way in the custody log, unbroken", async () => {
    const { context } = await signIn("auditor");
    const get = async (path: string) => (await context.request.get(`${system.url}${path}`)).json();
    const { items } = await get(`/api/custody?subject=clue:${clueId}&limit=200`);
    const moved = items
      .filter((item: { action: string }) => item.action === "clue.moved")
      .map((item: { detail: { event: string } }) => item.detail.event);
    expect(moved.reverse()).toEqual(["tech_pass", "legal_pass", "dissuade", "not_corrected", "file"]);
    const check = await context.request.post(`${system.url}/api/custody/check`, { headers: { "x-mingcha": "1" } });
    expect(await check.json()).toMatchObject({ intact: true });
  });

  test("no page printed an error on the way", () => {
    expect(people.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
