import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("People: not tested, no Chromium was found");

/** Seconds in which a verdict needs no second password: long enough for a request on a busy machine, short enough to wait for. */
const stepUpS = 20;
const ownPassword = "four quiet street lamps";

/** Types a day into a date field as a person at the keyboard does. */
async function fillDay(page: Page, id: string, day: string): Promise<void> {
  await page.locator(id).fill(day);
  await page.keyboard.press("Enter");
}

describe.runIf(chromiumPath !== undefined)("a reviewer of one district", () => {
  let system: RunningSystem;
  const people: Person[] = [];
  let handed = "";
  let reviewer: Person;
  const clueAt = async (place: string): Promise<string> =>
    (await system.query<{ id: string }>("select id from clue where place = $1", [place]))[0]?.id ?? "";
  const stateAt = async (place: string) =>
    (await system.query<{ state: string }>("select state::text from clue where place = $1", [place]))[0]?.state;

  beforeAll(async () => {
    system = await startSystem({ MINGCHA_STEP_UP_S: String(stepUpS) });
    await waitFor(
      async () =>
        (await system.query("select 1 from flag where source_id = 'cam-shop-12' and evidence_to is not null")).length >
        0,
      240_000,
      system.output,
    );
    await waitFor(
      async () =>
        (
          await system.query(
            "select 1 from source s where id = 'cam-shop-12' and district is not null and exists (select 1 from device_record where source_id = s.id)",
          )
        ).length > 0,
      60_000,
    );
    // the same act before two other doors, and one before a camera of its own that the administrator will put into another district
    await system.query(
      `insert into source (id, name, kind, place, timezone) select 'cam-elsewhere', '别处一号机', kind, '别处路1号', timezone from source where id = 'cam-shop-12'`,
    );
    await system.query(
      `with made as (
         insert into flag (id, source_id, scene_id, rule_key, violation, zone_id, place, from_at, ordinal, to_at, ended, dwell_s, score, box_norm, intervals,
           trace, judge, model_id, model_sha256, evidence_to, updated_at)
         select gen_random_uuid(), case n when 3 then 'cam-elsewhere' else source_id end, scene_id, rule_key, violation, zone_id,
           case n when 3 then '别处路1号' else '人员路' || n || '号' end, from_at, 100 + n, to_at, ended, dwell_s, score, box_norm, intervals,
           trace, judge, model_id, model_sha256, evidence_to, now()
         from (select * from flag where source_id = 'cam-shop-12' limit 1) f, generate_series(1, 3) n returning id)
       insert into evidence (id, flag_id, kind, clip_id, offset_ms, captured_at, sha256, parent_sha256, media_type, size_bytes, width_px, height_px, made_by)
       select gen_random_uuid(), made.id, kind, clip_id, offset_ms, captured_at, sha256, parent_sha256, media_type, size_bytes, width_px, height_px, made_by
       from made, (select * from evidence where flag_id = (select id from flag where source_id = 'cam-shop-12' and ordinal < 100)) e`,
    );
    await waitFor(
      async () =>
        (await clueAt("人员路1号")) !== "" && (await clueAt("人员路2号")) !== "" && (await clueAt("别处路1号")) !== "",
      30_000,
    );
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system.stop();
    removeFolder(system.dataFolder);
  });

  test("is made by the administrator, with a district and a certificate, and a password that is shown once", async () => {
    const admin = await signInAs(system.url, "admin", system.password);
    people.push(admin);
    const { page } = admin;
    await page.goto(`${system.url}/sources`);
    const district = page.getByRole("combobox", { name: "别处一号机 设定辖区" });
    await district.click();
    await page.getByTitle("辖区: 花木街道").last().click();
    await waitFor(
      async () =>
        (await system.query("select 1 from source where id = 'cam-elsewhere' and district = 'huamu'")).length === 1,
      20_000,
    );

    await page.goto(`${system.url}/people`);
    await page.getByRole("button", { name: "新建账号" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("用户名").fill("li.new");
    await dialog.getByLabel("姓名", { exact: true }).fill("李新");
    await dialog.getByRole("checkbox", { name: "技术审核员" }).check();
    await dialog.getByRole("checkbox", { name: "陆家嘴街道" }).check();
    await dialog.getByLabel("证件号码").fill("沪-2026-001");
    await fillDay(page, "#account-certificate-from", "2026-01-01");
    await fillDay(page, "#account-certificate-to", "2099-12-31");
    await dialog.getByRole("button", { name: "新建账号" }).click();
    handed = (await page.locator(".handed-password .copyable-text").textContent()) ?? "";
    expect(handed).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    await page.getByRole("button", { name: "已记下，关闭" }).click();
    await page.getByRole("heading", { name: "李新" }).waitFor();
    await page.getByText("有效 至 2099-12-31").first().waitFor();
    expect(await page.content()).not.toContain(handed);
    expect(admin.errors).toEqual([]);
  });

  test("must choose an own password before anything else is open", async () => {
    reviewer = await signInAs(system.url, "li.new", handed);
    people.push(reviewer);
    const { page } = reviewer;
    await page.goto(`${system.url}/?tab=technical`);
    await page.getByRole("heading", { name: "请先设置自己的密码" }).waitFor();
    await page.getByLabel("系统管理员发放的密码").fill(handed);
    await page.getByLabel("新密码", { exact: true }).fill(ownPassword);
    await page.getByLabel("再输入一次新密码").fill(ownPassword);
    await page.keyboard.press("Enter");
    await page.getByRole("navigation").waitFor();
    await page.getByText("人员路1号").first().waitFor();
  });

  test("may look at a record of another district, sees why it is not theirs and how many could act, and is refused", async () => {
    const { page } = reviewer;
    await page.goto(`${system.url}/clues/${await clueAt("别处路1号")}`);
    await page.getByText("您不能办理这条记录").waitFor();
    const text = await page.locator(".review").innerText();
    expect(text).toContain("花木街道");
    expect(text).toMatch(/现有 2 人可以办理/);
    const answer = await reviewer.context.request.post(`${system.url}/api/clues/${await clueAt("别处路1号")}/events`, {
      headers: { "x-mingcha": "1" },
      data: { event: "tech_fail", version: 1, reasonCode: "wrong_object" },
    });
    expect([answer.status(), (await answer.json()).code]).toEqual([403, "WRONG_DISTRICT"]);
    expect(await stateAt("别处路1号")).toBe("TECH_REVIEW");
  });

  test("declares a recusal on a record and is kept from it at once", async () => {
    const { page } = reviewer;
    await page.goto(`${system.url}/clues/${await clueAt("人员路1号")}`);
    await page.getByRole("button", { name: "本人回避" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("理由").click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await dialog.getByLabel(/具体情况/).fill("当事人是本人表亲");
    await dialog.getByRole("button", { name: /提\s?交/ }).click();
    await page.getByText("您不能办理这条记录").waitFor();
    expect(await page.locator(".review").innerText()).toContain("应当回避");
    expect(await page.getByRole("button", { name: /技术审核通过/ }).isDisabled()).toBe(true);
  });

  test("gives a verdict by keys alone after the password has become old: asked once, nothing lost, sent again", async () => {
    const { page } = reviewer;
    await page.goto(`${system.url}/clues/${await clueAt("人员路2号")}`);
    await page.getByRole("radiogroup").first().waitFor();
    await waitFor(
      async () =>
        (
          await system.query(
            "select 1 from session s join person p on p.id = s.person_id where p.login = 'li.new' and s.confirmed_at > now() - make_interval(secs => $1)",
            [stepUpS],
          )
        ).length === 0,
      60_000,
    );
    for (const key of ["1", "2", "3", "4", "5", "6", "7"]) await page.keyboard.press(key);
    await page.keyboard.press("a");
    await page.getByLabel("密码", { exact: true }).waitFor();
    // what is typed before the question has the focus is lost
    await page.locator("#step-up-password:focus").waitFor();
    await page.keyboard.type("not this one");
    await page.keyboard.press("Enter");
    await page.getByText("还可以再试 4 次").waitFor();
    // the dialog keeps the answers where they were
    expect(await page.locator(".review-head").innerText()).toContain("7 / 7");
    await page.keyboard.type(ownPassword);
    await page.keyboard.press("Enter");
    await waitFor(async () => (await stateAt("人员路2号")) === "LEGAL_REVIEW", 30_000);
    const reviews = await system.query<{ checklist: unknown[] }>(
      "select r.checklist from review r join clue c on c.id = r.clue_id where c.place = '人员路2号'",
    );
    expect(reviews.map(({ checklist }) => checklist.length)).toEqual([7]);
    // refusals the page was made for are no surprises in its console
    expect(reviewer.errors.filter((line) => !/status of (403|404)/.test(line))).toEqual([]);
  });
});
