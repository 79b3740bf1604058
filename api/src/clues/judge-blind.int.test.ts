import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { encodeLook } from "@mingcha/models/scene";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"tech" | "legal" | "handler" | "monitor", Caller>;
/** Words of the first reviewer that must not reach the second one. */
const secret = "前审员的意见";

beforeAll(async () => {
  api = await createTestApi({ review: { blind: true } });
  people.tech = await api.signIn("first", ["technical_reviewer"]);
  people.legal = await api.signIn("second", ["legal_reviewer"]);
  people.handler = await api.signIn("handler", ["handler"]);
  people.monitor = await api.signIn("monitor", ["monitor"]);
});
afterAll(() => api.close());

async function technicallyPassed(): Promise<string> {
  const id = await api.seedClue({ place: `盲审路1号${crypto.randomUUID().slice(0, 4)}` });
  const clue = await api.deps.db.clue.findUniqueOrThrow({ where: { id }, include: { flag: true } });
  const clip = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId: clue.sourceId } });
  const detections = [{ label: "box", role: "goods", score: 0.8123, boxNorm: [0.2, 0.2, 0.2, 0.2] }];
  await api.deps.db.look.create({
    data: {
      clipId: clip.id,
      offsetMs: 10_000,
      sourceId: clue.sourceId,
      capturedAt: clue.from,
      status: "seen",
      modelId: "m",
      modelSha256: "a".repeat(64),
      detections: encodeLook({
        offsetMs: 10_000,
        capturedAtMs: clue.from.getTime(),
        status: "seen",
        detections,
      } as never) as object,
    },
  });
  await api.deps.db.flag.update({
    where: { id: clue.flagId },
    data: { trace: [{ filter: "score", passed: true, value: 0.8123, threshold: 0.35 }] },
  });
  const checklist = passed(technicalQuestions).map((answer, nth) => (nth === 0 ? { ...answer, note: secret } : answer));
  const corrections = [{ field: "place", value: "盲审路2号", reasonCode: "zone_text", note: secret }];
  const answer = await people.tech.call("POST", `/api/clues/${id}/events`, {
    event: "tech_pass",
    version: 1,
    checklist,
    corrections,
    note: secret,
  });
  expect(answer.statusCode).toBe(200);
  return id;
}

test("a blind reviewer's answer carries neither verdict, name, notes, answers nor score; the corrected fact it does", async () => {
  const id = await technicallyPassed();
  const answer = await people.legal.call("GET", `/api/clues/${id}`);
  const detail = answer.json() as ClueDetail;
  expect(answer.body).not.toContain(secret);
  expect(answer.body).not.toContain("人员first");
  expect(answer.body).not.toContain("T-first");
  // a time of day such as :40.812 is none
  expect(answer.body).not.toMatch(/(?<!\d)0\.81/);
  expect(detail).toMatchObject({ blind: true, reviews: [], note: null, score: null, place: "盲审路2号" });
  expect(detail.corrections).toMatchObject([{ field: "place", by: null, note: null, newValue: "盲审路2号" }]);
  expect(detail.looks[0]?.boxes[0]).toMatchObject({ score: null });
  const list = await people.legal.call("GET", "/api/clues?state=LEGAL_REVIEW");
  expect(list.json().items.find((item: { id: string }) => item.id === id).score).toBeNull();
  expect(list.body).not.toContain("人员first");
});

test("everybody who does not judge it next sees all of it", async () => {
  const id = await technicallyPassed();
  for (const who of [people.tech, people.handler, people.monitor]) {
    const detail = (await who.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
    expect(detail).toMatchObject({ blind: false, reviews: [{ reviewerName: "人员first" }] });
    expect(detail.score).toBeCloseTo(0.8);
  }
});

test("after the own verdict it is shown, and in the next round hidden again but for the own words", async () => {
  const id = await technicallyPassed();
  const step = async (who: Caller, event: string, extra: object) => {
    const { version } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
    expect((await who.call("POST", `/api/clues/${id}/events`, { event, version, ...extra })).statusCode).toBe(200);
  };
  await step(people.legal, "legal_send_back", { note: "请补充" });
  expect((await people.legal.call("GET", `/api/clues/${id}`)).body).toContain(secret);
  await step(people.tech, "tech_pass", { checklist: passed(technicalQuestions) });
  const again = (await people.legal.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
  expect(again.reviews.map(({ note }) => note)).toEqual(["请补充"]);
  await step(people.legal, "legal_pass", { checklist: passed(legalQuestions) });
  expect((await people.legal.call("GET", `/api/clues/${id}`)).json()).toMatchObject({
    blind: false,
    reviews: [{}, {}, {}, {}],
  });
});

test("by default nobody judges blind", async () => {
  const open = await createTestApi();
  try {
    expect(open.deps.profile.review).toMatchObject({ blind: false, seededShare: 0 });
    const id = await open.seedClue();
    const tech = await open.signIn("tech", ["technical_reviewer"]);
    const legal = await open.signIn("legal", ["legal_reviewer"]);
    await tech.call("POST", `/api/clues/${id}/events`, {
      event: "tech_pass",
      version: 1,
      checklist: passed(technicalQuestions),
    });
    expect((await legal.call("GET", `/api/clues/${id}`)).json()).toMatchObject({
      blind: false,
      reviews: [{ reviewerName: "人员tech" }],
    });
  } finally {
    await open.close();
  }
});
