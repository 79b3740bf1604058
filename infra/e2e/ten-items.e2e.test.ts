import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("Ten items by keys: not tested, no Chromium was found");

const items = 10;

/** Milliseconds from the key to the next item's picture on the screen, as the page itself measures them. */
const untilNextPainted = `new Promise((done, fail) => {
  const path = location.pathname;
  // the address changes before the page does: until the new picture is there, the old item is still on the screen
  const old = document.querySelector(".stage-image").src;
  addEventListener("keydown", () => {
    const began = performance.now();
    setTimeout(() => fail(new Error("no next item after the verdict; the page says: " + document.body.innerText)), 60_000);
    const look = () => {
      const picture = document.querySelector(".stage-image");
      const isThere = location.pathname !== path && picture !== null && picture.src !== old && picture.complete && picture.naturalWidth > 0;
      if (isThere) requestAnimationFrame(() => done(performance.now() - began));
      else requestAnimationFrame(look);
    };
    look();
  }, { once: true, capture: true });
})`;

const everyPictureThere = `[...document.images].every((img) => img.complete && img.naturalWidth > 0)`;

describe.runIf(chromiumPath !== undefined)("ten records reviewed by keys alone", () => {
  let system: RunningSystem;
  const people: Person[] = [];

  beforeAll(async () => {
    system = await startSystem();
    await waitFor(
      async () =>
        (await system.query("select 1 from flag where source_id = 'cam-shop-12' and evidence_to is not null")).length >
        0,
      240_000,
      system.output,
    );
    await waitFor(
      async () => (await system.query("select 1 from device_record where source_id = 'cam-shop-12'")).length > 0,
      60_000,
    );
    // the time printed is that of a machine that does nothing else
    await waitFor(
      async () =>
        (
          await system.query(
            "select 1 from clip where state = 'STORED' union all select 1 from flag where evidence_to is null",
          )
        ).length === 0,
      240_000,
      system.output,
    );
    // the same act before ten other doors of the same picture: originals, pictures and device are the demo's own
    await system.query(
      `with made as (
         insert into flag (id, source_id, scene_id, rule_key, violation, zone_id, place, from_at, ordinal, to_at, ended, dwell_s, score, box_norm, intervals,
           trace, judge, model_id, model_sha256, evidence_to, updated_at)
         select gen_random_uuid(), source_id, scene_id, rule_key, violation, zone_id, '十件路' || n || '号', from_at, 100 + n, to_at, ended, dwell_s, score, box_norm, intervals,
           trace, judge, model_id, model_sha256, evidence_to, now()
         from (select * from flag where source_id = 'cam-shop-12' limit 1) f, generate_series(1, ${items}) n returning id)
       insert into evidence (id, flag_id, kind, clip_id, offset_ms, captured_at, sha256, parent_sha256, media_type, size_bytes, width_px, height_px, made_by)
       select gen_random_uuid(), made.id, kind, clip_id, offset_ms, captured_at, sha256, parent_sha256, media_type, size_bytes, width_px, height_px, made_by
       from made, (select * from evidence where flag_id = (select id from flag where source_id = 'cam-shop-12' and ordinal < 100)) e`,
    );
    await waitFor(
      async () => (await system.query("select 1 from clue where place like '十件路%'")).length === items,
      30_000,
    );
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system.stop();
    removeFolder(system.dataFolder);
  });
  const inState = async (state: string) =>
    (await system.query("select 1 from clue where place like '十件路%' and state = $1::\"ClueState\"", [state])).length;

  test.each([
    {
      login: "tech",
      tab: "technical",
      answers: ["1", "2", "3", "4", "5", "6", "7"],
      from: "TECH_REVIEW",
      to: "LEGAL_REVIEW",
    },
    { login: "legal", tab: "legal", answers: ["1", "2", "3", "4", "5"], from: "LEGAL_REVIEW", to: "ADMISSIBLE" },
  ])("$login takes all of them from $from to $to, each next item there at once", async ({
    login,
    tab,
    answers,
    to,
  }) => {
    const person = await signInAs(system.url, login, system.password);
    people.push(person);
    const { page } = person;
    await page.goto(`${system.url}/?tab=${tab}&q=十件路`);
    await page.getByText("十件路").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    const times: number[] = [];
    for (let nth = 1; nth <= items; nth++) {
      await page.getByRole("radiogroup").first().waitFor();
      await waitFor(
        () =>
          page.locator(".stage-image").evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth > 0),
        20_000,
      );
      for (const key of answers) await page.keyboard.press(key);
      // a person looks at the pictures before deciding: all are there, and what the page asks for ahead has come
      await waitFor(() => page.evaluate(everyPictureThere), 20_000);
      await page.waitForTimeout(500);
      if (nth === items) {
        await page.keyboard.press("a");
        break;
      }
      const painted = page.evaluate(untilNextPainted) as Promise<number>;
      // the listener is in place before the key comes
      await page.evaluate("0");
      await page.keyboard.press("a");
      times.push(await painted);
    }
    await waitFor(async () => (await inState(to)) === items, 20_000);
    times.sort((a, b) => a - b);
    const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(0);
    console.log(
      `${login}: next item painted after a verdict, median ${at(0.5)} ms, most ${at(1)} ms (goal 200 ms on an idle machine)`,
    );
    expect(person.errors).toEqual([]);
  });
});
