import { legalQuestions, priorityCodes, technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail, ClueItem, OwnKnown } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"tech" | "newTech" | "legal" | "newLegal" | "auditor" | "admin" | "monitor", Caller>;

beforeAll(async () => {
  api = await createTestApi({ review: { seededShare: 0.5 } });
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.newTech = await api.signIn("new-tech", ["technical_reviewer"]);
  people.legal = await api.signIn("legal", ["legal_reviewer"]);
  people.newLegal = await api.signIn("new-legal", ["legal_reviewer"]);
  people.auditor = await api.signIn("auditor", ["auditor"]);
  people.admin = await api.signIn("admin", ["administrator"]);
  people.monitor = await api.signIn("monitor", ["monitor"]);
});
afterAll(() => api.close());

const move = (who: Caller, id: string, event: string, version: number, extra: object = {}) =>
  who.call("POST", `/api/clues/${id}/events`, { event, version, ...extra });
const why = "货物其实在店内，门线之内";
const pass = { checklist: passed(technicalQuestions) };

/** A record that the technical review rejected, or the legal one after a technical pass. */
async function rejected(by: "technical" | "legal" = "technical"): Promise<string> {
  const id = await api.seedClue();
  if (by === "technical") await move(people.tech, id, "tech_fail", 1, { reasonCode: "wrong_object" });
  else {
    await move(people.tech, id, "tech_pass", 1, pass);
    await move(people.legal, id, "legal_fail", 2, { reasonCode: "permitted" });
  }
  return id;
}
/** A record of a district that the technical review rejected. */
async function rejectedIn(district?: string): Promise<string> {
  const id = await api.seedClue(district === undefined ? {} : { district });
  await move(people.tech, id, "tech_fail", 1, { reasonCode: "wrong_object" });
  return id;
}
async function plant(clueId: string, stage = "technical", answer = "fail", who = people.auditor) {
  return who.call("POST", "/api/seeded-items", { clueId, stage, answer, why });
}
const planted = async (stage: "technical" | "legal" = "technical"): Promise<string> =>
  (await plant(await rejected(stage), stage)).json().id;
const queue = async (who: Caller, state = "TECH_REVIEW") =>
  (await who.call("GET", `/api/clues?state=${state}&order=oldest`)).json() as {
    items: ClueItem[];
    counts: Record<string, number>;
  };

describe("a known item", () => {
  test("is made of a record whose outcome is certain, by an auditor or administrator, once a stage", async () => {
    const id = await rejected();
    expect((await plant(id, "technical", "pass")).statusCode).toBe(400);
    expect((await plant(id, "legal", "fail")).statusCode).toBe(400);
    for (const who of [people.tech, people.legal, people.monitor])
      expect((await plant(id, "technical", "fail", who)).statusCode).toBe(403);
    expect((await plant(await api.seedClue())).statusCode).toBe(400);
    expect((await plant(id, "technical", "fail", people.admin)).statusCode).toBe(200);
    expect((await plant(id)).statusCode).toBe(400);
  });

  test("opens as a record that waits for review, without its outcome; to everybody else it does not exist", async () => {
    const id = await planted();
    const detail = (await people.newTech.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
    expect(detail).toMatchObject({
      id,
      state: "TECH_REVIEW",
      version: 1,
      reviews: [],
      caseId: null,
      closeReason: null,
    });
    expect(detail.evidence.length).toBeGreaterThan(0);
    expect(detail.events.map(({ event }) => event)).toEqual(expect.arrayContaining(["tech_pass", "tech_fail"]));
    expect(JSON.stringify(detail)).not.toContain(why);
    // who reviewed the record knows it; others have no such duty
    for (const who of [people.tech, people.newLegal, people.monitor, people.auditor])
      expect((await who.call("GET", `/api/clues/${id}`)).statusCode).toBe(404);
    expect((await people.newTech.call("POST", `/api/clues/${id}/lease`)).json()).toMatchObject({ takenBy: null });
  });

  test("takes a verdict like a record, tells the answer after it, and leaves no review, no case and no other state behind", async () => {
    const id = await planted();
    const reviews = await api.deps.db.review.count();
    expect((await move(people.newTech, id, "tech_pass", 1)).statusCode).toBe(400);
    expect((await move(people.newTech, id, "tech_pass", 9, pass)).json()).toMatchObject({ code: "STALE" });
    expect((await move(people.newTech, id, "file", 1)).json()).toMatchObject({ code: "NO_SUCH_STEP" });
    const wrong = await move(people.newTech, id, "tech_pass", 1, { ...pass, timeOnItemMs: 900 });
    expect(wrong.json()).toEqual({
      id,
      state: "LEGAL_REVIEW",
      version: 2,
      caseId: null,
      known: { right: false, answer: "fail", why },
    });
    expect((await move(people.newTech, id, "tech_fail", 1, { reasonCode: "loading" })).statusCode).toBe(409);
    expect(await api.deps.db.review.count()).toBe(reviews);
    expect(await api.deps.db.clue.findUnique({ where: { id } })).toBeNull();
    expect(await api.deps.db.seededAnswer.findMany({ where: { itemId: id } })).toMatchObject([
      { event: "tech_pass", right: false, timeOnItemMs: 900 },
    ]);
    const mine = (await people.auditor.call("GET", "/api/seeded-items"))
      .json()
      .items.find((item: { id: string }) => item.id === id);
    expect(mine).toMatchObject({ answered: 1, right: 0 });
    expect((await people.newTech.call("GET", `/api/clues/${id}`)).json()).toMatchObject({
      state: "LEGAL_REVIEW",
      version: 2,
    });
  });

  test("answered by two windows at once it is answered once", async () => {
    const id = await planted();
    const answers = await Promise.all(
      [1, 2].map(() => move(people.newTech, id, "tech_fail", 1, { reasonCode: "loading" })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  test("of the legal stage shows the technical review that came before", async () => {
    const id = await planted("legal");
    const detail = (await people.newLegal.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
    expect(detail).toMatchObject({ state: "LEGAL_REVIEW", reviews: [{ kind: "technical", result: "pass" }] });
    const right = await move(people.newLegal, id, "legal_fail", 2, { reasonCode: "permitted" });
    expect(right.json()).toMatchObject({ state: "REJECTED", known: { right: true } });
    expect(
      (
        await move(people.newLegal, await planted("legal"), "legal_pass", 2, { checklist: passed(legalQuestions) })
      ).json(),
    ).toMatchObject({ known: { right: false } });
  });

  test("that was withdrawn is gone from every queue and page", async () => {
    const id = await planted();
    expect((await people.tech.call("POST", `/api/seeded-items/${id}/withdraw`)).statusCode).toBe(403);
    expect((await people.admin.call("POST", `/api/seeded-items/${id}/withdraw`)).statusCode).toBe(200);
    expect((await people.admin.call("POST", `/api/seeded-items/${id}/withdraw`)).statusCode).toBe(404);
    expect((await people.newTech.call("GET", `/api/clues/${id}`)).statusCode).toBe(404);
  });
});

describe("in the queue", () => {
  test("known items come at about the configured share, each looks like a record, and is counted with them", async () => {
    const fresh = await api.signIn(`fresh-${crypto.randomUUID().slice(0, 6)}`, ["technical_reviewer"]);
    for (let nth = 0; nth < 12; nth++) await planted();
    const known = new Set((await api.deps.db.seededItem.findMany({ select: { id: true } })).map(({ id }) => id));
    for (let nth = 0; nth < 3; nth++) await api.seedClue();
    let met = 0;
    const verdicts = 24;
    for (let nth = 0; nth < verdicts; nth++) {
      const before = await queue(fresh);
      const seeded = before.items.find(({ id }) => known.has(id));
      const real = before.items.find(({ id }) => !known.has(id));
      expect((await queue(fresh)).items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
      const clues = await api.deps.db.clue.count({ where: { state: "TECH_REVIEW" } });
      expect(before.counts.TECH_REVIEW).toBe(clues + (seeded === undefined ? 0 : 1));
      if (seeded !== undefined) {
        met++;
        expect(Object.keys(seeded).sort()).toEqual(Object.keys(real ?? {}).sort());
        for (const name of ["createdAt", "dueAt"] as const) {
          const around = [before.items[0], before.items[2]].map((item) => Date.parse(item?.[name] ?? ""));
          expect(Date.parse(seeded[name])).toBeGreaterThanOrEqual(Math.min(...around));
          expect(Date.parse(seeded[name])).toBeLessThanOrEqual(Math.max(...around));
        }
      }
      await move(fresh, (seeded ?? real)?.id ?? "", "tech_fail", (seeded ?? real)?.version ?? 0, {
        reasonCode: "loading",
      });
      if (seeded === undefined) await api.seedClue();
    }
    expect(met).toBeGreaterThan(2);
    expect(met).toBeLessThan(verdicts - 2);
  });

  test("in the order of due times a known item lies where its own due time, priority and arrival put it", async () => {
    const fresh = await api.signIn(`due-${crypto.randomUUID().slice(0, 6)}`, ["technical_reviewer"]);
    await planted();
    const truck = await api.seedClue({ violation: "TRUCK_UNCOVERED" });
    await move(people.tech, truck, "tech_fail", 1, { reasonCode: "wrong_object" });
    await plant(truck);
    for (const [nth, violation] of ["STALL", "TRUCK_DIRTY", "STALL", "WASTE_DUMP"].entries())
      await api.seedClue({ violation, from: new Date(Date.UTC(2026, 10, 18 + (nth % 2), 1)) });
    const known = new Set((await api.deps.db.seededItem.findMany({ select: { id: true } })).map(({ id }) => id));
    let met = 0;
    for (let nth = 0; nth < 16; nth++) {
      const { items } = (await fresh.call("GET", "/api/clues?state=TECH_REVIEW&order=due")).json() as {
        items: ClueItem[];
      };
      const keys = items.map(({ dueAt, priority, createdAt }) =>
        [dueAt, priorityCodes.indexOf(priority.level), createdAt].join(" "),
      );
      expect(keys).toEqual([...keys].sort());
      const seeded = items.find(({ id }) => known.has(id));
      if (seeded !== undefined) met++;
      const next = seeded ?? items[0];
      await move(fresh, next?.id ?? "", "tech_fail", next?.version ?? 0, { reasonCode: "loading" });
      if (seeded === undefined) await api.seedClue({ violation: nth % 2 === 0 ? "STALL" : "TRUCK_DIRTY" });
    }
    expect(met).toBeGreaterThan(0);
  });

  test("a reviewer of one district meets the items of that district alone, and none that a recusal keeps from them", async () => {
    const near = await api.signIn("near", ["technical_reviewer"], { districts: ["huamu"] });
    const { db } = api.deps;
    const inside = await rejectedIn("huamu");
    const recused = await rejectedIn("huamu");
    for (const clueId of [inside, recused, await rejectedIn("lujiazui"), await rejectedIn()]) await plant(clueId);
    const { id: own } = await db.seededItem.findFirstOrThrow({ where: { clueId: inside } });
    const { place } = await db.clue.findUniqueOrThrow({ where: { id: recused } });
    const recusal = { personId: near.person.id, place, kind: "declared", reasonCode: "relative", note: "表亲" };
    await db.recusal.create({ data: { ...recusal, createdBy: near.person.id } });
    await api.seedClue({ district: "huamu" });
    const known = new Set((await db.seededItem.findMany({ select: { id: true } })).map(({ id }) => id));
    const met = new Set<string>();
    for (let nth = 0; nth < 20; nth++) {
      const { items } = await queue(near);
      for (const { id, barred } of items.filter(({ id }) => known.has(id))) {
        met.add(id);
        expect(barred).toBeNull();
      }
      const real = items.find(({ id, barred }) => !known.has(id) && barred === null);
      await move(near, real?.id ?? "", "tech_fail", real?.version ?? 0, { reasonCode: "loading" });
      await api.seedClue({ district: "huamu" });
    }
    expect([...met]).toEqual([own]);
  });

  test("nobody meets one who is not asked to review, and an empty queue stays empty", async () => {
    const ids = new Set((await api.deps.db.seededItem.findMany({ select: { id: true } })).map(({ id }) => id));
    for (const who of [people.monitor, people.auditor])
      expect((await queue(who)).items.some(({ id }) => ids.has(id))).toBe(false);
    expect((await people.newTech.call("GET", "/api/clues?state=TECH_REVIEW&q=没有这个地方")).json().items).toEqual([]);
  });
});

describe("the own results", () => {
  const mine = async (who: Caller) => (await who.call("GET", "/api/seeded-items/mine")).json() as OwnKnown;

  test("are told to the reviewer alone: right, passed wrongly, undecided, each with its item; what was withdrawn counts no more", async () => {
    const learner = await api.signIn("learner", ["technical_reviewer"]);
    expect(await mine(learner)).toMatchObject({ totals: [], items: [], until: null });
    const [right, missed, unsure] = [await planted(), await planted(), await planted()];
    await move(learner, right, "tech_fail", 1, { reasonCode: "loading" });
    await move(learner, missed, "tech_pass", 1, pass);
    await move(learner, unsure, "tech_unsure", 1, { note: "看不清" });
    const view = await mine(learner);
    expect(view.totals).toEqual([
      {
        stage: "technical",
        answered: 3,
        kinds: [
          { kind: "right", count: 1 },
          { kind: "passed_wrongly", count: 1 },
          { kind: "failed_wrongly", count: 0 },
          { kind: "undecided", count: 1 },
        ],
      },
    ]);
    expect(view.items?.map(({ id, kind, answer }) => [id, kind, answer])).toEqual([
      [unsure, "undecided", "fail"],
      [missed, "passed_wrongly", "fail"],
      [right, "right", "fail"],
    ]);
    expect((await learner.call("GET", `/api/clues/${missed}`)).statusCode).toBe(200);
    await people.admin.call("POST", `/api/seeded-items/${missed}/withdraw`);
    const after = await mine(learner);
    expect(after.totals[0]).toMatchObject({ answered: 2 });
    expect(after.items?.find(({ id }) => id === missed)?.withdrawn).toBe(true);
    expect((await mine(people.newLegal)).items?.some(({ id }) => [right, missed].includes(id))).toBe(false);
    for (const who of [people.auditor, people.monitor])
      expect((await who.call("GET", "/api/seeded-items/mine")).statusCode).toBe(403);
  });

  test("name no item where the bureau does not tell answers, and count up to the day before alone", async () => {
    let at = new Date("2026-11-20T02:00:00Z");
    const quiet = await createTestApi({ now: () => at, review: { seededShare: 0.1, seededReveal: "statistics" } });
    try {
      const [tech, other, auditor] = await Promise.all([
        quiet.signIn("tech", ["technical_reviewer"]),
        quiet.signIn("other", ["technical_reviewer"]),
        quiet.signIn("auditor", ["auditor"]),
      ]);
      const clueId = await quiet.seedClue();
      await move(tech, clueId, "tech_fail", 1, { reasonCode: "loading" });
      const body = { clueId, stage: "technical", answer: "fail", why };
      const { id } = (await auditor.call("POST", "/api/seeded-items", body)).json();
      await move(other, id, "tech_fail", 1, { reasonCode: "loading" });
      expect(await mine(other)).toEqual({
        reveal: "statistics",
        until: "2026-11-19T16:00:00.000Z",
        totals: [],
        items: null,
      });
      at = new Date("2026-11-20T17:00:00Z");
      const next = await quiet.app.inject({
        method: "POST",
        url: "/api/session",
        headers: { "x-mingcha": "1" },
        payload: { login: "other", password: "test password" },
      });
      const cookie = next.headers["set-cookie"]?.toString().split(";")[0] ?? "";
      const answer = await quiet.app.inject({ url: "/api/seeded-items/mine", headers: { cookie } });
      expect(answer.json()).toMatchObject({ items: null, totals: [{ stage: "technical", answered: 1 }] });
      expect(answer.body).not.toContain(id);
    } finally {
      await quiet.close();
    }
  });
});

test("told only in statistics, the verdict answers like any other", async () => {
  const quiet = await createTestApi({ review: { seededShare: 0.1, seededReveal: "statistics" } });
  try {
    const tech = await quiet.signIn("tech", ["technical_reviewer"]);
    const other = await quiet.signIn("other", ["technical_reviewer"]);
    const auditor = await quiet.signIn("auditor", ["auditor"]);
    const clueId = await quiet.seedClue();
    await move(tech, clueId, "tech_fail", 1, { reasonCode: "loading" });
    const { id } = (
      await auditor.call("POST", "/api/seeded-items", { clueId, stage: "technical", answer: "fail", why })
    ).json();
    const answer = await move(other, id, "tech_fail", 1, { reasonCode: "loading" });
    expect(answer.json()).toEqual({ id, state: "REJECTED", version: 2, caseId: null });
  } finally {
    await quiet.close();
  }
});

describe("the database itself", () => {
  test("takes no record under the id of a known item, none for a known item, and no review or case of one", async () => {
    const id = await planted();
    const clueId = await rejected();
    const { flagId: _, ...clue } = await api.deps.db.clue.findUniqueOrThrow({ where: { id: clueId } });
    await expect(api.deps.db.$executeRaw`update clue set id = ${id}::uuid where id = ${clueId}::uuid`).rejects.toThrow(
      /no record/,
    );
    await expect(
      api.deps.db.seededItem.create({
        data: { id: clue.id, clueId, stage: "technical", answer: "fail", why, createdBy: people.auditor.person.id },
      }),
    ).rejects.toThrow(/no record/);
    await expect(
      api.deps.db.review.create({
        data: {
          clueId: id,
          round: 1,
          kind: "technical",
          result: "pass",
          reviewerId: people.newTech.person.id,
          checklist: [],
        },
      }),
    ).rejects.toThrow();
    const open = await api.seedClue();
    await expect(
      api.deps.db.seededItem.create({
        data: { clueId: open, stage: "technical", answer: "fail", why, createdBy: people.auditor.person.id },
      }),
    ).rejects.toThrow(/certain/);
  });

  test("keeps items and answers as they were, and measures nobody by the own review", async () => {
    const id = await planted();
    await expect(api.deps.db.seededItem.update({ where: { id }, data: { answer: "pass" } })).rejects.toThrow(
      /withdrawn/,
    );
    await expect(api.deps.db.seededItem.delete({ where: { id } })).rejects.toThrow(/withdrawn/);
    const answer = { itemId: id, event: "tech_fail", right: true, checklist: [] };
    await expect(
      api.deps.db.seededAnswer.create({ data: { ...answer, personId: people.tech.person.id } }),
    ).rejects.toThrow(/not measured/);
    const kept = await api.deps.db.seededAnswer.create({ data: { ...answer, personId: people.newTech.person.id } });
    await expect(api.deps.db.seededAnswer.update({ where: { id: kept.id }, data: { right: false } })).rejects.toThrow(
      /append-only/,
    );
  });
});
