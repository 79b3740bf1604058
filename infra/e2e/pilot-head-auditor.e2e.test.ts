import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { answered } from "./day-of-work.ts";
import { demoClips } from "./demo-clips.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("The days of pilot, head and auditor: not tested, no Chromium was found");

const titles = async ({ page }: Person): Promise<string[]> =>
  (await page.locator(".header-nav > *").allInnerTexts()).map((title) => title.trim());

describe.runIf(chromiumPath !== undefined)("three days at the edges of the work", () => {
  let system: RunningSystem;
  const people: Person[] = [];
  const open = async (login: string): Promise<Person> => {
    const person = await signInAs(system.url, login, system.password);
    people.push(person);
    return person;
  };
  const post = async (person: Person, path: string, data: object): Promise<{ status: number; body: unknown }> => {
    const answer = await person.context.request.post(`${system.url}${path}`, { headers: { "x-mingcha": "1" }, data });
    return { status: answer.status(), body: await answer.json() };
  };
  const clueOf = async (where: string) =>
    (
      await system.query<{ id: string; state: string; version: number; place: string }>(
        `select c.id, c.state::text, c.version, c.place from clue c join flag f on f.id = c.flag_id where f.evidence_to is not null and ${where}`,
      )
    )[0];

  beforeAll(async () => {
    system = await startSystem();
    await waitFor(async () => (await clueOf("c.source_id = 'cam-shop-12'")) !== undefined, 240_000, system.output);
    await waitFor(async () => (await clueOf("c.source_id = 'cam-market-3'")) !== undefined, 120_000, system.output);
    await waitFor(
      async () => (await system.query("select 1 from device_record where source_id = 'cam-shop-12'")).length > 0,
      60_000,
    );
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system.stop();
    removeFolder(system.dataFolder);
  });

  test("a pilot brings a flight from a memory card, states why it was lawful, sees what came of it, and opens no record", async () => {
    const pilot = await open("pilot");
    const { page } = pilot;
    await page.waitForURL(/\/upload$/);
    expect(await titles(pilot)).toEqual(["上传", "运行状态"]);

    const clip = demoClips().find(({ id }) => id === "drone-pass");
    if (clip === undefined) throw new Error("the bundled flight is missing");
    const card = mkdtempSync(join(tmpdir(), "mingcha-card-"));
    // the bundled flight flown again a day later: other bytes, other times
    const spare = Buffer.from([0, 0, 0, 12, 0x66, 0x72, 0x65, 0x65, 1, 2, 3, 4]);
    writeFileSync(join(card, "DJI_0007.mp4"), Buffer.concat([readFileSync(clip.file), spare]));
    const telemetry = readFileSync(clip.file.replace(/\.mp4$/, ".SRT"), "utf8");
    writeFileSync(join(card, "DJI_0007.SRT"), telemetry.replaceAll("2026-11-20", "2026-11-21"));
    await page.locator("#upload-source").click();
    await page.locator("#upload-source").fill("无人机巡查");
    await page.locator(".ant-select-item-option").filter({ hasText: "无人机巡查" }).waitFor();
    await page.keyboard.press("Enter");
    await page
      .locator("input[type=file][aria-label='选择文件']")
      .setInputFiles([join(card, "DJI_0007.mp4"), join(card, "DJI_0007.SRT")]);

    // both have arrived whole before anybody leaves the page
    for (const name of ["DJI_0007.mp4", "DJI_0007.SRT"])
      await page.getByRole("row").filter({ hasText: name }).waitFor({ timeout: 60_000 });

    const flight = page.locator(".flight").filter({ hasText: "2026-11-21" });
    await waitFor(
      async () => {
        if ((await flight.count()) === 1) return true;
        await page.reload();
        await page.locator(".flight").first().waitFor();
        return (await flight.count()) === 1;
      },
      120_000,
      system.output,
    );
    await flight.getByText("飞手尚未填报飞行事实").waitFor();
    await flight.getByRole("button", { name: /填\s*报/ }).click();
    const form = page.getByRole("dialog");
    const state = form.getByRole("button", { name: /填\s*报/ });
    expect(await state.isDisabled()).toBe(true);
    await form.getByLabel("登记标志").fill("UAS0123456");
    await form.getByLabel("运营人").fill("演示执法中队");
    await form.getByLabel("无需批准的理由").fill("适飞空域内目视飞行");
    await form.getByLabel("最大真高（米，可空）").fill("180");
    await state.click();
    // what the pilot states against themself is shown as what it is
    await flight.getByText("真高 180 米，超过 120 米").waitFor();
    await flight.getByRole("button", { name: /补\s*报/ }).click();
    await form.getByLabel("最大真高（米，可空）").fill("");
    await state.click();
    await flight.getByText("已具备").waitFor();
    await flight.getByText(/孙飞手 于 .* 填报（第 2 次）/).waitFor();

    await waitFor(
      async () => {
        await page.reload();
        const row = page.getByRole("row").filter({ hasText: "DJI_0007.mp4" });
        await row.first().waitFor();
        return (await row.getByText("已识别").count()) === 1;
      },
      180_000,
      system.output,
    );
    let made = "";
    await waitFor(
      async () => {
        made = (await clueOf("c.source_id = 'drone-1' and c.from_at > '2026-11-21'"))?.id ?? "";
        return made !== "";
      },
      60_000,
      system.output,
    );
    for (const path of [`/api/clues/${made}`, "/api/clues", "/api/custody", "/api/statistics", "/api/objects"])
      expect((await pilot.context.request.get(`${system.url}${path}`)).status(), path).toBe(403);
    expect(pilot.errors).toEqual([]);
    // one flight, every list: what was found on it is shown where it stands, and the pilot answers with its picture
    await page.goto(`${system.url}/upload`);
    await flight.getByRole("link", { name: /航迹与覆盖/ }).click();
    await page.getByRole("heading", { name: /2026-11-21 .*飞行/ }).waitFor();
    await waitFor(
      async () => {
        if ((await page.locator(".ground-flags button").count()) === 1) return true;
        await page.reload();
        await page.locator(".ground-side").waitFor();
        return (await page.locator(".ground-flags button").count()) === 1;
      },
      60_000,
      system.output,
    );
    await page.locator(".ground-flags button").click();
    await page.locator(".ground-picture .ground-box").waitFor();
    const widthOf = () =>
      page
        .locator(".ground-picture img")
        .evaluate((image: unknown) => (image as { naturalWidth: number }).naturalWidth);
    await waitFor(async () => (await widthOf()) === 1_280, 30_000, system.output);
    await page.locator(".ground-mark[aria-pressed=true]").waitFor();
    expect(await page.getByRole("link", { name: "查看记录" }).count()).toBe(0);
    await page.getByRole("textbox", { name: "占道设摊：说明" }).fill("三轮车一辆");
    await page.getByLabel("占道设摊：填写结果").getByText("发现").click();
    await page.getByText(/检查清单（已查 1\//).waitFor();
    await page.getByText(/孙飞手 .* · 三轮车一辆/).waitFor();
    const [said] = await system.query<{ answer: string; check_id: string; offset_ms: number | null }>(
      "select answer, check_id, offset_ms from flight_check_answer",
    );
    expect(said).toMatchObject({ answer: "found", check_id: "stall" });
    expect(said?.offset_ms).not.toBeNull();
    expect(pilot.errors).toEqual([]);
  });

  test("the head finds what waits, approves one closing and refuses another with words, decides a recusal, and files nothing", async () => {
    const closing = await clueOf("c.source_id = 'cam-shop-12'");
    const recused = await clueOf("c.source_id = 'cam-market-3' and c.state = 'TECH_REVIEW'");
    if (closing === undefined || recused === undefined) throw new Error("the demo's records are missing");
    const pass = async (person: Person, event: string, questions: readonly { id: string }[]) => {
      const now = await clueOf(`c.id = '${closing.id}'`);
      const checklist = answered(questions);
      const moved = await post(person, `/api/clues/${closing.id}/events`, { event, version: now?.version, checklist });
      expect(moved.body).toMatchObject({ state: expect.any(String) });
    };
    const tech = await open("tech");
    await pass(tech, "tech_pass", technicalQuestions);
    await pass(await open("legal"), "legal_pass", legalQuestions);
    const handler = await open("handler1");
    const propose = async () => {
      const now = await clueOf(`c.id = '${closing.id}'`);
      const answer = await post(handler, `/api/clues/${closing.id}/events`, {
        event: "propose_close",
        version: now?.version,
        reasonCode: "minor",
      });
      expect(answer.body).toMatchObject({ state: "CLOSE_PROPOSED" });
    };
    await propose();
    const me = (await (await tech.context.request.get(`${system.url}/api/session`)).json()) as {
      person: { id: string };
    };
    const raised = await post(tech, `/api/clues/${recused.id}/recusals`, {
      personId: me.person.id,
      reasonCode: "relative",
      note: "摊主是表亲",
    });
    expect(raised.status).toBe(200);

    const head = await open("head");
    const { page } = head;
    await page.getByRole("tab", { name: /可作证据/ }).click();
    await page.getByRole("listitem").filter({ hasText: closing.place }).click();
    await page.getByRole("button", { name: /不批准，应当立案/ }).waitFor();
    await page.keyboard.press("r");
    await page.getByRole("textbox", { name: "说明" }).fill("占用通行道，不属轻微");
    await page.keyboard.press("Control+Enter");
    await waitFor(async () => (await clueOf(`c.id = '${closing.id}'`))?.state === "READY_TO_FILE", 20_000);
    const ready = await clueOf(`c.id = '${closing.id}'`);
    const filed = await post(head, `/api/clues/${closing.id}/events`, { event: "file", version: ready?.version });
    expect([400, 403]).toContain(filed.status);
    await propose();
    await page.goto(`${system.url}/clues/${closing.id}`);
    await page.getByRole("button", { name: /^批准不立案/ }).waitFor();
    await page.keyboard.press("a");
    await waitFor(async () => (await clueOf(`c.id = '${closing.id}'`))?.state === "CLOSED_NO_PENALTY", 20_000);

    await page.getByRole("button", { name: /管理/ }).click();
    await page.getByRole("link", { name: "人员" }).click();
    const recusal = page.locator(".recusal").filter({ hasText: "摊主是表亲" });
    await recusal.getByRole("button", { name: /决\s*定/ }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /决\s*定|确\s*定/ })
      .click();
    await waitFor(
      async () => (await system.query("select 1 from recusal_decision where result = 'approved'")).length === 1,
      20_000,
    );
    await page.getByRole("button", { name: /质量/ }).click();
    await page.getByRole("link", { name: "统计" }).click();
    await page.locator(".figure").first().waitFor();
    expect(head.errors).toEqual([]);
  });

  test("an auditor follows one record through log, figures and draws, finds nothing to press on it, and is refused every step by the server", async () => {
    const auditor = await open("auditor");
    const { page, context } = auditor;
    const closed = await clueOf("c.state = 'CLOSED_NO_PENALTY'");
    if (closed === undefined) throw new Error("the record the head closed is missing");
    const names = await titles(auditor);
    expect(names).toContain("审核队列");
    expect(names).not.toContain("上传");

    await page.goto(`${system.url}/clues/${closed.id}`);
    await page.locator(".item-head").waitFor();
    await page.getByText("改正不罚").first().waitFor();
    expect(await page.locator(".verdict").count()).toBe(0);
    await page.keyboard.press("a");
    await page.keyboard.press("b");
    for (const [path, body] of [
      [`/api/clues/${closed.id}/events`, { event: "review_again", version: closed.version, note: "重审" }],
      [`/api/clues/${closed.id}/recusals`, { personId: closed.id, reasonCode: "relative", note: "x" }],
    ] as const) {
      const { status, body: said } = await post(auditor, path, body);
      expect([403, 400], path).toContain(status);
      expect(said, path).toMatchObject({ zh: expect.stringMatching(/./), en: expect.stringMatching(/./) });
    }
    // whoever only reads keeps nobody else from a record
    expect((await post(auditor, `/api/clues/${closed.id}/lease`, {})).body).toEqual({ until: null, takenBy: null });
    expect(await clueOf(`c.id = '${closed.id}'`)).toEqual(closed);

    await page.goto(`${system.url}/custody`);
    await page.getByRole("button", { name: "核验链条" }).click();
    await page.getByText(/链条完整：\d+ 条记录逐一相符/).waitFor();
    await page.getByRole("searchbox").fill(`clue:${closed.id}`);
    await page.keyboard.press("Enter");
    // who proposed, who refused, who approved: three people's steps, each with its name
    for (const name of ["郑承办", "冯局长"]) await page.getByRole("cell", { name }).first().waitFor();

    await page.goto(`${system.url}/statistics`);
    await page.locator(".figure").first().waitFor();
    const sheet = await context.request.get(`${system.url}/api/statistics.xlsx`);
    expect((await sheet.body()).subarray(0, 2).toString()).toBe("PK");
    await page.goto(`${system.url}/second-looks`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
    const draws = await context.request.get(`${system.url}/api/second-looks/draws?day=${today}`);
    expect(draws.status()).toBe(200);
    expect(auditor.errors).toEqual([]);
  });
});
