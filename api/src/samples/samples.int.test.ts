import { createHash, createHmac } from "node:crypto";
import type { NextSample, StatisticsView } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";
import { drawLooks } from "./draw-looks.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;

/** 2026-11-21 08:00 in Shanghai: the 20th is over. */
let now = new Date("2026-11-21T00:00:00Z");
const dayStart = new Date("2026-11-19T16:00:00Z");
let api: TestApi;
let tech: Caller;
let other: Caller;
let third: Caller;
let monitor: Caller;

beforeAll(async () => {
  api = await createTestApi({ now: () => now });
  tech = await api.signIn("tech-1", ["technical_reviewer"]);
  other = await api.signIn("tech-2", ["technical_reviewer"]);
  third = await api.signIn("tech-3", ["technical_reviewer"]);
  monitor = await api.signIn("monitor-1", ["monitor"]);
});
afterAll(() => api.close());

const rule = { violation: "STALL", zones: ["z1"] };
const zone = {
  id: "z1",
  kind: "no_stall",
  polygon: [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.9, 0.9],
  ],
};

/** A camera with one clip of a hundred looks from 10:00, a flag over the first twenty, and the last ten missing. */
async function seedCamera(
  id: string,
  { rules = [rule] as object[], state = "DETECTED" as "DETECTED" | "STORED" } = {},
) {
  const { db } = api.deps;
  await db.source.create({ data: { id, name: `机${id}`, kind: "fixed", place: "抽查路1号" } });
  const document = { source: { id, name: id, kind: "fixed" }, lookEveryS: 2, zones: [zone], rules };
  const scene = await db.scene.create({
    data: { sourceId: id, version: 1, document, sha256: "0".repeat(64), validFrom: new Date(0) },
  });
  const startedAt = new Date(dayStart.getTime() + 10 * 3_600_000);
  const clip = await db.clip.create({
    data: {
      sourceId: id,
      fileName: "c.mp4",
      sha256: createHash("sha256").update(id).digest("hex"),
      sizeBytes: 1,
      container: "mov",
      codec: "h264",
      widthPx: 1280,
      heightPx: 720,
      durationMs: 200_000,
      startedAt,
      startMethod: "uploader",
      startUncertaintyMs: 0,
      state,
      receivedAt: new Date(now.getTime() - 3_600_000),
    },
  });
  const at = (nth: number) => new Date(startedAt.getTime() + nth * 2_000);
  await db.look.createMany({
    data: Array.from({ length: 100 }, (_, nth) => ({
      clipId: clip.id,
      offsetMs: nth * 2_000,
      sourceId: id,
      capturedAt: at(nth),
      status: nth < 90 ? "seen" : "missing",
      modelId: "m",
      modelSha256: "a".repeat(64),
      detections: [],
    })),
  });
  const flag = await seedFlag(id, scene.id, at(0), at(19));
  return { clip, scene, at, flag };
}

const seedFlag = (sourceId: string, sceneId: string, from: Date, to: Date) =>
  api.deps.db.flag.create({
    data: {
      sourceId,
      sceneId,
      ruleKey: "STALL/z1/0",
      violation: "STALL",
      zoneId: "z1",
      place: `抽查路-${sourceId}`,
      from,
      to,
      ended: true,
      dwellS: 38,
      score: 0.8,
      boxNorm: [0.2, 0.2, 0.2, 0.2],
      intervals: [],
      trace: [],
      modelId: "m",
      modelSha256: "a".repeat(64),
    },
  });
const next = async (caller: Caller): Promise<NextSample> => (await caller.call("GET", "/api/samples/next")).json();
const answer = (caller: Caller, id: string, body: object) => caller.call("POST", `/api/samples/${id}/answers`, body);
const nothing = { answer: "nothing" };
const stall = { answer: "violation", violation: "STALL", zoneId: "z1" };

test("a day is drawn once, from looks that were seen and that no flag covers, and anybody with the key draws the same", async () => {
  const { db } = api.deps;
  const { at, clip } = await seedCamera("cam-draw");
  expect(await drawLooks(api.deps)).toBe(1);
  expect(await drawLooks(api.deps)).toBe(0);
  const draw = await db.lookDraw.findFirstOrThrow({ where: { sourceId: "cam-draw" }, include: { samples: true } });
  expect(draw).toMatchObject({ looks: 90, flagged: 20, wanted: 2 });
  expect(draw.day.toISOString().slice(0, 10)).toBe("2026-11-20");
  const eligible = Array.from({ length: 70 }, (_, nth) => `${clip.id}:${(20 + nth) * 2_000}`);
  const rank = (name: string) => createHash("sha256").update(Buffer.from(draw.key, "hex")).update(name).digest("hex");
  const again = eligible.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, 2);
  expect(draw.samples.map(({ clipId, offsetMs }) => `${clipId}:${offsetMs}`).sort()).toEqual(again.sort());
  for (const sample of draw.samples) expect(sample.capturedAt > at(19) && sample.capturedAt < at(90)).toBe(true);
  // the key comes from a secret whose hash was written down before anything was drawn
  const { value } = await db.setting.findFirstOrThrow({ where: { key: "statistics.sampleSecret" } });
  const secret = Buffer.from((value as { hex: string }).hex, "hex");
  expect(createHmac("sha256", secret).update("cam-draw|2026-11-20").digest("hex")).toBe(draw.key);
  const entries = await db.custody.findMany({ where: { action: { startsWith: "sample." } }, orderBy: { seq: "asc" } });
  const bodies = entries.map(({ body }) => JSON.parse(Buffer.from(body).toString("utf8")));
  expect(bodies[0].detail).toEqual({ sha256: createHash("sha256").update(secret).digest("hex") });
  expect(bodies[1].detail).toMatchObject({ key: draw.key, looks: 90, flagged: 20 });
});

test("nothing is drawn of a day that is not over, whose clips are not looked through, or of a scene without rules", async () => {
  const { db } = api.deps;
  await seedCamera("cam-waiting", { state: "STORED" });
  await seedCamera("cam-no-rules", { rules: [] });
  const before = now;
  now = new Date("2026-11-20T15:00:00Z");
  expect(await drawLooks(api.deps)).toBe(0);
  now = before;
  expect(await drawLooks(api.deps)).toBe(1);
  const draws = await db.lookDraw.findMany({ where: { sourceId: { in: ["cam-waiting", "cam-no-rules"] } } });
  expect(draws.map(({ sourceId, wanted }) => [sourceId, wanted])).toEqual([["cam-no-rules", 0]]);
  expect(await db.lookSample.count({ where: { drawId: { in: draws.map(({ id }) => id) } } })).toBe(0);
});

test("a technical reviewer gets one look after another with its zones, judges each once, and two people judge the first", async () => {
  const first = await next(tech);
  expect(first).toMatchObject({ waiting: 2, sample: { options: [{ violation: "STALL", zoneId: "z1" }] } });
  expect(first.sample?.zones).toEqual([zone]);
  const id = first.sample?.id ?? "";
  expect((await next(tech)).sample?.id).toBe(id);
  expect((await answer(tech, id, { ...stall, zoneId: "z9" })).json()).toMatchObject({ code: "BAD_INPUT" });
  expect((await answer(tech, id, nothing)).statusCode).toBe(200);
  expect((await answer(tech, id, stall)).json()).toMatchObject({ code: "SAMPLE_ANSWERED" });
  const second = await next(tech);
  expect(second.waiting).toBe(1);
  expect(second.sample?.id).not.toBe(id);
  // a second person is asked about the first look of the drawing alone
  expect((await next(other)).sample?.id).toBe(id);
  expect((await answer(other, id, nothing)).statusCode).toBe(200);
  expect((await answer(tech, second.sample?.id ?? "", { answer: "cannot_tell" })).statusCode).toBe(200);
  expect((await next(tech)).sample).toBeNull();
  expect((await next(third)).sample?.id).toBe(second.sample?.id);
  expect((await answer(third, second.sample?.id ?? "", stall)).statusCode).toBe(200);
  expect((await next(other)).sample).toBeNull();
  for (const table of ["look_answer", "look_sample", "look_draw"])
    await expect(api.deps.db.$executeRawUnsafe(`delete from ${table}`)).rejects.toThrow(/append-only/);
});

test("what was seen is counted in the estimate of misses and offered as a hint, without saying who saw it", async () => {
  const { misses, agreement } = (await tech.call("GET", "/api/statistics")).json() as StatisticsView;
  expect(misses).toMatchObject({ draws: 1, looks: 70, judged: 2, missed: 1, unclear: 0, share: null });
  expect(misses.high).toBeGreaterThan(0.9);
  expect(agreement.samples).toMatchObject({ count: 1, total: 1, leftOut: 1 });
  const hints = await monitor.call("GET", "/api/samples/misses");
  expect(hints.json().items).toMatchObject([{ violation: "STALL", zone: { id: "z1" }, sourceName: "机cam-draw" }]);
  for (const person of [tech, other, third])
    for (const word of [person.person.id, person.person.name]) expect(hints.body).not.toContain(word);
  expect(await api.deps.db.clue.count({ where: { sourceId: "cam-draw" } })).toBe(0);
  // who judges looks does not learn from others what is on them
  expect((await tech.call("GET", "/api/samples/misses")).json()).toMatchObject({ code: "WRONG_ROLE" });
  const both = await api.signIn("both-0", ["monitor", "technical_reviewer"]);
  expect((await both.call("GET", "/api/samples/misses")).json().items).toEqual([]);
});

test("a look that is flagged after all is left out and counted", async () => {
  const { db } = api.deps;
  const scene = await db.scene.findFirstOrThrow({ where: { sourceId: "cam-draw" } });
  const sample = await db.lookSample.findFirstOrThrow({
    where: { draw: { sourceId: "cam-draw" }, answers: { some: { answer: "violation" } } },
  });
  const flag = await seedFlag("cam-draw", scene.id, sample.capturedAt, sample.capturedAt);
  const { misses } = (await tech.call("GET", "/api/statistics")).json() as StatisticsView;
  expect(misses).toMatchObject({ judged: 1, missed: 0, flaggedLater: 1 });
  await db.flag.delete({ where: { id: flag.id } });
});

test("looks of accepted records are mixed in, count as known ones alone, and are kept from who reviewed the record", async () => {
  const { db } = api.deps;
  const { flag, clip, at } = await seedCamera("cam-seed");
  const legal = await api.signIn("legal-1", ["legal_reviewer"]);
  const clue = await db.clue.create({
    data: {
      flagId: flag.id,
      state: "LEGAL_REVIEW",
      violation: "STALL",
      sourceId: "cam-seed",
      place: "p",
      from: flag.from,
      to: flag.to,
      queueAt: now,
      dueAt: now,
    },
  });
  for (const [kind, person] of [
    ["technical", tech],
    ["legal", legal],
  ] as const)
    await db.review.create({
      data: { clueId: clue.id, round: 1, kind, result: "pass", reviewerId: person.person.id, checklist: [] },
    });
  await db.clue.update({ where: { id: clue.id }, data: { state: "ADMISSIBLE" } });
  await db.evidence.create({
    data: {
      flagId: flag.id,
      kind: "wide",
      clipId: clip.id,
      offsetMs: 10_000,
      capturedAt: at(5),
      sha256: "b".repeat(64),
      parentSha256: clip.sha256,
      mediaType: "image/jpeg",
      sizeBytes: 1,
      widthPx: 1280,
      heightPx: 720,
      madeBy: {},
    },
  });
  expect(await drawLooks(api.deps)).toBe(1);
  const samples = await db.lookSample.findMany({
    where: { draw: { sourceId: "cam-seed" } },
    orderBy: { ordinal: "asc" },
  });
  expect(samples.filter(({ seededFlagId }) => seededFlagId === flag.id)).toHaveLength(1);
  expect(samples).toHaveLength(3);
  const seed = samples.find(({ seededFlagId }) => seededFlagId !== null);
  expect((await answer(tech, seed?.id ?? "", stall)).json()).toMatchObject({ code: "OWN_SAMPLE" });
  expect(await next(tech)).toMatchObject({ waiting: 2 });
  expect(await next(other)).toMatchObject({ waiting: 3 });
  expect((await answer(other, seed?.id ?? "", stall)).statusCode).toBe(200);
  expect((await answer(third, seed?.id ?? "", nothing)).statusCode).toBe(200);
  const figures = async (caller: Caller) => (await caller.call("GET", "/api/statistics")).json() as StatisticsView;
  const [mine, ofThird] = [await figures(other), await figures(third)];
  expect(mine.agreement.seeds).toMatchObject({ count: 1, total: 2 });
  expect(mine.own?.seeds).toMatchObject({ count: 1, total: 1 });
  expect(ofThird.own?.seeds).toMatchObject({ count: 0, total: 1 });
  expect(mine.misses).toMatchObject({ draws: 2, judged: 2, missed: 1, unclear: 2 });
  expect((await monitor.call("GET", "/api/samples/misses")).json().items).toHaveLength(1);
});

test("who recorded a look does not judge it", async () => {
  const both = await api.signIn("both-1", ["monitor", "technical_reviewer"]);
  const { waiting } = await next(both);
  const sample = await api.deps.db.lookSample.findFirstOrThrow({
    where: { draw: { sourceId: "cam-seed" }, answers: { none: {} } },
  });
  await api.deps.db.clip.update({ where: { id: sample.clipId }, data: { collectorId: both.person.id } });
  expect((await next(both)).waiting).toBeLessThan(waiting);
  expect((await answer(both, sample.id, nothing)).json()).toMatchObject({ code: "OWN_SAMPLE" });
});
