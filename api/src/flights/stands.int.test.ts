import { demoStreetsFile } from "@mingcha/infra/streets";
import { distanceM } from "@mingcha/models/geo";
import { movedBy } from "@mingcha/models/ground";
import { clueDetailSchema, flightGroundSchema } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aircraft, seedDroneRecord } from "../testing/seed-drone-record.ts";
import { createTestApi, type TestApi } from "../testing/test-api.ts";
import { createFlagPlacing } from "./place-flags.ts";

let api: TestApi;
type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let [technical, handler, pilot]: Caller[] = [];

beforeAll(async () => {
  api = await createTestApi({ env: { MINGCHA_STREETS: demoStreetsFile } });
  technical = await api.signIn("technical", ["technical_reviewer"]);
  handler = await api.signIn("handler", ["handler"]);
  pilot = await api.signIn("pilot", ["pilot"]);
});
afterAll(() => api.close());

const standsIn = async (clueId: string, who = technical) =>
  clueDetailSchema.parse((await who?.call("GET", `/api/clues/${clueId}`))?.json()).stands;

test("a flagged thing stands where its pixel meets the ground, with its error, and what the bureau has on record there is named by distance", async () => {
  // half of the picture's width at 90° is 50 m at 50 m: a quarter to the right lies 25 m east
  const there = movedBy(aircraft, 0, 25);
  const near = movedBy(there, 4, 0);
  for (const [name, position] of [
    ["近处店", near],
    ["远处店", movedBy(there, 900, 0)],
    ["无位置店", null],
  ] as const) {
    const fact = { kind: "shop", name, place: `示例路 ${name}`, ...position };
    expect((await handler?.call("POST", "/api/objects", { fact }))?.statusCode, name).toBe(200);
  }
  const { clueId, flightId } = await seedDroneRecord(api, {});
  const stands = await standsIn(clueId);
  const [longitude, latitude] = stands?.place?.at ?? [0, 0];
  expect(distanceM({ longitude, latitude }, there)).toBeLessThan(0.3);
  expect(stands).toMatchObject({ refused: null, height: { metres: 50, from: "take_off" } });
  expect(stands?.place?.ellipse.radius95M).toBeGreaterThan(3);
  expect(stands?.warnings.map(({ zh }) => zh).join()).toContain("起飞点");
  const shop = stands?.near.find(({ kind }) => kind === "shop");
  expect(shop).toMatchObject({ name: "近处店", distanceM: 4, isWithinError: true });
  expect(stands?.near.filter(({ kind }) => kind === "shop")).toHaveLength(1);
  // the pilot sees on the flight's own page what was raised on it, at the same ground
  const ground = flightGroundSchema.parse((await pilot?.call("GET", `/api/flights/${flightId}/ground`))?.json());
  expect(ground.flags).toMatchObject([{ clueId, stands: { refused: null, place: { at: stands?.place?.at } } }]);
});

test("what the recording does not say is the reason in place of a place, and nothing is named as near", async () => {
  const cases = [
    [null, "没有飞行位置"],
    [{ gimbalPitchDeg: null }, "云台角度"],
    [{ heightM: null }, "高度"],
    [{ focal35Mm: null, fovHorizontalDeg: null }, "视角或焦距"],
    [{ gimbalPitchDeg: -10 }, "太斜"],
  ] as const;
  for (const [point, said] of cases) {
    const stands = await standsIn((await seedDroneRecord(api, point)).clueId);
    expect(stands?.refused?.zh, said).toContain(said);
    expect(stands).toMatchObject({ place: null, near: [], height: null });
  }
});

test("once its recording was deleted a record shows the place that was stored, when and how it was computed, and what is near it; so does the flight", async () => {
  const { clueId, flagId, clipId, flightId } = await seedDroneRecord(api, {});
  const { db } = api.deps;
  while ((await createFlagPlacing(api.deps)()) > 0);
  const before = await standsIn(clueId);
  expect(before).toMatchObject({ stored: null, place: expect.anything() });
  await db.telemetryPoint.deleteMany({ where: { clipId } });
  const deletedAt = new Date();
  await db.clip.update({ where: { id: clipId }, data: { deletedAt } });
  const { computedAt, method } = await db.flagPlace.findUniqueOrThrow({ where: { flagId } });
  const stored = { computedAt: computedAt.toISOString(), method, deletedAt: deletedAt.toISOString() };
  expect(await standsIn(clueId)).toEqual({ ...before, stored });
  const answer = await pilot?.call("GET", `/api/flights/${flightId}/ground`);
  const ground = flightGroundSchema.parse(answer?.json());
  expect(ground.flags).toMatchObject([{ clueId, stands: { place: before?.place, refused: null, stored } }]);
  expect(ground.clips).toMatchObject([{ points: 0, deletedAt: deletedAt.toISOString() }]);
  expect(ground).toMatchObject({
    counts: { total: 0, withoutPosition: 0 },
    warnings: [{ zh: expect.stringContaining("1 段录像已按规定删除") }],
  });
});

test("an elevation file that gives no height is told in one line with the reason, on the record and on its flight's page", async () => {
  const elevation = {
    version: "level",
    within: async () => ({ at: () => ({ datum: "egm96", elevationM: 4, sigmaM: 1 }) as const, cellM: 30 }),
  };
  const { clueId, flightId } = await seedDroneRecord(api, { rangeM: 50 });
  const both = async () => {
    const answer = await pilot?.call("GET", `/api/flights/${flightId}/ground`);
    return [await standsIn(clueId), flightGroundSchema.parse(answer?.json())];
  };
  expect(await both()).toMatchObject([{ warnings: [] }, { warnings: [] }]);
  Object.assign(api.deps, { elevation });
  const line = { zh: expect.stringContaining("离地高度由激光测得，未用该文件") };
  expect(await both()).toMatchObject([
    { height: { from: "laser" }, warnings: [line] },
    { heightFrom: { laser: 1 }, warnings: [line] },
  ]);
  Object.assign(api.deps, { elevation: null });
});

test("a camera that does not fly has no such place, and one coordinate alone is refused in the register", async () => {
  expect(await standsIn(await api.seedClue({}))).toBeNull();
  const half = await handler?.call("POST", "/api/objects", {
    fact: { kind: "shop", name: "半个位置", place: "示例路", longitude: 121.5 },
  });
  expect(half?.statusCode).toBe(400);
});
