import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cellOf } from "@mingcha/models/geo";
import type { DeviceView, MapBase, MapFlags, StandingSource } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";
import { cluster } from "./find-map-flags.ts";

const now = new Date("2026-11-28T02:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
let api: TestApi;
beforeAll(async () => {
  api = await createTestApi({ now: () => now });
});
afterAll(() => api.close());

async function standing(id: string) {
  const monitor = await api.signIn(`m-${crypto.randomUUID().slice(0, 8)}`, ["monitor"]);
  const { items } = (await monitor.call("GET", "/api/sources")).json() as { items: StandingSource[] };
  return items.find((item) => item.id === id)?.standing;
}
async function look(sourceId: string, capturedAt: Date) {
  const clip = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId } });
  await api.deps.db.look.create({
    data: {
      clipId: clip.id,
      offsetMs: capturedAt.getTime() % 1_000_000_000,
      sourceId,
      capturedAt,
      status: "seen",
      modelId: "m",
      modelSha256: "a".repeat(64),
      detections: {},
    },
  });
}
async function watch(sourceId: string, suspended: string) {
  const { sceneId } = await api.deps.db.flag.findFirstOrThrow({ where: { sourceId } });
  await api.deps.db.watchState.create({
    data: { sourceId, through: ago(1), sceneId, format: 1, state: {}, suspended, suspendedSince: ago(30) },
  });
}

test("a camera is live with a fresh look, blind or moved since its watch says so, silent since its last look when none comes", async () => {
  for (const id of ["live", "blind", "moved", "silent", "unseen"]) await api.seedClue({ sourceId: id });
  for (const id of ["live", "blind", "moved"]) await look(id, ago(1));
  await look("silent", ago(90));
  await watch("blind", "low_visibility");
  await watch("moved", "view_moved");
  expect(await standing("live")).toMatchObject({ condition: "live", since: null, openClues: 1 });
  expect(await standing("blind")).toMatchObject({ condition: "blind", since: ago(30).toISOString() });
  expect(await standing("moved")).toMatchObject({ condition: "moved", since: ago(30).toISOString() });
  expect(await standing("silent")).toMatchObject({ condition: "silent", since: ago(90).toISOString() });
  expect(await standing("unseen")).toMatchObject({ condition: "unseen", since: null });
});

test("today's blind time counts each moment once, and nothing of yesterday", async () => {
  await api.seedClue({ sourceId: "fog" });
  const { sceneId } = await api.deps.db.flag.findFirstOrThrow({ where: { sourceId: "fog" } });
  const row = (ruleKey: string, fromMin: number, toMin: number, state = "blind") => ({
    sourceId: "fog",
    sceneId,
    ruleKey,
    violation: "STALL",
    zoneId: "z",
    state,
    from: ago(fromMin),
    to: ago(toMin),
  });
  // the day began 600 minutes ago in Shanghai
  await api.deps.db.occupancy.createMany({
    data: [row("a", 620, 590), row("a", 60, 40), row("b", 50, 30), row("c", 200, 100, "present"), row("d", 900, 700)],
  });
  expect((await standing("fog"))?.blindTodayS).toBe((10 + 30) * 60);
});

test("a device says what it lacks and how its clock stood at the newest comparison", async () => {
  await api.seedClue({ sourceId: "bare", bareDevice: true });
  await api.seedClue({ sourceId: "kept" });
  await api.deps.db.clockSample.createMany({
    data: [
      { sourceId: "bare", at: ago(2_000), offsetMs: 5, uncertaintyMs: 5, method: "manual" },
      { sourceId: "kept", at: ago(20), offsetMs: -4_000, uncertaintyMs: 50, method: "manual" },
    ],
  });
  const bare = await standing("bare");
  expect(bare?.device).toMatchObject({ isNamed: true, state: "PLANNED", metrologySettled: false });
  expect(bare?.device.lacks).toContain("legal_review");
  expect(bare?.clock.condition).toBe("stale");
  const kept = await standing("kept");
  expect(kept?.device).toMatchObject({ lacks: [], metrologySettled: true });
  expect(kept?.clock).toMatchObject({ condition: "over", offsetMs: -4_000 });
});

test("the wall and the device's page tell one state: its clock, a turned view or overdue maintenance suspends it in both", async () => {
  const auditor = await api.signIn("state-auditor", ["auditor"]);
  for (const id of ["in-use", "fast", "turned", "worn"]) await api.seedClue({ sourceId: id });
  const { clockSample, deviceRecord } = api.deps.db;
  await clockSample.create({
    data: { sourceId: "fast", at: ago(20), offsetMs: 4_000, uncertaintyMs: 50, method: "manual" },
  });
  await watch("turned", "view_moved");
  await watch("in-use", "low_visibility");
  await deviceRecord.updateMany({
    where: { sourceId: "worn", kind: "maintenance" },
    data: { withdrawnAt: ago(1), withdrawnBy: auditor.person.id, withdrawnReason: "录错" },
  });
  for (const [id, state] of [
    ["in-use", "ACTIVE"],
    ["fast", "SUSPENDED"],
    ["turned", "SUSPENDED"],
    ["worn", "SUSPENDED"],
  ] as const) {
    const page = (await auditor.call("GET", `/api/sources/${id}/device`)).json() as DeviceView;
    expect([(await standing(id))?.device.state, page.now.state], id).toEqual([state, state]);
  }
});

test("the map counts flags by source, within its span and view, open ones apart", async () => {
  const auditor = await api.signIn("map-auditor", ["auditor"]);
  await api.seedClue({ sourceId: "west", place: "地图路1号" });
  await api.seedClue({ sourceId: "west", place: "地图路2号", from: ago(50) });
  await api.seedClue({ sourceId: "east" });
  const { db } = api.deps;
  await db.source.update({ where: { id: "west" }, data: { longitude: 100, latitude: 30 } });
  await db.source.update({ where: { id: "east" }, data: { longitude: 110, latitude: 30 } });
  await db.clue.updateMany({ where: { sourceId: "west", place: "地图路2号" }, data: { state: "REJECTED" } });
  await db.clue.updateMany({ where: { sourceId: { in: ["west", "east"] } }, data: { createdAt: ago(60) } });
  const ask = async (query: string) => (await auditor.call("GET", `/api/map/flags?${query}`)).json() as MapFlags;
  const span = `from=${ago(120).toISOString()}&to=${now.toISOString()}`;
  const west = await ask(`${span}&bbox=99,29,101,31`);
  expect(west).toMatchObject({
    clustered: false,
    places: [
      { sourceId: "west", sources: 1, longitude: 100, latitude: 30, bounds: [100, 30, 100, 30], flags: 2, open: 1 },
    ],
  });
  const earlier = await ask(`from=${ago(300).toISOString()}&to=${ago(120).toISOString()}&bbox=99,29,111,31`);
  expect(earlier.places.map(({ flags }) => flags)).toEqual([0, 0]);
});

test("a span that is too long or backwards, a view that is none, and a pilot are refused with a sentence", async () => {
  const head = await api.signIn("map-head", ["head"]);
  const pilot = await api.signIn("map-pilot", ["pilot"]);
  const ask = (who: typeof head, query: string) => who.call("GET", `/api/map/flags?${query}`);
  expect((await ask(head, `from=${ago(60 * 24 * 40).toISOString()}&to=${now.toISOString()}`)).json()).toMatchObject({
    code: "MAP_SPAN",
  });
  expect((await ask(head, `from=${now.toISOString()}&to=${ago(1).toISOString()}`)).json()).toMatchObject({
    code: "MAP_SPAN",
  });
  const span = `from=${ago(60).toISOString()}&to=${now.toISOString()}`;
  expect((await ask(head, `${span}&bbox=1,2,3`)).statusCode).toBe(400);
  expect((await ask(head, `${span}&bbox=10,2,3,4`)).statusCode).toBe(400);
  expect((await ask(pilot, span)).json()).toMatchObject({ code: "WRONG_ROLE" });
});

test("more sources than a map has room for are counted in cells, none of them lost", () => {
  const rows = Array.from({ length: 3_000 }, (_, n) => ({
    sourceId: `s${n}`,
    longitude: 121 + (n % 60) / 100,
    latitude: 31 + Math.floor(n / 60) / 100,
    flags: 2,
    open: 1,
  }));
  const cells = cluster(rows, cellOf([121, 31, 121.59, 31.49], 10));
  expect(cells.length).toBeLessThanOrEqual(121);
  expect(cellOf([121.003, 31, 121.593, 31.49], 10)).toBe(cellOf([121, 31, 121.59, 31.49], 10));
  // what lies within a cell's bounds is that cell's alone: a page tells from them which sources stand behind a mark
  for (const { bounds, sources } of cells) {
    const [west, south, east, north] = bounds;
    const inside = rows.filter(
      ({ longitude, latitude }) => longitude >= west && longitude <= east && latitude >= south && latitude <= north,
    );
    expect(inside).toHaveLength(sources);
  }
  const sum = (of: (cell: (typeof cells)[number]) => number) => cells.reduce((all, cell) => all + of(cell), 0);
  expect([sum(({ sources }) => sources), sum(({ flags }) => flags), sum(({ open }) => open)]).toEqual([
    3_000, 6_000, 3_000,
  ]);
});

test("the demo's invented streets are served by their hash, and nothing outside is allowed or asked", async () => {
  const pilot = await api.signIn("base-pilot", ["pilot"]);
  const first = await pilot.call("GET", "/api/map/base");
  const base = first.json() as MapBase;
  expect(base).toMatchObject({ isFictional: true, problem: null, tiles: null });
  expect(base.streets?.length).toBeGreaterThan(30);
  expect(String(first.headers["content-security-policy"])).not.toMatch(/https?:|unsafe-eval/);
  const again = await api.app.inject({
    url: "/api/map/base",
    cookies: { mingcha_sid: pilot.token },
    headers: { "if-none-match": String(first.headers.etag) },
  });
  expect([again.statusCode, again.body]).toEqual([304, ""]);
});

test("a bureau's own streets and tile service: the policy opens for that host alone; a wrong street file is one sentence and stops nothing", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "mingcha-streets-")), "streets.geojson");
  writeFileSync(
    file,
    JSON.stringify({
      type: "FeatureCollection",
      features: [
        {
          type: "Feature",
          properties: {},
          geometry: {
            type: "LineString",
            coordinates: [
              [500_000, 3_400_000],
              [500_100, 3_400_000],
            ],
          },
        },
      ],
    }),
  );
  const other = await createTestApi({
    env: {
      MINGCHA_STREETS: file,
      MINGCHA_TILES_URL: "https://tiles.example/{z}/{x}/{y}.png",
      MINGCHA_TILES_COORDINATES: "gcj02",
    },
  });
  try {
    const monitor = await other.signIn("m", ["monitor"]);
    const answer = await monitor.call("GET", "/api/map/base");
    const base = answer.json() as MapBase;
    expect(base).toMatchObject({
      streets: null,
      isFictional: false,
      tiles: { url: "https://tiles.example/{z}/{x}/{y}.png", coordinates: "gcj02", attribution: null },
    });
    expect(base.problem?.zh).toMatch(/第 1 条街道线的坐标不是经纬度.*MINGCHA_STREETS/);
    const policy = String(answer.headers["content-security-policy"]);
    expect(policy).toMatch(/connect-src 'self' https:\/\/tiles\.example;/);
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).toMatch(/worker-src 'self'$/);
  } finally {
    await other.close();
  }
});
