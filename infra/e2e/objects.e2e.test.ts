import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("The register of objects: not tested, no Chromium was found");

const place = "浦东新区示例路12号 门前公共场地";
const sheet = [
  "店名,地点,统一社会信用代码,联系电话",
  `核对水果店,${place},91350100M000100Y43,021-58001234`,
  "坏码店,示例路2号,91350100M000100Y44,",
  "无地点店,,,",
].join("\r\n");

describe.runIf(chromiumPath !== undefined)("a sheet with mistakes, and a match in review", () => {
  let system: RunningSystem;
  let clue = "";
  const people: Person[] = [];
  const enter = async (login: string) => {
    const person = await signInAs(system.url, login, system.password);
    people.push(person);
    return person;
  };

  beforeAll(async () => {
    system = await startSystem();
    await waitFor(
      async () => {
        const rows = await system.query<{ id: string }>(
          "select c.id from clue c join flag f on f.id = c.flag_id where c.source_id = 'cam-shop-12' and f.evidence_to is not null",
        );
        clue = rows[0]?.id ?? "";
        return clue !== "";
      },
      240_000,
      system.output,
    );
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system.stop();
    removeFolder(system.dataFolder);
  });
  const entered = (name: string) =>
    system.query<{ id: string; version: number }>("select id, version from register_object where name = $1", [name]);

  test("what is wrong is shown before anything is written, can be downloaded, and the good rows are imported", async () => {
    const { page, errors } = await enter("handler1");
    await page.goto(`${system.url}/objects`);
    await page.getByRole("link", { name: "导入" }).click();
    const file = { name: "商户.csv", mimeType: "text/csv", buffer: Buffer.from(`\uFEFF${sheet}`) };
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByText("统一社会信用代码校验位不符，至少有一位写错").waitFor();
    await page.getByText("缺少必填内容").waitFor();
    expect(await page.getByText("核对水果店").count()).toBe(0);
    expect(await entered("核对水果店")).toHaveLength(0);

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "下载有误的行" }).click();
    const text = await readFile(await (await download).path(), "utf8");
    expect(text).toContain("91350100M000100Y44");
    expect(text.trim().split("\r\n")).toHaveLength(3);

    await page.getByRole("button", { name: "导入（1）" }).click();
    await page.getByText("已导入：新增 1，更新 0，无变化 0，有误未导入 2。").waitFor();
    expect(await entered("核对水果店")).toMatchObject([{ version: 1 }]);
    expect(await entered("坏码店")).toHaveLength(0);

    await page.getByRole("link", { name: "返回对象档案" }).click();
    await page.getByRole("textbox", { name: "名称、代码、号牌、地点" }).fill("核对水");
    await page.getByRole("link", { name: "核对水果店" }).click();
    await page.getByText("021-58001234").waitFor();
    await page.getByText("表格导入").waitFor();
    expect(errors).toEqual([]);
  });

  test("a reviewer confirms a candidate beside the picture, sees no telephone, and takes it back with a reason", async () => {
    const { page, errors } = await enter("tech");
    await page.goto(`${system.url}/clues/${clue}`);
    const candidate = page.locator(".object-candidates > li", { hasText: "核对水果店" });
    await candidate.getByText("登记地点与记录地点相同").waitFor();
    expect(await page.getByText("58001234").count()).toBe(0);
    expect(await system.query("select 1 from object_match")).toHaveLength(0);
    await candidate.getByRole("button", { name: "确认为该对象" }).click();
    await page.getByText(/李技审 于 .* 确认（档案第 1 版）/).waitFor();
    expect(await system.query("select 1 from object_match where withdrawn_at is null")).toHaveLength(1);

    await page.getByRole("button", { name: "撤销确认" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "理由" }).fill("招牌不符");
    await page.getByRole("dialog").getByRole("button", { name: "撤销确认" }).click();
    await page.getByText(/撤销了对“核对水果店”的确认：招牌不符/).waitFor();
    await candidate.getByRole("button", { name: "确认为该对象" }).waitFor();
    const logged = await system.query("select action from custody where subject = $1 and action like 'clue.object%'", [
      `clue:${clue}`,
    ]);
    expect(logged).toHaveLength(2);
    expect(errors).toEqual([]);
  });
});
