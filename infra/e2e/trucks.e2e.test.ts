import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("Muck trucks: not tested, no Chromium was found");

describe.runIf(chromiumPath !== undefined)("muck trucks", () => {
  let system: RunningSystem;
  const people: Person[] = [];
  const enter = async (login: string) => {
    const person = await signInAs(system.url, login, system.password);
    people.push(person);
    return person;
  };
  const lead = async (rule: string) =>
    (
      await system.query<{ id: string; plate: string; state: string; at: Date; reason_code: string | null }>(
        "select id, plate, state, at, reason_code from truck_lead where rule = $1",
        [rule],
      )
    )[0];

  beforeAll(async () => {
    system = await startSystem();
    await waitFor(
      async () => (await lead("NO_TIPPING_ENTRY")) !== undefined && (await lead("WASH_FAIL")) !== undefined,
      240_000,
      system.output,
    );
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system.stop();
    removeFolder(system.dataFolder);
  });

  test("a file is shown with what is wrong before it is imported, and the entry in it answers a finding", async () => {
    const found = await lead("NO_TIPPING_ENTRY");
    const at = new Date((found?.at.getTime() ?? 0) + 45 * 60_000).toISOString();
    const rows = ["号牌,进场时间,消纳场,净重", `${found?.plate},${at},演示消纳场一,17.5`, "沪A1,昨天,演示消纳场一,1"];
    const { page, errors } = await enter("handler1");
    await page.goto(`${system.url}/trucks?tab=imports`);
    await page.getByRole("combobox", { name: "种类" }).click();
    await page.locator(".ant-select-item-option", { hasText: "消纳点入场记录" }).click();
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "消纳点.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) });
    await page.getByText("不是登记机关核发的号牌号码").waitFor();
    await page.getByText("时间无法识别").waitFor();
    expect(await system.query("select 1 from truck_file where name = '消纳点.csv'")).toHaveLength(0);
    await page.getByRole("button", { name: "导入（1）" }).click();
    await page.getByText("已导入：新记录 1 行，已有 0 行，有误未导入 1 行。").waitFor();
    await waitFor(async () => (await lead("NO_TIPPING_ENTRY"))?.state === "LAPSED", 60_000, system.output);
    await page.goto(`${system.url}/trucks?state=LAPSED`);
    await page.getByRole("heading", { name: "未到消纳点" }).waitFor();
    expect(errors).toEqual([]);
  });

  test("an officer looks at a finding's trip and rows, and discards it with a reason, by keyboard alone", async () => {
    const { page, errors } = await enter("handler2");
    const found = await lead("WASH_FAIL");
    await page.goto(`${system.url}/trucks?rule=WASH_FAIL`);
    await page.getByRole("link", { name: "查看行程" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("出口记录为未冲洗。").waitFor();
    await page.getByText(/demo-gate_pass\.csv 第 \d+ 行/).waitFor();
    await page.goBack();
    await page.getByRole("button", { name: `排除: 带泥出场 ${found?.plate}` }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: /排\s*除/ }).isDisabled()).toBe(true);
    await dialog.getByRole("combobox").focus();
    await page.keyboard.press("ArrowDown");
    await page.locator(".ant-select-item-option", { hasText: "设备故障或未上传" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await dialog.getByRole("textbox", { name: "说明" }).fill("冲洗机停电");
    await dialog.getByRole("button", { name: /排\s*除/ }).focus();
    await page.keyboard.press("Enter");
    await waitFor(async () => (await lead("WASH_FAIL"))?.state === "DISCARDED", 20_000);
    expect((await lead("WASH_FAIL"))?.reason_code).toBe("device_fault");
    await page.goto(`${system.url}/trucks?state=DISCARDED`);
    await page.getByText("冲洗机停电").waitFor();
    expect(errors).toEqual([]);
  });

  test("a permit with a route that cannot be read is not saved; with one that can it stands on the map", async () => {
    const { page, errors } = await enter("head");
    await page.goto(`${system.url}/objects?kind=disposal`);
    await page.getByRole("button", { name: "新建" }).click();
    const dialog = page.getByRole("dialog");
    const values = {
      许可证号: "核对〔2026〕9号",
      工地: "演示工地一",
      消纳点: "演示堆场二",
      有效期起: "2026-01-01",
      有效期止: "2099-12-31",
      开始时间: "00:00",
      结束时间: "24:00",
      运输路线: "从工地到堆场",
      "走廊宽度（米）": "80",
    };
    for (const [title, value] of Object.entries(values)) {
      // a field that is needed has a star before its name
      await dialog.getByRole("textbox", { name: new RegExp(`^(\\* )?${title.replace(/[（）]/g, ".")}$`) }).fill(value);
    }
    await dialog.getByRole("button", { name: /保\s*存/ }).click();
    await dialog.getByText("路线无法识别", { exact: false }).waitFor();
    await dialog
      .getByRole("textbox", { name: "运输路线", exact: true })
      .fill("LINESTRING (121.5312 31.2275, 121.5161 31.2219)");
    await dialog.getByRole("button", { name: /保\s*存/ }).click();
    await page.getByRole("heading", { name: "核对〔2026〕9号" }).waitFor();
    await page.goto(`${system.url}/trucks?tab=register`);
    await page.getByRole("link", { name: "核对〔2026〕9号" }).waitFor();
    expect(errors).toEqual([]);
  });

  test("the monitoring map shows projects, problems and routes when they are switched on, and remembers it", async () => {
    const { page, errors } = await enter("monitor");
    await page.goto(`${system.url}/monitor`);
    const marks = page.getByRole("img", { name: /^(出土工地|消纳点)：/ });
    await page.getByRole("button", { name: "项目", exact: true }).click();
    await marks.first().waitFor();
    expect(await marks.count()).toBe(3);
    await page.getByRole("button", { name: "问题", exact: true }).click();
    await page
      .getByRole("img", { name: /条待处理疑点/ })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "运输路线", exact: true }).click();
    await page.reload();
    await marks.first().waitFor();
    const pressed = await page.getByRole("button", { name: "运输路线", exact: true }).getAttribute("aria-pressed");
    expect(pressed).toBe("true");
    await page.getByRole("button", { name: "项目", exact: true }).click();
    await waitFor(async () => (await marks.count()) === 0, 5_000);
    expect(errors).toEqual([]);
  });
});
