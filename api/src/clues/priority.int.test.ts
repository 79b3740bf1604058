import { technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail, ClueItem } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"tech" | "legal" | "head" | "monitor" | "far", Caller>;

beforeAll(async () => {
  api = await createTestApi();
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.legal = await api.signIn("legal", ["legal_reviewer"]);
  people.head = await api.signIn("head", ["head"]);
  people.monitor = await api.signIn("monitor", ["monitor"]);
  people.far = await api.signIn("far", ["head"], { districts: ["huamu"] });
});
afterAll(() => api.close());

const day = (nth: number) => new Date(Date.UTC(2026, 10, nth, 1));
const detail = async (id: string) => (await people.head.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
const queue = async (who: Caller, state = "TECH_REVIEW") =>
  ((await who.call("GET", `/api/clues?state=${state}&order=due`)).json().items as ClueItem[]).map(({ id }) => id);
const among = (ids: readonly string[], wanted: readonly string[]) => ids.filter((id) => wanted.includes(id));
const rank = async (who: Caller, id: string, body: object) => {
  const { version, priority } = await detail(id);
  return who.call("POST", `/api/clues/${id}/priority`, { version, was: priority.level, ...body });
};
const move = async (who: Caller, id: string, event: string, extra: object = {}) =>
  who.call("POST", `/api/clues/${id}/events`, { event, version: (await detail(id)).version, ...extra });

test("a queue goes by due time first, then by priority, then by arrival", async () => {
  const goods = await api.seedClue({ from: day(18) });
  const truck = await api.seedClue({ from: day(18), violation: "TRUCK_UNCOVERED" });
  const later = await api.seedClue({ from: day(19), violation: "WASTE_DUMP" });
  const goodsToo = await api.seedClue({ from: day(18) });
  expect(among(await queue(people.tech), [goods, truck, later, goodsToo])).toEqual([truck, goods, goodsToo, later]);
  expect((await detail(truck)).priority).toEqual({
    level: "HIGH",
    reason: { zh: "车辆已驶离，越晚越难查找", en: "the vehicle has left: the later, the harder to find" },
    manual: false,
    note: null,
  });
  expect((await detail(goods)).priority.level).toBe("NORMAL");
});

test("what is sent back goes before the others of its day, and keeps that in the legal queue", async () => {
  const id = await api.seedClue();
  await move(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) });
  expect((await detail(id)).priority.level).toBe("NORMAL");
  await move(people.legal, id, "legal_send_back", { note: "时间须核对" });
  expect((await detail(id)).priority).toMatchObject({
    level: "HIGH",
    reason: { en: expect.stringMatching(/sent back/) },
  });
  await move(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) });
  expect(await detail(id)).toMatchObject({ state: "LEGAL_REVIEW", priority: { level: "HIGH" } });
});

describe("a person", () => {
  test("puts a record before every due time with a reason, the log keeps it without the words, and it can be given back", async () => {
    const [first, urgent] = [await api.seedClue({ from: day(16) }), await api.seedClue({ from: day(20) })];
    expect(among(await queue(people.tech), [first, urgent])).toEqual([first, urgent]);
    const set = await rank(people.head, urgent, { level: "URGENT", reasonCode: "press", note: "晚报第三版" });
    expect(set.statusCode, set.body).toBe(200);
    expect((await queue(people.tech))[0]).toBe(urgent);
    expect(await detail(urgent)).toMatchObject({
      version: 1,
      priority: { level: "URGENT", reason: { zh: "媒体曝光" }, manual: true, note: "晚报第三版" },
    });
    // the next step of the record leaves it where the person put it
    await move(people.tech, urgent, "tech_pass", { checklist: passed(technicalQuestions) });
    expect((await queue(people.legal, "LEGAL_REVIEW"))[0]).toBe(urgent);
    expect((await rank(people.monitor, urgent, { level: null })).statusCode).toBe(200);
    expect((await detail(urgent)).priority).toMatchObject({ level: "NORMAL", manual: false, note: null });
    const log = await api.deps.db.custody.findMany({ where: { subject: `clue:${urgent}`, action: "clue.ranked" } });
    expect(log).toHaveLength(2);
    const words = log.map(({ body }) => Buffer.from(body).toString("utf8")).join();
    expect(words).toContain('"to":"URGENT"');
    expect(words).not.toContain("晚报");
  });

  test("lets a record wait behind the others of its day, not behind another day", async () => {
    const [waits, other, later] = [
      await api.seedClue({ from: day(17) }),
      await api.seedClue({ from: day(17) }),
      await api.seedClue({ from: day(18) }),
    ];
    await rank(people.head, waits, { level: "LOW", reasonCode: "settled" });
    expect(among(await queue(people.tech), [waits, other, later])).toEqual([other, waits, later]);
  });

  test("gives a reason, and words where the reason is another", async () => {
    const id = await api.seedClue();
    expect((await rank(people.head, id, { level: "HIGH" })).json()).toMatchObject({ code: "BAD_INPUT" });
    expect((await rank(people.head, id, { level: "HIGH", reasonCode: "other" })).json()).toMatchObject({
      code: "BAD_INPUT",
    });
    expect((await rank(people.head, id, { level: "HIGH", reasonCode: "other", note: "重复来信" })).statusCode).toBe(
      200,
    );
  });

  test("who reviews, is of another district or recused may not, and a stale page changes nothing", async () => {
    const id = await api.seedClue({ district: "lujiazui" });
    const urgent = { level: "URGENT", reasonCode: "complaint" };
    for (const who of [people.tech, people.legal])
      expect((await rank(who, id, urgent)).json()).toMatchObject({ code: "WRONG_ROLE" });
    expect((await rank(people.far, id, urgent)).json()).toMatchObject({ code: "WRONG_DISTRICT" });
    expect((await rank(people.head, id, { ...urgent, version: 9 })).json()).toMatchObject({ code: "STALE" });
    expect((await rank(people.head, id, { ...urgent, was: "LOW" })).json()).toMatchObject({ code: "STALE" });
    const { place } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
    const recused = await api.signIn("recused", ["head"]);
    await api.deps.db.recusal.create({
      data: {
        personId: recused.person.id,
        place,
        kind: "declared",
        reasonCode: "relative",
        note: "表亲",
        createdBy: recused.person.id,
      },
    });
    expect((await rank(recused, id, urgent)).json()).toMatchObject({ code: "GUARD_REFUSED" });
    expect((await detail(id)).priority.level).toBe("NORMAL");
  });

  test("of two at one moment one is heard and the other is told to look again", async () => {
    const id = await api.seedClue();
    const answers = await Promise.all(
      [people.head, people.monitor].map((who) => rank(who, id, { level: "HIGH", reasonCode: "safety" })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  test("changes nothing of a record that has ended", async () => {
    const id = await api.seedClue();
    await move(people.tech, id, "tech_fail", { reasonCode: "wrong_object" });
    expect((await rank(people.head, id, { level: "URGENT", reasonCode: "press" })).json()).toMatchObject({
      code: "NO_SUCH_STEP",
    });
  });
});
