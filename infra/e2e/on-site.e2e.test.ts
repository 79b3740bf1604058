import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { takePhoto } from "../src/testing/take-photo.ts";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("On-site check in a browser: not tested, no Chromium was found");

const phone = { width: 390, height: 844 };

/** A drone's record → two reviews → two officers on two phones, one of them without a network for a while → verified → filed. */
describe.runIf(chromiumPath !== undefined)("from a drone's record to a case, by way of the place", () => {
  let system: RunningSystem;
  const people: Person[] = [];
  const officers = {} as Record<"handler1" | "handler2", Person>;
  let clueId = "";
  const folder = mkdtempSync(join(tmpdir(), "mingcha-camera-"));
  let taken = 0;

  beforeAll(async () => {
    system = await startSystem();
    await waitFor(
      async () => {
        const rows = await system.query<{ id: string }>(
          "select c.id from clue c join flag f on f.id = c.flag_id where c.source_id = 'drone-1' and f.evidence_to is not null",
        );
        clueId = rows[0]?.id ?? "";
        return clueId !== "";
      },
      300_000,
      system.output,
    );
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system.stop();
    removeFolder(system.dataFolder);
    removeFolder(folder);
  });

  async function signIn(login: string): Promise<Person> {
    const person = await signInAs(system.url, login, system.password);
    people.push(person);
    return person;
  }
  const clueState = async () =>
    (await system.query<{ state: string }>("select state from clue where id = $1", [clueId]))[0]?.state;
  const photosStored = async () =>
    (await system.query("select 1 from on_site_photo where withdrawn_at is null")).length;
  const reaches = (state: string) =>
    waitFor(
      async () => (await clueState()) === state,
      20_000,
      async () => (await clueState()) ?? "",
    );
  /** The camera gives a picture. */
  async function shoot(page: Page, name: string): Promise<void> {
    const file = join(folder, `${++taken}.jpg`);
    writeFileSync(file, await takePhoto("2026:11:28 10:00:00"));
    await page.getByLabel(name, { exact: true }).setInputFiles(file);
  }
  /** What the server says to a step that the page does not offer. */
  async function tryStep(person: Person, event: string): Promise<unknown> {
    const [{ version } = { version: 0 }] = await system.query<{ version: number }>(
      "select version from clue where id = $1",
      [clueId],
    );
    const [one, two] = await system.query<{ id: string }>(
      "select id from person where login in ('handler1', 'handler2') order by login",
    );
    const answer = await person.context.request.post(`${system.url}/api/clues/${clueId}/events`, {
      headers: { "x-mingcha": "1" },
      data: { event, version, handlerIds: [one?.id, two?.id] },
    });
    return answer.json();
  }

  test("both reviews pass it, and it still leads to no case: the pictures of a drone are a clue", async () => {
    for (const [login, keys] of [
      ["tech", "1234567"],
      ["legal", "12345"],
    ] as const) {
      const { page } = await signIn(login);
      await page.goto(`${system.url}/clues/${clueId}`);
      await page.getByRole("radiogroup").first().waitFor();
      for (const key of keys) await page.keyboard.press(key);
      await page.keyboard.press("a");
      await reaches(login === "tech" ? "LEGAL_REVIEW" : "ADMISSIBLE");
      await page.goto(`${system.url}/`);
    }
    officers.handler1 = await signIn("handler1");
    officers.handler2 = await signIn("handler2");
    expect(await tryStep(officers.handler1, "ready")).toMatchObject({ code: "GUARD_REFUSED", guard: "G-09" });
    expect(await tryStep(officers.handler1, "file")).toMatchObject({ code: "NO_SUCH_STEP" });
  });

  test("a handler sends two officers, and it appears on the phone of each", async () => {
    const { page } = officers.handler1;
    await page.goto(`${system.url}/clues/${clueId}`);
    await page.getByRole("button", { name: "派员现场核查" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("王承办").click();
    await dialog.getByRole("button", { name: "派员现场核查" }).click();
    await reaches("ON_SITE_CHECK");
    expect(await tryStep(officers.handler1, "confirm_on_site")).toMatchObject({ guard: "H-05" });
    await page.goto(`${system.url}/`);
    for (const { page: screen, context } of Object.values(officers)) {
      await context.grantPermissions(["geolocation"], { origin: system.url });
      await context.setGeolocation({ longitude: 121.5205, latitude: 31.2301, accuracy: 9 });
      await screen.setViewportSize(phone);
      await screen.goto(`${system.url}/on-site`);
      await screen.locator(".os-card").click();
      await screen.getByText(/往/).first().waitFor();
    }
  });

  test("one officer loses the network: the photos stay on the phone, through a closed tab, and arrive by themselves", async () => {
    const { page } = officers.handler1;
    await shoot(page, "拍全景");
    await waitFor(async () => (await photosStored()) === 1, 20_000);
    const { context, page: lost } = officers.handler2;
    await context.setOffline(true);
    await lost.getByText("没有网络，可以继续拍照").waitFor();
    await shoot(lost, "拍近景");
    await lost.getByText(/没有网络：1 张照片已保存在本机/).waitFor();
    await shoot(lost, "拍全景");
    await lost.getByText(/没有网络：2 张照片已保存在本机/).waitFor();
    expect(await photosStored()).toBe(1);
    // the tab is closed with both photos on the phone alone
    await lost.close();
    await context.setOffline(false);
    const again = await context.newPage();
    again.on("console", (message) => message.type() === "error" && officers.handler2.errors.push(message.text()));
    again.on("pageerror", (error) => officers.handler2.errors.push(error.message));
    officers.handler2 = { ...officers.handler2, page: again };
    await again.setViewportSize(phone);
    await again.goto(`${system.url}/on-site/${clueId}`);
    await waitFor(async () => (await photosStored()) === 3, 30_000);
    await again.getByText("已送达").nth(2).waitFor();
    await waitFor(async () => !(await again.locator(".os-sync").isVisible()), 10_000);
  });

  test("what one writes is what both sign; a photo after the first name undoes it", async () => {
    const { page } = officers.handler1;
    await page.getByRole("button", { name: "我已到达现场" }).click();
    await page.getByText("核查属实", { exact: true }).click();
    await page.getByLabel("现场情况").fill("人行道上有流动摊位一处，占地约2平方米");
    await page.getByText("在场，未表明身份", { exact: true }).click();
    await page.getByText(/已出示执法证件/).click();
    await page.getByText("已告知其权利").click();
    await page.getByLabel("当事人所述").fill("马上就走");
    // a phone that goes off keeps the words
    page.once("dialog", (dialog) => void dialog.accept());
    await page.reload();
    await page.getByText("人行道上有流动摊位一处").waitFor();
    expect(await page.getByRole("button", { name: "郑承办 签名" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: /保\s*存/ }).click();
    await page.getByRole("button", { name: "已保存" }).waitFor();
    await page.getByRole("button", { name: "郑承办 签名" }).click();
    await page
      .getByText(/已签名/)
      .first()
      .waitFor();
    expect(await tryStep(officers.handler1, "confirm_on_site")).toMatchObject({ guard: "H-05" });

    const { page: other } = officers.handler2;
    await shoot(other, "拍近景");
    await waitFor(async () => (await photosStored()) === 4, 20_000);
    await other.getByText("已送达").nth(3).waitFor();
    await page.getByText(/此前的签名不再有效/).waitFor();
    for (const [screen, name] of [
      [page, "郑承办"],
      [other, "王承办"],
    ] as const) {
      await waitFor(async () => screen.getByRole("button", { name: `${name} 签名` }).isEnabled(), 15_000);
      await screen.getByRole("button", { name: `${name} 签名` }).click();
      await screen
        .getByText(/\d 已签名/)
        .first()
        .waitFor();
    }
    await other.getByText("两人已签名").waitFor();
    expect(await clueState()).toBe("ON_SITE_CHECK");
  });

  test("one of them takes the step: the record is verified, the party is told to correct on the spot", async () => {
    const { page } = officers.handler2;
    await page.getByRole("button", { name: "两名执法人员现场核实" }).click();
    await reaches("VERIFIED");
    await page.getByLabel("当面对象").fill("摊主");
    await page.getByLabel("改正期限（分钟）").fill("0");
    await page.getByRole("button", { name: "劝阻并责令改正" }).click();
    await reaches("DISSUADED");
  });

  test("it is filed, with the photos among its evidence and the record of the inspection drafted from what both signed", async () => {
    const { page } = officers.handler1;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${system.url}/clues/${clueId}`);
    await page
      .getByRole("region", { name: "现场核查" })
      .or(page.getByRole("heading", { name: "现场核查" }))
      .first()
      .waitFor();
    await page.getByRole("button", { name: "复查未改正，进入立案准备" }).click();
    await page.getByRole("textbox", { name: "说明" }).fill("到期复查，摊位仍在");
    await page.keyboard.press("Control+Enter");
    await reaches("READY_TO_FILE");
    await page.goto(`${system.url}/clues/${clueId}`);
    await page.getByRole("button", { name: /^立\s*案$/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("王承办").click();
    await dialog.getByRole("button", { name: /立\s*案/ }).click();
    await page.waitForURL(/\/cases\/[0-9a-f-]+/);
    expect(await clueState()).toBe("FILED");
    await page.getByText("到现场核查，结论：核查属实").first().waitFor();
    await page.locator(".onsite-photos > li").nth(3).waitFor();
    expect(await page.locator(".onsite-photos > li").count()).toBe(4);
    const row = page.getByRole("listitem").filter({ hasText: "现场检查（勘验）笔录" });
    await row.getByRole("button", { name: /起\s*草/ }).click();
    const href = await row.getByRole("link", { name: "PDF" }).getAttribute("href");
    const pdf = await (await page.context().request.get(new URL(href ?? "", system.url).href)).body();
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  });

  test("the chain of custody holds, and no page printed an error but for the network that was gone", async () => {
    const { context } = await signIn("auditor");
    const check = await context.request.post(`${system.url}/api/custody/check`, { headers: { "x-mingcha": "1" } });
    expect(await check.json()).toMatchObject({ intact: true });
    const errors = people.flatMap((person) => person.errors);
    expect(errors.filter((text) => !text.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
  });
});
