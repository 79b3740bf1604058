import { technicalQuestions } from "@mingcha/models/clue";
import { unknownHostMs } from "@mingcha/models/device";
import type { ClockView, ClueDetail, StandingSource, StatusView } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
let tech: Caller;
let monitor: Caller;
let auditor: Caller;
beforeAll(async () => {
  api = await createTestApi();
  tech = await api.signIn("tech-c", ["technical_reviewer"]);
  monitor = await api.signIn("monitor-c", ["monitor"]);
  auditor = await api.signIn("auditor-c", ["auditor"]);
});
afterAll(() => api.close());

const hourMs = 3_600_000;
const capturedMs = Date.parse("2026-11-20T01:00:00Z");
interface Sample {
  readonly method: string;
  readonly afterMs: number;
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
  readonly hostAheadMs?: number | null;
}
/** A record whose device has everything but what is given of its clock. */
async function recordWith(samples: readonly Sample[], by: TestApi = api) {
  const sourceId = `clock-${crypto.randomUUID().slice(0, 8)}`;
  const clueId = await by.seedClue({ sourceId, from: new Date(capturedMs) });
  // the seeded comparison lies an hour before; these are surer and nearer, or of a machine
  await by.deps.db.clockSample.createMany({
    data: samples.map(({ method, afterMs, offsetMs, uncertaintyMs, hostAheadMs = 0 }) => ({
      sourceId,
      method,
      at: new Date(capturedMs + afterMs),
      offsetMs,
      uncertaintyMs,
      ...(method === "manual" ? {} : { machine: "m1", hostAheadMs, hostUncertaintyMs: 5 }),
    })),
  });
  return { clueId, sourceId };
}
const checklist = technicalQuestions.map(({ id }) => ({ id, answer: "pass" }));
const detail = async (who: Caller, id: string) => (await who.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
async function pass(who: Caller, id: string) {
  const { version } = await detail(who, id);
  return who.call("POST", `/api/clues/${id}/events`, { event: "tech_pass", version, checklist });
}

describe("technical review and the clock (G-04)", () => {
  test.each([
    ["rtcp", "设备上报（RTCP）"],
    ["onvif", "设备应询（ONVIF）"],
    ["http", "设备上报（HTTP）"],
  ])("a camera 37 s ahead by %s cannot pass, and the refusal names the comparison", async (method, name) => {
    const { clueId } = await recordWith([{ method, afterMs: -60_000, offsetMs: 37_000, uncertaintyMs: 120 }]);
    const refused = await pass(tech, clueId);
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      guard: "G-04",
      zh: expect.stringContaining(`设备时钟误差 37.1 秒，超过 1.0 秒（2026-11-20 08:59:00 ${name} +37.000 ± 0.120 s）`),
      en: expect.stringContaining("2026-11-20 08:59:00, +37.000 ± 0.120 s"),
    });
    const { device, events } = await detail(tech, clueId);
    expect(device.atCapture.clock).toMatchObject({ errorMs: 37_121, before: { method } });
    expect(events.find(({ event }) => event === "tech_pass")?.refusals.map(({ guard }) => guard)).toContain("G-04");
  });

  test("a clock that was right before and wrong after, by another method, cannot pass", async () => {
    const { clueId } = await recordWith([
      { method: "rtcp", afterMs: -60_000, offsetMs: 20, uncertaintyMs: 200 },
      { method: "onvif", afterMs: hourMs, offsetMs: -1_500, uncertaintyMs: 100 },
    ]);
    expect((await pass(tech, clueId)).json()).toMatchObject({ guard: "G-04", zh: expect.stringContaining("ONVIF") });
  });

  test("a clock within its limit passes", async () => {
    const { clueId } = await recordWith([
      { method: "rtcp", afterMs: -60_000, offsetMs: 120, uncertaintyMs: 210 },
      { method: "onvif", afterMs: -50_000, offsetMs: 150, uncertaintyMs: 90 },
      { method: "rtcp", afterMs: hourMs, offsetMs: 130, uncertaintyMs: 210 },
    ]);
    const view = await detail(tech, clueId);
    // the surest method, never a mean
    expect(view.device.atCapture.clock).toMatchObject({
      before: { method: "onvif" },
      after: { method: "rtcp" },
      notes: [],
    });
    expect(view.pictureRules.find(({ id }) => id === "clock")).toMatchObject({ passed: true });
    expect((await pass(tech, clueId)).statusCode).toBe(200);
  });

  test("what a person read off never outweighs what a machine measured", async () => {
    const { clueId } = await recordWith([
      { method: "onvif", afterMs: -hourMs, offsetMs: 37_000, uncertaintyMs: 600 },
      { method: "manual", afterMs: -1_000, offsetMs: 0, uncertaintyMs: 0 },
    ]);
    expect((await pass(tech, clueId)).json()).toMatchObject({ guard: "G-04" });
  });

  test("methods that disagree beyond their errors are shown, and the reviewer has to settle it", async () => {
    const { clueId } = await recordWith([
      { method: "rtcp", afterMs: -60_000, offsetMs: 100, uncertaintyMs: 200 },
      { method: "onvif", afterMs: -60_000, offsetMs: 900, uncertaintyMs: 400 },
    ]);
    const view = await detail(tech, clueId);
    expect(view.device.atCapture.clock.notes.map(({ zh }) => zh).join()).toMatch(
      /RTCP.*\+0\.100.*ONVIF.*\+0\.900.*相差超出/,
    );
    expect(view.pictureRules.find(({ id }) => id === "clock")).toMatchObject({ passed: null });
    expect((await pass(tech, clueId)).statusCode).toBe(200);
  });

  test("a method that finds the clock surely over the limit is not outvoted by a surer one: refused, both named, whatever a person adds", async () => {
    const { clueId, sourceId } = await recordWith([
      { method: "rtcp", afterMs: -60_000, offsetMs: 100, uncertaintyMs: 200 },
      { method: "onvif", afterMs: -60_000, offsetMs: 37_000, uncertaintyMs: 400 },
    ]);
    const view = await detail(tech, clueId);
    expect(view.pictureRules.find(({ id }) => id === "clock")).toMatchObject({
      passed: false,
      value: "0.3 s / ≥ 36.6 s",
    });
    expect(view.events.find(({ event }) => event === "tech_pass")?.refusals.map(({ guard }) => guard)).toContain(
      "G-04",
    );
    const refused = await pass(tech, clueId);
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      guard: "G-04",
      zh: expect.stringMatching(
        /至少偏差 36\.6 秒.*ONVIF.*\+37\.000 ± 0\.400 s；而 .*RTCP.*\+0\.100 ± 0\.200 s.*现场核查/,
      ),
      en: expect.stringMatching(/36\.6 s at least.*ONVIF.*\+37\.000.*RTCP.*\+0\.100.*on site/),
    });
    const added = await tech.call("POST", `/api/sources/${sourceId}/clock-samples`, {
      at: new Date(capturedMs - 1_000).toISOString(),
      offsetMs: 0,
      uncertaintyMs: 100,
    });
    expect(added.statusCode).toBe(200);
    expect((await pass(tech, clueId)).json()).toMatchObject({ guard: "G-04" });
  });

  test("what one method found wrong is ended by the same method's newer comparison before the capture", async () => {
    const { clueId } = await recordWith([
      { method: "rtcp", afterMs: -60_000, offsetMs: 100, uncertaintyMs: 200 },
      { method: "onvif", afterMs: -2 * hourMs, offsetMs: 37_000, uncertaintyMs: 400 },
      { method: "onvif", afterMs: -120_000, offsetMs: 150, uncertaintyMs: 400 },
    ]);
    expect((await pass(tech, clueId)).statusCode).toBe(200);
  });

  test("a comparison by a machine whose own clock nobody had compared is told as such", async () => {
    const { clueId } = await recordWith([
      { method: "rtcp", afterMs: -60_000, offsetMs: 100, uncertaintyMs: 200 + unknownHostMs, hostAheadMs: null },
    ]);
    const view = await detail(tech, clueId);
    expect(view.device.atCapture.clock.notes.map(({ en }) => en).join()).toMatch(
      /had not been compared with a time server/,
    );
    expect(view.pictureRules.find(({ id }) => id === "clock")).toMatchObject({ passed: null });
  });

  test("a bureau that asks for both sides gets no pass before there is a comparison after the act", async () => {
    const strict = await createTestApi({ review: { clockBothSides: true } });
    try {
      const reviewer = await strict.signIn("tech-b", ["technical_reviewer"]);
      const { clueId, sourceId } = await recordWith([], strict);
      expect((await pass(reviewer, clueId)).json()).toMatchObject({
        guard: "G-04",
        zh: expect.stringContaining("拍摄之后 24 小时内没有时钟校验"),
      });
      const at = new Date(capturedMs + hourMs);
      await strict.deps.db.clockSample.create({
        data: { sourceId, at, offsetMs: 90, uncertaintyMs: 100, method: "rtcp" },
      });
      expect((await pass(reviewer, clueId)).statusCode).toBe(200);
    } finally {
      await strict.close();
    }
  });
});

describe("a live source's clock", () => {
  const view = async (who: Caller, id: string, days = 7) =>
    (await who.call("GET", `/api/sources/${id}/clock?days=${days}`)).json() as ClockView;
  async function addLive(enabled = true) {
    const id = `live-${crypto.randomUUID().slice(0, 8)}`;
    await api.deps.db.source.create({ data: { id, name: id, kind: "fixed", place: "测试路" } });
    await api.deps.db.stream.create({
      data: { sourceId: id, kind: "rtsp", url: "rtsp://10.0.0.1/x", policy: "never-drop", clipS: 10, enabled },
    });
    return id;
  }

  test("is shown by method over time with its limit, and why a method has nothing", async () => {
    const id = await addLive();
    const sample = (hoursAgo: number, method: string) => ({
      sourceId: id,
      at: new Date(Date.now() - hoursAgo * hourMs),
      offsetMs: 40,
      uncertaintyMs: 150,
      method,
      machine: "m1",
      hostAheadMs: -12,
      hostUncertaintyMs: 4,
      ...(method === "onvif"
        ? {
            detail: {
              setBy: "manual",
              by: "utc",
              zone: "CST-8",
              daylightSavings: false,
              contradicts: false,
              asked: 4,
              tripMs: 3,
            },
          }
        : {}),
    });
    await api.deps.db.clockSample.createMany({
      data: [sample(1, "rtcp"), sample(2, "onvif"), sample(30 * 24, "rtcp")],
    });
    await api.deps.db.clockTry.create({
      data: { sourceId: id, method: "onvif", triedAt: new Date(), since: new Date(), reason: "wrong_password" },
    });
    const shown = await view(auditor, id);
    expect(shown.points.map(({ method }) => method)).toEqual(["onvif", "rtcp"]);
    expect(shown.points[0]).toMatchObject({
      hostAheadMs: -12,
      hostKnown: true,
      told: { zh: expect.stringContaining("人工设定") },
    });
    expect(shown).toMatchObject({ limitMs: 1_000, isCut: false, askedAt: null });
    expect(shown.methods).toMatchObject([
      { method: "rtcp", triedAt: null },
      { method: "onvif", reason: "wrong_password" },
    ]);
    expect(shown.askBarred).not.toBeNull();
    expect((await view(auditor, id, 31)).points).toHaveLength(3);
    expect((await auditor.call("GET", `/api/sources/${id}/clock?days=99`)).statusCode).toBe(400);
    expect((await auditor.call("GET", "/api/sources/nowhere/clock")).statusCode).toBe(404);
    const pilot = await api.signIn("pilot-c", ["pilot"]);
    expect((await pilot.call("GET", `/api/sources/${id}/clock`)).statusCode).toBe(403);
  });

  test("is compared now when a person with the duty asks, once while it is on its way, and it is on record who asked", async () => {
    const id = await addLive();
    const ask = (who: Caller) => who.call("POST", `/api/sources/${id}/clock-measurements`);
    expect((await ask(auditor)).statusCode).toBe(403);
    const first = (await ask(monitor)).json();
    expect(first).toMatchObject({ isNew: true });
    expect((await ask(tech)).json()).toEqual({ ...first, isNew: false });
    expect((await view(monitor, id)).askedAt).not.toBeNull();
    const entries = await api.deps.db.custody.findMany({ where: { subject: `source:${id}` } });
    expect(entries.map(({ action }) => action)).toEqual(["device.clock_asked"]);
    const answer = (method: string) =>
      api.deps.db.clockTry.create({
        data: { sourceId: id, method, triedAt: new Date(), since: new Date(), reason: null, requestId: first.id },
      });
    await answer("rtcp");
    expect((await view(monitor, id)).askedAt, "the other method is still on its way").not.toBeNull();
    await answer("onvif");
    expect((await view(monitor, id)).askedAt).toBeNull();
    expect((await ask(monitor)).json()).toMatchObject({ isNew: true });
    await expect(api.deps.db.clockRequest.deleteMany({ where: { sourceId: id } })).rejects.toThrow();
  });

  test("that is switched off, or of a source that is none, is not compared, and it is said what is possible", async () => {
    const off = await monitor.call("POST", `/api/sources/${await addLive(false)}/clock-measurements`);
    expect(off.statusCode).toBe(400);
    expect(off.json()).toMatchObject({
      zh: expect.stringContaining("人工登记"),
      en: expect.stringContaining("by hand"),
    });
    expect((await monitor.call("POST", "/api/sources/nowhere/clock-measurements")).statusCode).toBe(404);
    // another district's camera is read, not asked
    const id = await addLive();
    await api.deps.db.source.update({ where: { id }, data: { district: "huamu" } });
    const far = await api.signIn("monitor-far", ["monitor"], { districts: ["lujiazui"] });
    const refused = await far.call("POST", `/api/sources/${id}/clock-measurements`);
    expect(refused.json()).toMatchObject({ code: "WRONG_DISTRICT" });
    expect((await view(far, id)).askBarred?.zh).toBe(refused.json().zh);
  });

  test("is judged in lists by the surest method, not by whichever came last", async () => {
    const id = await addLive();
    const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000);
    await api.deps.db.clockSample.createMany({
      data: [
        { sourceId: id, at: at(30), offsetMs: 3_000, uncertaintyMs: 90, method: "onvif" },
        { sourceId: id, at: at(1), offsetMs: 100, uncertaintyMs: 800, method: "http" },
      ],
    });
    const { items } = (await monitor.call("GET", "/api/sources")).json() as { items: StandingSource[] };
    expect(items.find((item) => item.id === id)).toMatchObject({
      standing: { clock: { condition: "over", offsetMs: 3_000 } },
    });
  });
});

test("the status says how machines' own clocks stand, and which nobody could compare", async () => {
  const now = new Date();
  const measured = {
    triedAt: now,
    measuredAt: now,
    uncertaintyMs: 4,
    server: "10.0.0.5:123",
    stratum: 2,
    reason: null,
  };
  await api.deps.db.hostClock.createMany({
    data: [
      { machine: "a", ...measured, aheadMs: 12 },
      { machine: "b", ...measured, aheadMs: -5_000 },
      { machine: "c", triedAt: now, reason: "not_configured" },
      { machine: "d", ...measured, aheadMs: 3, measuredAt: new Date(now.getTime() - 7 * hourMs), reason: "no_answer" },
      { machine: "gone", triedAt: new Date(now.getTime() - 40 * hourMs), reason: "no_answer" },
    ],
  });
  const { hostClocks } = (await monitor.call("GET", "/api/status")).json() as StatusView;
  expect(hostClocks.map(({ machine, condition, reason }) => [machine, condition, reason])).toEqual([
    ["a", "ok", null],
    ["b", "over", null],
    ["c", "unknown", "not_configured"],
    ["d", "unknown", "no_answer"],
  ]);
});
