import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, type Person, signInAs } from "./browser.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("Correcting a record by keys: not tested, no Chromium was found");

const source = "cam-shop-12";
const corrected = "示例路12号甲 门前";

describe.runIf(chromiumPath !== undefined)("a record accepted with a correction", () => {
  let system: RunningSystem;
  const people: Person[] = [];
  let clue = { id: "", place: "" };

  beforeAll(async () => {
    system = await startSystem();
    const ready = `select c.id, c.place from clue c join flag f on f.id = c.flag_id
      where c.source_id = '${source}' and c.state = 'TECH_REVIEW' and f.evidence_to is not null and f.ended`;
    await waitFor(
      async () => {
        const [row] = await system.query<{ id: string; place: string }>(ready);
        clue = row ?? clue;
        return row !== undefined;
      },
      240_000,
      system.output,
    );
    await waitFor(
      async () => (await system.query(`select 1 from device_record where source_id = '${source}'`)).length > 0,
      60_000,
    );
  });
  afterAll(async () => {
    await Promise.all(people.map(({ context }) => context.close()));
    await system.stop();
    removeFolder(system.dataFolder);
  });

  async function openAs(login: string): Promise<Person> {
    const person = await signInAs(system.url, login, system.password);
    people.push(person);
    await person.page.goto(`${system.url}/clues/${clue.id}`);
    await person.page.locator(".stage-image").first().waitFor();
    return person;
  }
  const stateIs = async (state: string) =>
    (await system.query<{ state: string }>("select state from clue where id = $1", [clue.id]))[0]?.state === state;
  const send = async (person: Person, path: string, body: object) => {
    const answer = await person.context.request.post(`${system.url}${path}`, {
      headers: { "x-mingcha": "1" },
      data: body,
    });
    expect(answer.status(), await answer.text()).toBe(200);
    return answer.json();
  };

  test("the technical reviewer corrects the place by keys and accepts; lists find it under the new name", async () => {
    const person = await openAs("tech");
    const { page } = person;
    for (const key of ["1", "2", "3", "4", "5", "6", "7"]) await page.keyboard.press(key);
    await page.keyboard.press("e");
    await page.getByText("更正哪一项").waitFor();
    await page.keyboard.press("2");
    await page.getByLabel("更正为").waitFor();
    // the input holds the present value, selected: typing replaces it
    await page.keyboard.insertText(corrected);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.insertText("门楣可见12号甲");
    await page.keyboard.press("Control+Enter");
    await page.getByText("本次更正").waitFor();
    await page.keyboard.press("a");
    await waitFor(() => stateIs("LEGAL_REVIEW"), 20_000);
    const rows = await system.query<{ old_value: string; new_value: string; place: string }>(
      "select r.old_value, r.new_value, c.place from correction r join clue c on c.id = r.clue_id where c.id = $1",
      [clue.id],
    );
    expect(rows).toEqual([{ old_value: clue.place, new_value: corrected, place: corrected }]);
    await page.goto(`${system.url}/?tab=legal&q=${encodeURIComponent("12号甲")}`);
    await page.getByText(corrected).first().waitFor();
    expect(person.errors).toEqual([]);
  });

  test("the legal reviewer sees the value in force with its mark, the old value, who changed it and why", async () => {
    const person = await openAs("legal");
    const { page } = person;
    const history = page.locator(".correction-list");
    await history.waitFor();
    for (const text of [clue.place, corrected, "门楣可见12号甲", "李技审"])
      expect(await history.textContent()).toContain(text);
    expect(await page.locator(".item-where").textContent()).toContain(`${corrected} 已更正`);
    for (const key of ["1", "2", "3", "4", "5"]) await page.keyboard.press(key);
    await page.keyboard.press("a");
    await waitFor(() => stateIs("ADMISSIBLE"), 20_000);
    expect(person.errors).toEqual([]);
  });

  test("the case and its review form carry the new place and name the correction", async () => {
    const first = await openAs("handler1");
    const officers = (await (await first.context.request.get(`${system.url}/api/people?duty=handler`)).json()) as {
      items: { id: string }[];
    };
    const versionOf = async () =>
      (await system.query<{ version: number }>("select version from clue where id = $1", [clue.id]))[0]?.version;
    const step = async (event: string, extra: object) =>
      send(first, `/api/clues/${clue.id}/events`, { event, version: await versionOf(), ...extra });
    await step("dissuade", { dissuasion: { channel: "on_site", recipient: "店主", correctWithinMin: 15 } });
    // the time allowed is over
    await system.query("update dissuasion set correct_by = sent_at where clue_id = $1", [clue.id]);
    await step("not_corrected", { note: "物品仍在原处" });
    const { caseId } = await step("file", { handlerIds: officers.items.slice(0, 2).map(({ id }) => id) });
    await first.page.goto(`${system.url}/cases/${caseId}`);
    await first.page.getByText(`更正为“${corrected}”`).first().waitFor();
    await send(first, `/api/cases/${caseId}/documents`, { template: "record-review-form" });
    const [document] = await system.query<{ facts: { case: { place: string }; corrections: object[] } }>(
      "select facts from document where case_id = $1",
      [caseId],
    );
    expect(document?.facts).toMatchObject({
      case: { place: corrected },
      corrections: [{ label: "地点", oldText: clue.place, newText: corrected, reviewerName: "李技审" }],
    });
    expect(first.errors).toEqual([]);
  });
});
