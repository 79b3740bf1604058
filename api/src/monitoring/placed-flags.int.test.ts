import { distanceM } from "@mingcha/models/geo";
import { elevationFrom, movedBy } from "@mingcha/models/ground";
import { clueDetailSchema, mapCountMax, mapFlagsSchema, mapPlacesMax } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFlagPlacing } from "../flights/place-flags.ts";
import { aircraft, seedDroneRecord, seedTrack } from "../testing/seed-drone-record.ts";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

let api: TestApi;
let auditor: Awaited<ReturnType<TestApi["signIn"]>>;
beforeAll(async () => {
  api = await createTestApi();
  auditor = await api.signIn("map-auditor", ["auditor"]);
});
afterAll(() => api.close());

/** Half of the picture's width at 90° is 50 m at 50 m: a quarter to the right lies 25 m east. */
const there = movedBy(aircraft, 0, 25);
const place = (deps = api.deps) => createFlagPlacing(deps)();
const placeOf = (flagId: string) => api.deps.db.flagPlace.findUniqueOrThrow({ where: { flagId } });

async function mapOf(sourceId: string, bbox?: string) {
  const now = Date.now();
  const query = new URLSearchParams({
    from: new Date(now - 3_600_000).toISOString(),
    to: new Date(now + 60_000).toISOString(),
    ...(bbox === undefined ? {} : { bbox }),
  });
  const answer = mapFlagsSchema.parse((await auditor.call("GET", `/api/map/flags?${query}`)).json());
  return {
    ...answer,
    flags: answer.placed.flags.filter((flag) => flag.sourceId === sourceId),
    without: answer.placed.without.filter((one) => one.sourceId === sourceId),
    atSource: answer.places.find((one) => one.sourceId === sourceId),
  };
}
const locate = (sourceId: string) =>
  api.deps.db.source.update({ where: { id: sourceId }, data: { longitude: 121.6, latitude: 31.3 } });

test("a drone's flag lies on the map where its record says the thing stands, with the same error, and counts no longer at the drone", async () => {
  const { clueId, sourceId } = await seedDroneRecord(api, {});
  await locate(sourceId);
  const before = await mapOf(sourceId);
  expect([before.flags, before.atSource?.flags]).toEqual([[], 1]);
  expect(before.without).toMatchObject([{ reason: { zh: "尚未推算，稍候" }, flags: 1 }]);
  await place();
  const { flags, without, atSource } = await mapOf(sourceId);
  expect(flags).toMatchObject([{ clueId, violationTitle: { zh: expect.any(String) }, open: true }]);
  const [flag] = flags;
  if (flag === undefined) throw new Error("no flag");
  expect(distanceM(flag, there)).toBeLessThan(0.3);
  expect([without, atSource?.flags, atSource?.open]).toEqual([[], 0, 0]);
  const reviewer = await api.signIn("map-reviewer", ["technical_reviewer"]);
  const record = clueDetailSchema.parse((await reviewer.call("GET", `/api/clues/${clueId}`)).json());
  expect(record.stands?.place).toEqual({ at: [flag.longitude, flag.latitude], ellipse: flag.ellipse });
  // its height is that above take-off: the map says what the record says of it
  expect(flag).toMatchObject({ heightFrom: "take_off", warnings: [{ zh: expect.stringContaining("起飞点") }] });
  expect([record.stands?.height?.from, record.stands?.warnings]).toEqual([flag.heightFrom, flag.warnings]);
  // a place of before that was kept does not say whence its height was
  await api.deps.db.flagPlace.updateMany({ where: { flag: { sourceId } }, data: { heightFrom: null, warnings: [] } });
  expect((await mapOf(sourceId)).flags).toMatchObject([{ heightFrom: null, warnings: [] }]);
});

test("a flag that cannot be placed counts at its drone with the reason; a fixed camera's flags have neither place nor reason", async () => {
  const { sourceId } = await seedDroneRecord(api, { gimbalPitchDeg: null });
  await seedDroneRecord(api, {}, { sourceId, from: new Date("2026-11-20T02:00:00Z") });
  const homeless = await seedDroneRecord(api, null);
  await api.deps.db.source.update({ where: { id: homeless.sourceId }, data: { longitude: null, latitude: null } });
  await locate(sourceId);
  await api.seedClue({ sourceId: "fixed-beside" });
  await locate("fixed-beside");
  await place();
  const { flags, without, atSource } = await mapOf(sourceId);
  expect([flags.length, atSource?.flags]).toEqual([1, 1]);
  expect(without).toMatchObject([{ sourceName: expect.any(String), reason: { zh: "飞行数据没有云台角度" }, flags: 1 }]);
  // a drone without a place of its own is told all the same
  const lost = await mapOf(homeless.sourceId);
  expect([lost.atSource, lost.without]).toMatchObject([undefined, [{ reason: { zh: "该画面前后没有飞行位置" } }]]);
  const fixed = await mapOf("fixed-beside");
  expect([fixed.flags, fixed.without, fixed.atSource?.flags]).toEqual([[], [], 1]);
});

test("a place is computed once, and anew when the flag, its recording's track or what it is computed with is another", async () => {
  const { flagId, clipId } = await seedDroneRecord(api, {});
  while ((await place()) > 0);
  const first = await placeOf(flagId);
  await place();
  expect(await placeOf(flagId)).toEqual(first);
  const { db } = api.deps;
  const flag = await db.flag.findUniqueOrThrow({ where: { id: flagId } });
  const { at } = (flag.judge as { best: { at: string } }).best;
  await db.flag.update({
    where: { id: flagId },
    data: { judge: { best: { at, boxNorm: [0.24, 0.49, 0.02, 0.02] } } },
  });
  await place();
  const west = await placeOf(flagId);
  expect(west.longitude).toBeLessThan(aircraft.longitude);

  await db.telemetryPoint.updateMany({ where: { clipId }, data: { heightM: 100 } });
  await db.clip.update({ where: { id: clipId }, data: { telemetryFormat: "joined/1" } });
  await place();
  const higher = await placeOf(flagId);
  expect(aircraft.longitude - (higher.longitude ?? 0)).toBeGreaterThan(
    1.9 * (aircraft.longitude - (west.longitude ?? 0)),
  );

  const flat = elevationFrom({
    westDeg: 121,
    northDeg: 32,
    stepLonDeg: 1,
    stepLatDeg: 1,
    columns: 2,
    rows: 2,
    values: Float64Array.from([0, 0, 0, 0]),
    datum: "egm96",
    sigmaM: 1,
  });
  while ((await place({ ...api.deps, elevation: { version: "another", within: async () => flat } })) > 0);
  const other = await placeOf(flagId);
  expect([other.method === higher.method, other.computedAt > higher.computedAt]).toEqual([false, true]);
});

test("a recording whose track comes late gives its flags their place then", async () => {
  const { flagId, clipId, offsetMs, sourceId } = await seedDroneRecord(api, null);
  const { db } = api.deps;
  const { flightId } = await db.clip.update({ where: { id: clipId }, data: { flightId: null } });
  expect(flightId).toBeNull();
  await place();
  expect(await placeOf(flagId)).toMatchObject({ clipId: null, reasonZh: expect.stringContaining("航次") });
  expect((await mapOf(sourceId)).without).toMatchObject([{ flags: 1 }]);
  const flight = await db.flight.create({
    data: { sourceId, startedAt: new Date(), telemetrySha256: "b".repeat(64), telemetryFormat: "dji-srt/D" },
  });
  await db.clip.update({ where: { id: clipId }, data: { flightId: flight.id, telemetryFormat: "dji-srt/D" } });
  await seedTrack(api, { clipId, offsetMs }, {});
  await place();
  expect((await mapOf(sourceId)).flags).toHaveLength(1);
});

test("a place stays when the recording it came from is deleted, whatever it would be computed with then", async () => {
  const { flagId, clipId } = await seedDroneRecord(api, {});
  await place();
  const { longitude, method } = await placeOf(flagId);
  await api.deps.db.telemetryPoint.deleteMany({ where: { clipId } });
  await api.deps.db.clip.update({ where: { id: clipId }, data: { deletedAt: new Date() } });
  while (
    (await place({
      ...api.deps,
      elevation: { version: "newer", within: async () => ({ at: () => null, cellM: 30 }) },
    })) > 0
  );
  expect(await placeOf(flagId)).toMatchObject({ longitude, method });
});

test("a flag whose recording was deleted before it was placed says so, on the map as in its record, and not that a position is missing", async () => {
  const { flagId, clueId, clipId, sourceId } = await seedDroneRecord(api, {});
  const { db } = api.deps;
  await db.telemetryPoint.deleteMany({ where: { clipId } });
  await db.clip.update({ where: { id: clipId }, data: { deletedAt: new Date("2026-11-27T18:00:00Z") } });
  while ((await place()) > 0);
  const reason = {
    zh: "录像已于 2026-11-28 按规定删除，此前未推算位置",
    en: expect.stringContaining("deleted by rule on 2026-11-28"),
  };
  expect((await mapOf(sourceId)).without).toMatchObject([{ reason, flags: 1 }]);
  const first = await placeOf(flagId);
  while ((await place()) > 0);
  expect(await placeOf(flagId)).toEqual(first);
  const reviewer = await api.signIn("map-late-reviewer", ["technical_reviewer"]);
  const record = clueDetailSchema.parse((await reviewer.call("GET", `/api/clues/${clueId}`)).json());
  expect(record.stands).toMatchObject({ place: null, refused: reason });
});

test("a flag that cannot be read keeps no other from its place, and is asked again with all others", async () => {
  const broken = await seedDroneRecord(api, {});
  const sound = await seedDroneRecord(api, {});
  const { db } = api.deps;
  await db.clip.update({ where: { id: broken.clipId }, data: { telemetryChecks: [{ code: 1 }] } });
  let nowMs = Date.now();
  const said: unknown[] = [];
  const log = { warn: (...words: unknown[]) => void said.push(words) };
  const sweep = createFlagPlacing({ ...api.deps, log }, () => nowMs);
  while ((await sweep()) > 0);
  expect(said).toHaveLength(1);
  expect((await placeOf(sound.flagId)).longitude).not.toBeNull();
  expect(await db.flagPlace.count({ where: { flagId: broken.flagId } })).toBe(0);
  await db.clip.update({ where: { id: broken.clipId }, data: { telemetryChecks: [] } });
  nowMs += 11 * 60_000;
  while ((await sweep()) > 0);
  expect((await placeOf(broken.flagId)).longitude).not.toBeNull();
});

test("what is out of view is not answered but counted, and more than a map has room for is counted in cells, none lost", async () => {
  const { flagId, clueId, sourceId } = await seedDroneRecord(api, {});
  await place();
  expect((await mapOf(sourceId, "121.5,31.2,121.54,31.25")).flags).toHaveLength(1);
  const away = await mapOf(sourceId, "100,20,101,21");
  expect([away.flags.length, away.placed.total > 0]).toEqual([0, true]);

  // three drones along a street of some kilometres, two with more flags than are looked at, one with just as many
  const { db } = api.deps;
  const { id: _, ...flag } = await db.flag.findUniqueOrThrow({ where: { id: flagId } });
  const { id: __, ...clue } = await db.clue.findUniqueOrThrow({ where: { id: clueId } });
  const { sceneId } = flag;
  const sources = ["swarm-1", "swarm-2", "swarm-3"];
  const rows = sources.flatMap((source) =>
    Array.from({ length: source === "swarm-3" ? mapCountMax : 230 }, (__, nth) => ({
      id: crypto.randomUUID(),
      source,
      nth,
    })),
  );
  await db.source.createMany({
    data: sources.map((id) => ({ id, name: id, kind: "drone", place: "p", longitude: 90, latitude: 40 })),
  });
  await db.flag.createMany({
    data: rows.map(({ id, source, nth }) => ({
      ...flag,
      id,
      sceneId,
      sourceId: source,
      ordinal: nth + 1,
      intervals: [],
      trace: [],
      judge: {},
      boxNorm: [0, 0, 1, 1],
      readings: undefined,
    })) as never,
  });
  await db.clue.createMany({
    data: rows.map(({ id, source }) => ({ ...clue, flagId: id, sourceId: source })) as never,
  });
  await db.flagPlace.createMany({
    data: rows.map(({ id, nth }) => ({
      flagId: id,
      longitude: 90 + nth / 5_000,
      latitude: 40,
      longM: 5,
      shortM: 4,
      bearingDeg: 0,
      radius95M: 5,
      method: "m",
      flagUpdatedAt: new Date(),
    })),
  });
  const { placed, places } = await mapOf("swarm-1", "89,39,91,41");
  expect(placed.cut.map((one) => one.sourceId).sort()).toEqual(["swarm-1", "swarm-2"]);
  // where some are too old to be drawn the drone counts all of them; where all are drawn it counts none
  expect(sources.map((id) => places.find((one) => one.sourceId === id)?.flags)).toEqual([mapCountMax, mapCountMax, 0]);
  expect(placed.cells.length).toBeGreaterThan(0);
  expect(placed.cells.length + placed.flags.length).toBeLessThanOrEqual(mapPlacesMax);
  expect(placed.cells.reduce((sum, { flags }) => sum + flags, placed.flags.length)).toBe(600);
  await db.clue.deleteMany({ where: { sourceId: { in: sources } } });
});
