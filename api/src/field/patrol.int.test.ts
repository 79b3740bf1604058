import { distanceM } from "@mingcha/models/geo";
import { lookPlaceSchema, patrolRunSchema, patrolRunsSchema } from "@mingcha/models/http";
import { afterAll, expect, test } from "vitest";
import { seedRecording } from "../testing/seed-recording.ts";
import { createTestApi } from "../testing/test-api.ts";

// streets of the demonstration: 示例路 runs from west to east at 31.2301
const api = await createTestApi({ env: { MINGCHA_DEMO: "1" } });
const monitor = await api.signIn("monitor", ["monitor"]);
const pilot = await api.signIn("pilot", ["pilot"]);
afterAll(() => api.close());
const { db } = api.deps;

const street = 31.2301;
const eastDeg = 1 / (111_195 * Math.cos((street / 180) * Math.PI));
/** 10 m/s along the street, so many metres north of its line. */
const along = (northM: number) => (offsetMs: number) => ({
  longitude: 121.512 + (offsetMs / 100) * eastDeg,
  latitude: street + northM / 111_195,
});
const startedAt = new Date("2026-11-20T01:00:00Z");
const looksMs = Array.from({ length: 60 }, (_, nth) => nth * 2_000);
const byClock = [{ code: "laid_by_clock", zh: "按时间对齐", en: "laid by the clock" }];

test("a run is a car's consecutive recordings; every look has its place with an error, and none where the fix broke off", async () => {
  const first = await seedRecording(api, {
    sourceId: "car-1",
    kind: "patrol",
    startedAt,
    durationMs: 120_000,
    looksMs,
    checks: byClock,
    track: (ms) => (ms > 60_000 && ms < 80_000 ? null : along(4)(ms)),
  });
  await seedRecording(api, {
    sourceId: "car-1",
    kind: "patrol",
    startedAt: new Date(startedAt.getTime() + 300_000),
    durationMs: 60_000,
    looksMs: [0, 30_000],
  });
  await seedRecording(api, { sourceId: "car-2", kind: "patrol", startedAt, looksMs: [0], track: along(0) });
  const runs = patrolRunsSchema.parse((await monitor.call("GET", "/api/patrol-runs?day=2026-11-20")).json());
  expect(runs.items.map(({ sourceName, clips }) => [sourceName, clips]).sort()).toEqual([
    ["设备car-1", 2],
    ["设备car-2", 1],
  ]);
  expect((await pilot.call("GET", "/api/patrol-runs")).statusCode).toBe(403);
  const run = patrolRunSchema.parse((await monitor.call("GET", `/api/patrol-runs/${first}`)).json());
  expect(run.counts).toEqual({ looks: 62, placed: 49, shown: 49, flags: 0 });
  expect(run.without.map(({ why, looks }) => [why.en, looks])).toEqual([
    ["the recording has no track", 2],
    // beside the break too: the clock may be off by the second that leads into it
    ["no fix around that moment", 11],
  ]);
  expect(run.track).toHaveLength(2);
  // 10 m of the fix, 10 m/s for the second that its clock is off, 0.4 m between two fixes
  expect(run.errorMedianM).toBeCloseTo(20.4, 0);
  for (const { offsetMs, at, errorM } of run.looks) expect(distanceM(at, along(4)(offsetMs))).toBeLessThan(errorM);
  expect(run.looks.some(({ offsetMs }) => offsetMs > 60_000 && offsetMs < 80_000)).toBe(false);
});

test("a record of a patrol car is told where the car was, about at which street, as a proposal; the stated place stays", async () => {
  const from = new Date("2026-11-21T01:00:00Z");
  const clueId = await api.seedClue({ kind: "patrol", sourceId: "car-3", from, place: "示例路某段" });
  const evidence = await db.evidence.findMany({ where: { flag: { clue: { id: clueId } } } });
  const clipId = evidence[0]?.clipId ?? "";
  const place = async () =>
    lookPlaceSchema.parse((await monitor.call("GET", `/api/clues/${clueId}/look-place`)).json()).place;
  expect(await place()).toMatchObject({ about: null, why: { en: "the recording has no track" } });
  await db.telemetryPoint.createMany({
    data: Array.from({ length: 121 }, (_, nth) => ({ clipId, offsetMs: nth * 1_000, ...along(6)(nth * 1_000) })),
  });
  const found = await place();
  expect(found?.about).toMatchObject({ nearest: { kind: "street", name: "示例路" }, isAmbiguous: false });
  expect(found?.about?.nearest?.distanceM).toBeGreaterThan(4);
  expect(found?.about?.nearest?.distanceM).toBeLessThan(8);
  expect((await db.clue.findUniqueOrThrow({ where: { id: clueId } })).place).toBe("示例路某段");
  const run = patrolRunSchema.parse((await monitor.call("GET", `/api/patrol-runs/${clipId}`)).json());
  expect(run.flags).toMatchObject([{ clueId, place: "示例路某段", about: { nearest: { name: "示例路" } } }]);
});

test("a registered site beside the street is named too, with its distance; another kind of source has no such place", async () => {
  const from = new Date("2026-11-22T01:00:00Z");
  const clueId = await api.seedClue({ kind: "patrol", sourceId: "car-4", from });
  const [picture] = await db.evidence.findMany({ where: { flag: { clue: { id: clueId } }, kind: "wide" } });
  const clipId = picture?.clipId ?? "";
  const at = along(6)(picture?.offsetMs ?? 0);
  await db.telemetryPoint.createMany({
    data: Array.from({ length: 121 }, (_, nth) => ({ clipId, offsetMs: nth * 1_000, ...along(6)(nth * 1_000) })),
  });
  await db.registerObject.create({
    data: {
      kind: "site",
      key: "示例工地",
      name: "示例工地",
      search: "",
      grams: [],
      document: {
        kind: "site",
        name: "示例工地",
        place: "示例路",
        ...at,
        latitude: at.latitude + 60 / 111_195,
        radiusM: 40,
      },
    },
  });
  const { place } = lookPlaceSchema.parse((await monitor.call("GET", `/api/clues/${clueId}/look-place`)).json());
  expect(place?.about?.candidates.map(({ kind, name }) => [kind, name])).toEqual([
    ["street", "示例路"],
    ["site", "示例工地"],
  ]);
  expect(place?.about?.candidates[1]?.distanceM).toBeCloseTo(20, 0);
  const fixed = await api.seedClue();
  expect((await monitor.call("GET", `/api/clues/${fixed}/look-place`)).json()).toEqual({ place: null });
});

test("where the whole view has no fix, that is said of it; another picture's place stands by itself with its own time", async () => {
  const from = new Date("2026-11-23T01:00:00Z");
  const clueId = await api.seedClue({ kind: "patrol", sourceId: "car-5", from });
  const pictures = await db.evidence.findMany({ where: { flag: { clue: { id: clueId } } } });
  const wide = pictures.find(({ kind }) => kind === "wide");
  const other = pictures.find(({ kind, offsetMs }) => kind !== "wide" && offsetMs !== wide?.offsetMs);
  if (wide === undefined || other === undefined) throw new Error("a record with one moment alone");
  await db.telemetryPoint.createMany({
    data: Array.from({ length: 9 }, (_, nth) => {
      const offsetMs = other.offsetMs + (nth - 4) * 1_000;
      return { clipId: other.clipId, offsetMs, ...along(6)(offsetMs) };
    }),
  });
  const { place } = lookPlaceSchema.parse((await monitor.call("GET", `/api/clues/${clueId}/look-place`)).json());
  expect(place).toMatchObject({ offsetMs: wide.offsetMs, about: null, why: { en: "no fix around that moment" } });
  expect(place?.others).toMatchObject([
    { offsetMs: other.offsetMs, capturedAt: other.capturedAt.toISOString(), about: { nearest: { name: "示例路" } } },
  ]);
  const run = patrolRunSchema.parse((await monitor.call("GET", `/api/patrol-runs/${wide.clipId}`)).json());
  expect(run.flags).toMatchObject([{ clueId, about: null, why: { en: "no fix around that moment" } }]);
  expect(run.counts.flags).toBe(1);
});

test("with an error too large to name anything it says so, and not that nothing is registered there", async () => {
  const from = new Date("2026-11-24T01:00:00Z");
  const clueId = await api.seedClue({ kind: "patrol", sourceId: "car-6", from });
  const [picture] = await db.evidence.findMany({ where: { flag: { clue: { id: clueId } }, kind: "wide" } });
  const clipId = picture?.clipId ?? "";
  await db.clip.update({ where: { id: clipId }, data: { startUncertaintyMs: 6_000, telemetryChecks: byClock } });
  // 30 m/s
  await db.telemetryPoint.createMany({
    data: Array.from({ length: 121 }, (_, nth) => ({ clipId, offsetMs: nth * 1_000, ...along(6)(nth * 3_000) })),
  });
  const { place } = lookPlaceSchema.parse((await monitor.call("GET", `/api/clues/${clueId}/look-place`)).json());
  expect(place?.about).toMatchObject({ nearest: null, candidates: [], isTooUnsure: true });
  expect(place?.about?.errorM).toBeGreaterThan(150);
});

test("a shop beside the car is named with the street", async () => {
  const from = new Date("2026-11-25T01:00:00Z");
  const clueId = await api.seedClue({ kind: "patrol", sourceId: "car-7", from });
  const [picture] = await db.evidence.findMany({ where: { flag: { clue: { id: clueId } }, kind: "wide" } });
  const clipId = picture?.clipId ?? "";
  await db.telemetryPoint.createMany({
    data: Array.from({ length: 121 }, (_, nth) => ({ clipId, offsetMs: nth * 1_000, ...along(6)(nth * 1_000) })),
  });
  const at = along(20)(picture?.offsetMs ?? 0);
  const document = { kind: "shop", name: "示例小吃店", place: "示例路", ...at };
  await db.registerObject.create({
    data: { kind: "shop", key: "示例小吃店", name: "示例小吃店", search: "", grams: [], document },
  });
  const { place } = lookPlaceSchema.parse((await monitor.call("GET", `/api/clues/${clueId}/look-place`)).json());
  expect(place?.about?.candidates).toContainEqual(expect.objectContaining({ kind: "shop", name: "示例小吃店" }));
});
