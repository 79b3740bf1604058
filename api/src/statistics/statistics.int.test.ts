import { eraseReasons, noiseReasons, rejectReasons, transferReasons } from "@mingcha/models/clue";
import type { StatisticsView } from "@mingcha/models/http";
import { wilsonInterval } from "@mingcha/models/statistics";
import readWorkbook from "read-excel-file/node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
type State =
  | "ADMISSIBLE"
  | "REJECTED"
  | "DISCARDED"
  | "ERASED"
  | "TRANSFERRED"
  | "CLOSED_NOT_FOUND"
  | "CLOSED_NO_PENALTY"
  | "LEGAL_REVIEW";

// 2026-11-20 10:00 in Shanghai
const now = new Date("2026-11-20T02:00:00Z");
const hour = 3_600_000;
/** Acts of one camera never begin at one instant. */
let seeded = 0;
let api: TestApi;
let tech: Caller;
let legal: Caller;
let head: Caller;
let otherTech: Caller;

beforeAll(async () => {
  api = await createTestApi({ now: () => now });
  tech = await api.signIn("tech-s", ["technical_reviewer"]);
  otherTech = await api.signIn("tech-other", ["technical_reviewer"]);
  legal = await api.signIn("legal-s", ["legal_reviewer"]);
  head = await api.signIn("head-s", ["head"]);
});
afterAll(() => api.close());
beforeEach(async () => {
  // what a test has counted is out of the next one's period
  await api.deps.db
    .$executeRaw`update clue set created_at = created_at - interval '300 days' where created_at > ${new Date(now.getTime() - 100 * 24 * hour)}`;
});

/** A clue opened an hour ago and taken to a state as the two reviewers would, half an hour and a quarter of an hour ago. */
async function seed(
  state: State | null,
  {
    sourceId = "cam-a",
    reason = null as string | null,
    technician = tech,
    timeOnItemMs = null as number | null,
    legalResult = null as "pass" | "fail" | "send_back" | "unsure" | null,
    openedAt = new Date(now.getTime() - hour),
    from = new Date("2026-11-20T01:00:00Z"),
  } = {},
): Promise<string> {
  const id = await api.seedClue({ sourceId, from: new Date(from.getTime() + seeded++ * 100) });
  const { db } = api.deps;
  await db.clue.update({ where: { id }, data: { createdAt: openedAt, dueAt: new Date(now.getTime() + hour) } });
  const review = (kind: string, result: string, reviewerId: string, beforeMs: number) =>
    db.review.create({
      data: {
        clueId: id,
        round: 1,
        kind,
        result,
        reviewerId,
        checklist: [],
        timeOnItemMs,
        createdAt: new Date(now.getTime() - beforeMs),
      },
    });
  const isPassed = state === "ADMISSIBLE" || state === "ERASED" || state === "LEGAL_REVIEW" || legalResult !== null;
  if (isPassed) await review("technical", "pass", technician.person.id, hour / 2);
  else if (state === "REJECTED") await review("technical", "fail", technician.person.id, hour / 2);
  const verdict = legalResult ?? (state === "ADMISSIBLE" || state === "ERASED" ? "pass" : null);
  if (verdict !== null) await review("legal", verdict, legal.person.id, hour / 4);
  if (state !== null) await db.clue.update({ where: { id }, data: { state, closeReason: reason } });
  return id;
}
const times = async (count: number, act: () => Promise<unknown>) => {
  for (let nth = 0; nth < count; nth++) await act();
};
const ask = async (caller: Caller, search = ""): Promise<StatisticsView> => {
  const answer = await caller.call("GET", `/api/statistics?${search}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};

test("known records give exactly their figures: outcomes, precision per camera with its interval, reasons, rates, waits and queues", async () => {
  await times(15, () => seed("ADMISSIBLE"));
  await times(3, () => seed("REJECTED", { reason: "wrong_object" }));
  await times(2, () => seed("REJECTED", { reason: "device" }));
  await times(2, () => seed("DISCARDED", { reason: "light" }));
  await seed("ERASED", { reason: "repeated" });
  await seed("CLOSED_NOT_FOUND");
  await times(2, () => seed(null));
  await seed("ADMISSIBLE", { sourceId: "cam-b" });
  const figures = await ask(head);
  expect(figures.period).toMatchObject({ from: "2026-10-22", to: "2026-11-20", timezone: "Asia/Shanghai" });
  expect(figures.outcomes).toEqual({
    accepted: 16,
    rejected: 5,
    discarded: 2,
    not_found: 1,
    erased: 1,
    undecided: 2,
    merged: 0,
    transferred: 0,
  });
  const [a, b] = ["cam-a", "cam-b"].map((key) => figures.precision.find((row) => row.key === key));
  const { low, high } = wilsonInterval(15, 24) ?? { low: 0, high: 0 };
  expect(a).toMatchObject({ count: 15, total: 24, undecided: 2, share: 0.625, low, high });
  expect(a).toMatchObject({ ifAllAgainst: 15 / 26, ifAllFor: 17 / 26 });
  // one item says next to nothing, and no point is told
  expect(b).toMatchObject({ count: 1, total: 1, share: null, high: 1 });
  expect(figures.reasons.map(({ state, reasonCode, count }) => [state, reasonCode, count])).toEqual([
    ["DISCARDED", "light", 2],
    ["ERASED", "repeated", 1],
    ["REJECTED", "wrong_object", 3],
    ["REJECTED", "device", 2],
  ]);
  const rate = (id: string) => figures.rates.find((row) => row.id === id);
  expect(rate("wrong")).toMatchObject({ count: 8, total: 25, undecided: 2 });
  expect(rate("erased")).toMatchObject({ count: 1, total: 17 });
  expect(rate("sent_back")).toMatchObject({ count: 0, total: 17 });
  expect(rate("on_time")).toMatchObject({ count: 22, total: 22, leftOut: 2 });
  // 16 accepted, 1 erased and 5 rejected were reviewed after half an hour; 2 wait for an hour by now
  expect(figures.waits[0]).toEqual({
    step: "technical",
    reviewed: 22,
    waiting: 2,
    p50S: 1_800,
    p50AtLeast: false,
    p95S: 3_600,
    p95AtLeast: true,
  });
  expect(figures.queues.find(({ state }) => state === "TECH_REVIEW")).toMatchObject({ open: 2, overdue: 0 });
});

test("time on a record is told per review and violation from ten reviews of two people on, of one person's never, and is in the workbook", async () => {
  const timed = (technician: Caller, timeOnItemMs: number) => seed("LEGAL_REVIEW", { technician, timeOnItemMs });
  for (let nth = 1; nth <= 9; nth++) await timed(tech, nth * 10_000);
  const few = (await ask(head)).reviewTimes;
  expect(few.map(({ step, violation, reviews, p50S, p90S }) => [step, violation, reviews, p50S, p90S])).toEqual([
    ["technical", null, 9, null, null],
    ["technical", "CROSS_DOOR", 9, null, null],
  ]);
  await timed(tech, 100_000);
  expect((await ask(head)).reviewTimes[0]).toMatchObject({ reviews: 10, p50S: null });
  await timed(otherTech, 110_000);
  const [all, own] = (await ask(head)).reviewTimes;
  expect(all).toEqual({ step: "technical", violation: null, title: null, reviews: 11, p50S: 60, p90S: 100 });
  expect(own).toMatchObject({ violation: "CROSS_DOOR", title: { zh: "跨门经营" }, reviews: 11, p50S: 60 });
  expect(JSON.stringify(own)).not.toContain(tech.person.id);
});

test("verdicts on known items are told per queue and never of one person alone", async () => {
  const { db } = api.deps;
  const third = await api.signIn("tech-third", ["technical_reviewer"]);
  const clueId = await seed("REJECTED", { reason: "wrong_object", technician: third });
  const item = await db.seededItem.create({
    data: { clueId, stage: "technical", answer: "fail", why: "示例依据", createdBy: head.person.id },
  });
  const answer = (who: Caller, right: boolean) =>
    db.seededAnswer.create({
      data: {
        itemId: item.id,
        personId: who.person.id,
        event: right ? "tech_fail" : "tech_pass",
        right,
        checklist: [],
        createdAt: new Date(now.getTime() - hour),
      },
    });
  await answer(tech, false);
  expect((await ask(head)).known.technical).toMatchObject({ count: 0, total: 0, leftOut: 1, low: null });
  await answer(otherTech, true);
  const { known } = await ask(head);
  expect(known.technical).toMatchObject({ count: 1, total: 2, leftOut: 0 });
  expect(known.legal).toMatchObject({ total: 0, leftOut: 0 });
  await db.seededItem.update({ where: { id: item.id }, data: { withdrawnAt: now } });
  expect((await ask(head)).known.technical).toMatchObject({ total: 0, leftOut: 0 });
});

test("a reason is told in the words of the list it was chosen from, on the page and in the workbook", async () => {
  await seed("DISCARDED", { reason: "light" });
  await seed("REJECTED", { reason: "minor" });
  await seed("ERASED", { reason: "repeated" });
  await seed("TRANSFERRED", { reason: "filed_first" });
  await seed("CLOSED_NO_PENALTY", { reason: "minor" });
  const closing = api.deps.profile.closingReasons.find(({ code }) => code === "minor")?.zh;
  expect(closing).not.toBe(rejectReasons.minor.zh);
  const told = (await ask(head)).reasons.map(({ state, title }) => [state, title.zh]);
  expect(told).toEqual([
    ["CLOSED_NO_PENALTY", closing],
    ["DISCARDED", noiseReasons.light.zh],
    ["ERASED", eraseReasons.repeated.zh],
    ["REJECTED", rejectReasons.minor.zh],
    ["TRANSFERRED", transferReasons.filed_first.zh],
  ]);
  const file = await head.call("GET", "/api/statistics.xlsx?lang=zh");
  const sheet = (await readWorkbook(file.rawPayload)).find((one) => one.sheet === "驳回与剔除的理由");
  expect(sheet?.data.slice(5).map((row) => row[2])).toEqual(told.map(([, title]) => title));
});

test("discarding everything does not raise precision, and neither does leaving it undecided", async () => {
  await times(20, () => seed("ADMISSIBLE"));
  const ids: string[] = [];
  await times(10, async () => ids.push(await seed("REJECTED", { reason: "wrong_object" })));
  const honest = (await ask(head)).overall;
  expect(honest).toMatchObject({ count: 20, total: 30 });
  const { db } = api.deps;
  await db.clue.updateMany({ where: { id: { in: ids } }, data: { state: "DISCARDED" } });
  expect((await ask(head)).overall).toEqual(honest);
  await db.clue.updateMany({ where: { id: { in: ids } }, data: { state: "TECH_REVIEW" } });
  const left = (await ask(head)).overall;
  expect(left).toMatchObject({ undecided: 10, ifAllAgainst: 20 / 30 });
  expect(left.ifAllAgainst).toBe(honest.share);
});

test("many sightings of one act are one item, the rest is told as left out", async () => {
  const from = new Date("2026-11-20T01:00:00Z");
  const place = "拆分路1号";
  const first = await api.seedClue({ sourceId: "cam-split", place, from });
  for (let nth = 1; nth <= 3; nth++)
    await api.seedClue({ sourceId: "cam-split", place, from: new Date(from.getTime() + nth * 1_000) });
  await api.deps.db.clue.updateMany({ where: { place }, data: { createdAt: new Date(now.getTime() - hour) } });
  await api.deps.db.clue.update({ where: { id: first }, data: { state: "DISCARDED", closeReason: "other" } });
  const { precision } = await ask(head);
  expect(precision.find(({ key }) => key === "cam-split")).toMatchObject({ count: 0, total: 1, leftOut: 3 });
});

test("precision is told by violation, by local hour of the act and by model version", async () => {
  await seed("ADMISSIBLE", { from: new Date("2026-11-19T16:30:00Z") });
  await seed("REJECTED", { from: new Date("2026-11-19T22:30:00Z"), reason: "other" });
  const rows = async (group: string) =>
    (await ask(head, `group=${group}`)).precision.map(({ key, count, total }) => [key, count, total]);
  expect(await rows("violation")).toEqual([["CROSS_DOOR", 1, 2]]);
  expect(await rows("hour")).toEqual([
    ["0", 1, 1],
    ["6", 0, 1],
  ]);
  expect(await rows("model")).toEqual([["m aaaaaaaa", 1, 2]]);
});

test("a day is one of the bureau's time zone, and a period that ends before it begins or is too long is refused", async () => {
  // 00:30 on the 19th in Shanghai
  await seed("ADMISSIBLE", { openedAt: new Date("2026-11-18T16:30:00Z") });
  const of = async (day: string) => (await ask(head, `from=${day}&to=${day}`)).outcomes.accepted;
  expect([await of("2026-11-18"), await of("2026-11-19"), await of("2026-11-20")]).toEqual([0, 1, 0]);
  for (const search of ["from=2026-11-20&to=2026-11-19", "from=2024-01-01&to=2026-01-01", "from=2026-02-30"])
    expect((await head.call("GET", `/api/statistics?${search}`)).statusCode, search).toBe(400);
});

test("a review that is late or never made lowers the on-time rate; what was sent back counts as returned", async () => {
  const { db } = api.deps;
  await seed("ADMISSIBLE");
  const late = await seed(null);
  await db.clue.update({ where: { id: late }, data: { dueAt: new Date(now.getTime() - hour) } });
  const back = await seed(null, { legalResult: "send_back" });
  await db.clue.update({ where: { id: back }, data: { round: 2 } });
  const { rates, queues } = await ask(head);
  expect(rates.find(({ id }) => id === "on_time")).toMatchObject({ count: 1, total: 2, undecided: 1 });
  expect(rates.find(({ id }) => id === "sent_back")).toMatchObject({ count: 1, total: 2 });
  expect(queues.find(({ state }) => state === "TECH_REVIEW")?.overdue).toBe(1);
});

describe("agreement", () => {
  test("is of the bureau for everybody, and of a person for that person alone", async () => {
    await times(3, () => seed("ADMISSIBLE", { technician: tech }));
    await seed("REJECTED", { technician: tech, legalResult: "fail", reason: "minor" });
    await times(2, () => seed("ADMISSIBLE", { technician: otherTech }));
    await seed(null, { technician: otherTech, legalResult: "unsure" });
    const [mine, theirs, ofHead] = [await ask(tech), await ask(otherTech), await ask(head)];
    for (const { agreement } of [mine, theirs, ofHead])
      expect(agreement.reviews).toMatchObject({ count: 5, total: 6, leftOut: 1, kappa: null });
    expect(mine.own?.reviews).toMatchObject({ count: 3, total: 4 });
    expect(theirs.own?.reviews).toMatchObject({ count: 2, total: 2, leftOut: 1 });
    expect((await ask(legal)).own?.reviews).toMatchObject({ count: 5, total: 6 });
    expect(ofHead.own).toBeNull();
  });

  test("no answer names a person or breaks figures down by one, whoever asks", async () => {
    await seed("ADMISSIBLE");
    for (const duty of ["monitor", "auditor", "administrator", "head", "technical_reviewer"] as const) {
      const caller = await api.signIn(`nobody-${duty}`, [duty]);
      const { body } = await caller.call("GET", "/api/statistics");
      for (const person of [tech, otherTech, legal, head, caller])
        for (const word of [person.person.id, person.person.name, person.person.login])
          expect(body).not.toContain(word);
    }
    expect((await head.call("GET", "/api/statistics?group=person")).statusCode).toBe(400);
    const handler = await api.signIn("handler-s", ["handler"]);
    const pilot = await api.signIn("pilot-s", ["pilot"]);
    for (const caller of [handler, pilot])
      expect((await caller.call("GET", "/api/statistics")).json()).toMatchObject({ code: "WRONG_ROLE" });
  });

  test("no route of the contract counts or ranks people", () => {
    const document = JSON.stringify(api.app.swagger());
    for (const word of ["perPerson", "byPerson", "reviewerCounts", "ranking", "leaderboard", "finesTotal"])
      expect(document).not.toContain(word);
  });
});

test("blind minutes come from occupancy: two rules count once, and a silent fixed camera is told as not recorded", async () => {
  const { db } = api.deps;
  const at = (clock: string) => new Date(`2026-11-18T${clock}:00Z`);
  await api.seedClue({ sourceId: "cam-blind", from: at("00:00") });
  const scene = await db.scene.findFirstOrThrow({ where: { sourceId: "cam-blind" } });
  const rows = [
    { ruleKey: "r1", state: "present", from: at("00:00"), to: at("01:00") },
    { ruleKey: "r1", state: "blind", from: at("01:00"), to: at("01:20") },
    { ruleKey: "r2", state: "blind", from: at("01:10"), to: at("01:30") },
    { ruleKey: "r1", state: "absent", from: at("01:30"), to: at("02:00") },
  ];
  await db.occupancy.createMany({
    data: rows.map((row) => ({ ...row, sourceId: "cam-blind", sceneId: scene.id, violation: "STALL", zoneId: "z1" })),
  });
  const { watched } = await ask(head, "from=2026-11-18&to=2026-11-18");
  const camera = watched.find(({ sourceId }) => sourceId === "cam-blind");
  expect(camera).toMatchObject({ seenMin: 90, blindMin: 30, days: [{ day: "2026-11-18", blindMin: 30 }] });
  // recorded since 07:59:50 local; until midnight 960 1/6 minutes, 120 of them accounted for
  expect(camera?.unrecordedMin).toBeCloseTo(840.2, 1);
});

describe("the workbook", () => {
  const sheetsOf = async (search: string) => {
    const answer = await head.call("GET", `/api/statistics.xlsx?${search}`);
    expect(answer.statusCode).toBe(200);
    const sheets = await readWorkbook(answer.rawPayload);
    return { answer, sheets, find: (name: string) => sheets.find(({ sheet }) => sheet === name)?.data ?? [] };
  };

  test("holds the figures of the answer cell by cell, says of when and how, and its export is in the custody log", async () => {
    await times(21, () => seed("ADMISSIBLE"));
    await times(4, () => seed("REJECTED", { sourceId: "cam-b", reason: "minor" }));
    const view = await ask(head);
    const { sheets, find } = await sheetsOf("lang=zh");
    expect(sheets.length).toBeGreaterThanOrEqual(17);
    for (const { data } of sheets) {
      expect(String(data[1]?.[0]).length).toBeGreaterThan(20);
      expect(String(data[2]?.[0])).toContain("2026-10-22 至 2026-11-20（Asia/Shanghai）；制表 2026-11-20 10:00:00");
    }
    const rows = find("准确度-摄像机").slice(5);
    const told = view.precision.map((row) => [
      row.key,
      row.title.zh,
      row.count,
      row.total,
      row.undecided,
      row.leftOut,
      row.share,
      row.low,
      row.high,
      row.ifAllAgainst,
      row.ifAllFor,
    ]);
    expect(rows).toEqual(told);
    expect(find("漏报估计").slice(5)[0]?.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    const entry = await api.deps.db.custody.findFirstOrThrow({ where: { action: "statistics.exported" } });
    expect(entry.subject).toBe("statistics:2026-10-22/2026-11-20");
  });

  test("keeps a name that looks like a formula as the text it is", async () => {
    const { db } = api.deps;
    for (const [nth, name] of ["=1+1", "+1", "-1", '@SUM(A1)\u0001"'].entries()) {
      await seed("ADMISSIBLE", { sourceId: `cam-f${nth}` });
      await db.source.update({ where: { id: `cam-f${nth}` }, data: { name } });
    }
    const { find } = await sheetsOf("lang=en");
    const names = find("Precision by camera")
      .slice(5)
      .map(([key, name]) => [key, name]);
    for (const [nth, name] of ["=1+1", "+1", "-1", '@SUM(A1)"'].entries())
      expect(names).toContainEqual([`cam-f${nth}`, name]);
    for (const name of names) expect(typeof name[1]).toBe("string");
  });
});
