import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { encodeLook } from "@mingcha/models/scene";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openClues } from "../clues/open-clues.ts";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"tech" | "legal" | "both" | "handler" | "second" | "auditor", Caller>;

beforeAll(async () => {
  api = await createTestApi();
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.legal = await api.signIn("legal", ["legal_reviewer"]);
  people.both = await api.signIn("both", ["technical_reviewer", "legal_reviewer"]);
  people.handler = await api.signIn("handler", ["handler"]);
  people.second = await api.signIn("second", ["handler"]);
  people.auditor = await api.signIn("auditor", ["auditor"]);
});
afterAll(() => api.close());

const from = new Date("2026-11-20T01:00:00Z");
const instant = (seconds: number) => new Date(from.getTime() + seconds * 1_000).toISOString();
const view = async (id: string, who = people.legal) => (await who.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
const clueOf = (id: string) => api.deps.db.clue.findUniqueOrThrow({ where: { id } });
const correct = (field: string, value: string, over: object = {}) => ({
  field,
  value,
  reasonCode: "zone_text",
  note: "门牌可见",
  ...over,
});
const step = async (who: Caller, id: string, event: string, extra: object = {}) =>
  who.call("POST", `/api/clues/${id}/events`, { event, version: (await clueOf(id)).version, ...extra });
const techPass = (id: string, corrections: object[], over: object = {}) =>
  step(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions), corrections, ...over });
const legalPass = (id: string, corrections: object[] = []) =>
  step(people.legal, id, "legal_pass", { checklist: passed(legalQuestions), corrections });

/** A record whose source took a look every ten seconds, from ten seconds before the act to a minute after. */
async function seedWithLooks(options: Parameters<TestApi["seedClue"]>[0] = {}): Promise<string> {
  const id = await api.seedClue({ from, ...options });
  const { sourceId } = await clueOf(id);
  const clip = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId } });
  for (let offsetMs = 0; offsetMs <= 110_000; offsetMs += 10_000)
    await api.deps.db.look.create({
      data: {
        clipId: clip.id,
        offsetMs,
        sourceId,
        capturedAt: new Date(clip.startedAt.getTime() + offsetMs),
        status: "seen",
        modelId: "m",
        modelSha256: "a".repeat(64),
        detections: encodeLook({
          offsetMs,
          capturedAtMs: clip.startedAt.getTime() + offsetMs,
          status: "seen",
          detections: [],
        }) as object,
      },
    });
  return id;
}

describe("accepting with a correction", () => {
  test("the record shows the value in force, lists find it by that, and the old value stays with person, time and reason", async () => {
    const id = await seedWithLooks({ place: "老街3号" });
    const passedIt = await techPass(id, [correct("place", "老街3号甲"), correct("from", instant(10))]);
    expect(passedIt.json()).toMatchObject({ state: "LEGAL_REVIEW", version: 2 });
    const shown = await view(id);
    expect(shown).toMatchObject({ place: "老街3号甲", from: instant(10), corrected: ["from", "place"] });
    expect(shown.dwellS).toBe(50);
    expect(shown.corrections).toMatchObject([
      { field: "from", oldValue: instant(0), newValue: instant(10) },
      {
        field: "place",
        oldValue: "老街3号",
        newValue: "老街3号甲",
        reasonCode: "zone_text",
        note: "门牌可见",
        by: "人员tech",
        review: "technical",
      },
    ]);
    const listed = async (q: string) =>
      (await people.legal.call("GET", `/api/clues?q=${encodeURIComponent(q)}`))
        .json()
        .items.map((item: { id: string }) => item.id);
    expect(await listed("3号甲")).toContain(id);
    expect(
      (await people.legal.call("GET", `/api/clues?q=${encodeURIComponent("老街3号甲")}`)).json().items[0].corrected,
    ).toEqual(expect.arrayContaining(["place"]));
    expect((await api.deps.db.flag.findFirstOrThrow({ where: { clue: { id } } })).place).toBe("老街3号");
  });

  test("the custody log says what was corrected, in the same entry as the verdict", async () => {
    const id = await seedWithLooks();
    await techPass(id, [correct("place", "新名路9号")]);
    const log = (await people.auditor.call("GET", `/api/custody?subject=clue:${id}`)).json().items;
    const moved = log.find((item: { action: string }) => item.action === "clue.moved");
    expect(JSON.stringify(moved)).toContain("新名路9号");
    expect((await people.auditor.call("POST", "/api/custody/check")).json()).toMatchObject({ intact: true });
  });

  test("a corrected violation is held against its own policy", async () => {
    const id = await seedWithLooks();
    await techPass(id, [correct("violation", "STALL", { reasonCode: "character" })]);
    expect(await view(id)).toMatchObject({
      violation: "STALL",
      violationTitle: { en: expect.stringMatching(/stall/i) },
    });
    const stalls = (await people.legal.call("GET", "/api/clues?violation=STALL&state=LEGAL_REVIEW")).json().items;
    expect(stalls.map((item: { id: string }) => item.id)).toContain(id);
  });

  test("a violation whose pictures may stand alone asks for the device too, also where the legal reviewer names it", async () => {
    const direct = api.deps.profile.violations.find(({ evidenceMode }) => evidenceMode.default === "DIRECT");
    const indirect = api.deps.profile.violations.find(({ evidenceMode }) => evidenceMode.default === "CLUE_ONLY");
    if (direct === undefined || indirect === undefined) return;
    const id = await seedWithLooks({ violation: indirect.code, bareDevice: true });
    expect((await techPass(id, [])).statusCode).toBe(200);
    const named = await legalPass(id, [correct("violation", direct.code, { reasonCode: "character" })]);
    expect(named.json()).toMatchObject({ code: "GUARD_REFUSED", guard: "G-02" });
    expect(await clueOf(id)).toMatchObject({ state: "LEGAL_REVIEW", violation: indirect.code });
  });

  test("the case and its papers use the corrected value and name the correction", async () => {
    const id = await seedWithLooks({ place: "旧名路5号" });
    await techPass(id, [correct("place", "新名路5号")]);
    await legalPass(id);
    const dissuasion = { channel: "on_site", recipient: "店主", correctWithinMin: 0 };
    await step(people.handler, id, "dissuade", { dissuasion });
    await step(people.handler, id, "not_corrected", { note: "仍在" });
    const filed = await step(people.handler, id, "file", {
      handlerIds: [people.handler.person.id, people.second.person.id],
    });
    const { caseId } = filed.json();
    const found = (await people.handler.call("GET", `/api/cases/${caseId}`)).json();
    expect(found.place).toBe("新名路5号");
    expect(found.factsText).toContain("地点由“旧名路5号”更正为“新名路5号”");
    const drafted = await people.handler.call("POST", `/api/cases/${caseId}/documents`, {
      template: "record-review-form",
    });
    expect(drafted.statusCode).toBe(200);
    const { facts } = await api.deps.db.document.findFirstOrThrow({ where: { caseId } });
    expect(facts).toMatchObject({
      case: { place: "新名路5号" },
      corrections: [{ label: "地点", oldText: "旧名路5号", newText: "新名路5号", reviewerName: "人员tech" }],
    });
  });

  test("a corrected time stays when the flag goes on, and the act is still joined under the name the machine knows", async () => {
    const place = "续接路7号";
    const id = await seedWithLooks({ place, sourceId: "cam-goes-on" });
    await techPass(id, [correct("place", "续接路7号乙"), correct("to", instant(50))]);
    await step(people.legal, id, "legal_send_back", { note: "请再核对" });
    const { flagId } = await clueOf(id);
    await api.deps.db.flag.update({ where: { id: flagId }, data: { to: new Date(instant(90)) } });
    await openClues(api.deps);
    expect((await clueOf(id)).to.toISOString()).toBe(instant(50));
    const again = await api.seedClue({ place, sourceId: "cam-goes-on", from: new Date(instant(1_800)) });
    expect(await clueOf(again)).toMatchObject({ state: "MERGED", mergedIntoId: id });
    expect((await view(id)).joined.items.map((item) => item.clueId)).toEqual([again]);
  });
});

describe("what is not accepted", () => {
  test.each([
    ["without a reason", { reasonCode: undefined }, 400],
    ["with a reason that is none", { reasonCode: "whim" }, 400],
    ["without words", { note: "  " }, 400],
    ["without a value", { value: "" }, 400],
    ["to a time outside of the looks", { field: "from", value: instant(-60) }, 422],
    ["to a time that is none", { field: "to", value: "later" }, 422],
    ["to a violation the bureau does not list", { field: "violation", value: "NO_SUCH" }, 422],
    ["of a field that does not exist", { field: "weather", value: "rain" }, 422],
    ["of an attribute the record has not", { field: "attribute.plate", value: "沪A12345" }, 422],
  ])("a correction %s is refused and nothing moves", async (_, over, status) => {
    const id = await seedWithLooks();
    const answer = await techPass(id, [correct("place", "别处1号", over)]);
    expect(answer.statusCode).toBe(status);
    if (status === 422) expect(answer.json()).toMatchObject({ code: "CORRECTION_REFUSED" });
    expect(await clueOf(id)).toMatchObject({ state: "TECH_REVIEW", version: 1 });
    expect(await api.deps.db.correction.count({ where: { clueId: id } })).toBe(0);
  });

  test("a stale page corrects nothing", async () => {
    const id = await seedWithLooks();
    const { place } = await clueOf(id);
    expect((await techPass(id, [correct("place", "别处2号")], { version: 7 })).json()).toMatchObject({ code: "STALE" });
    expect((await clueOf(id)).place).toBe(place);
  });

  test("two verdicts at once leave one correction", async () => {
    const id = await seedWithLooks();
    const answers = await Promise.all(
      ["甲", "乙"].map((name) => techPass(id, [correct("place", `抢改路${name}`)], { version: 1 })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const rows = await api.deps.db.correction.findMany({ where: { clueId: id } });
    expect(rows.map(({ newValue }) => newValue)).toEqual([(await clueOf(id)).place]);
  });

  test("a rejection corrects nothing", async () => {
    const id = await seedWithLooks();
    const answer = await step(people.tech, id, "tech_fail", {
      reasonCode: "loading",
      corrections: [correct("place", "别处3号")],
    });
    expect(answer.json()).toMatchObject({ code: "CORRECTION_REFUSED" });
  });

  test("the legal reviewer cannot correct a technical fact, only send back for it; the answer stands beside what was asked", async () => {
    const id = await seedWithLooks({ place: "问答路1号" });
    await techPass(id, []);
    const refused = await legalPass(id, [correct("place", "问答路2号")]);
    expect(refused.json()).toMatchObject({ code: "CORRECTION_REFUSED", zh: expect.stringContaining("退回") });
    const sent = await step(people.legal, id, "legal_send_back", {
      note: "门牌不对",
      corrections: [correct("place", "问答路2号")],
    });
    expect(sent.json()).toMatchObject({ state: "TECH_REVIEW" });
    const asked = await view(id, people.tech);
    expect(asked).toMatchObject({ round: 2, place: "问答路1号" });
    expect(asked.reviews.at(-1)).toMatchObject({
      result: "send_back",
      asked: [{ field: "place", value: "问答路2号" }],
    });
    await techPass(id, [correct("place", "问答路2号")]);
    expect(await view(id)).toMatchObject({ place: "问答路2号", corrections: [{ round: 2, by: "人员tech" }] });
  });
});

describe("the database itself", () => {
  test("changes no fact of a record without a correction", async () => {
    const id = await seedWithLooks();
    for (const data of [
      { place: "偷改路1号" },
      { violation: "STALL" },
      { from: new Date(instant(5)) },
      { to: new Date(instant(5)) },
    ])
      await expect(api.deps.db.clue.update({ where: { id }, data })).rejects.toThrow(/only by a correction/);
  });

  test("keeps every correction as it was made, and takes none without its review", async () => {
    const id = await seedWithLooks();
    await techPass(id, [correct("place", "原样路1号")]);
    const [row] = await api.deps.db.correction.findMany({ where: { clueId: id } });
    if (row === undefined) throw new Error("no correction");
    await expect(api.deps.db.correction.update({ where: { id: row.id }, data: { note: "x" } })).rejects.toThrow(
      /append-only/,
    );
    await expect(api.deps.db.correction.delete({ where: { id: row.id } })).rejects.toThrow(/append-only/);
    const stray = { ...row, id: undefined, field: "violation", personId: people.legal.person.id } as never;
    await expect(api.deps.db.correction.create({ data: stray })).rejects.toThrow(/passed review/);
  });
});
