import { registerScene } from "@mingcha/infra/scenes";
import { createTestDatabase, type TestDatabase } from "@mingcha/infra/testing";
import type { Detection, Look } from "@mingcha/models/scene";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sceneOf, standingLooks, startMs, storeLooks } from "./testing/store-looks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const actor = { kind: "machine", id: "test", name: "test" } as const;
const custodyOf = async (flagId: string): Promise<string[]> =>
  (await database.db.custody.findMany({ where: { subject: `flag:${flagId}` }, orderBy: { seq: "asc" } })).map(
    ({ action }) => action,
  );
const flagsOf = (sourceId: string) => database.db.flag.findMany({ where: { sourceId }, orderBy: { from: "asc" } });
const goods = (fromS: number, toS: number, isThere = true) => standingLooks("goods", fromS, toS, isThere, 2);
const car = (fromS: number, toS: number, isThere = true) => standingLooks("car", fromS, toS, isThere, 2);

test("footage that comes late and shows the place empty marks the flag it disproves, once, and leaves what people saw; an act that fits again clears it", async () => {
  const { db } = database;
  const id = "disproved";
  await registerScene(db, { ...sceneOf(id), lookEveryS: 2 }, { actor });
  await storeLooks(db, id, goods(0, 50));
  await storeLooks(db, id, goods(110, 160));
  const [before] = await flagsOf(id);
  expect(before).toMatchObject({ from: new Date(startMs), dwellS: 96, ended: false, unsupportedAt: null });

  const empty = goods(50, 110, false);
  await storeLooks(db, id, empty);
  await storeLooks(db, id, empty);
  await storeLooks(db, id, goods(160, 170, false));
  const [marked, ...more] = await flagsOf(id);
  expect(more).toEqual([]);
  expect(marked).toMatchObject({ id: before?.id, dwellS: 96, to: before?.to, ended: true, trace: before?.trace });
  expect(marked?.unsupportedAt).not.toBeNull();
  expect(await custodyOf(marked?.id ?? "")).toEqual(["flag.opened", "flag.unsupported"]);

  // They are back within their grace and stay: the second half was the beginning of an act after all.
  await storeLooks(db, id, goods(170, 240));
  const [again] = await flagsOf(id);
  expect(again).toMatchObject({ id: before?.id, from: new Date(startMs + 110_000), unsupportedAt: null });
  expect(await custodyOf(again?.id ?? "")).toEqual(["flag.opened", "flag.unsupported", "flag.supported_again"]);
});

test("one of two acts that late footage shows to be one is not marked, nor is the act of the session before", async () => {
  const { db } = database;
  const id = "joined";
  await registerScene(db, { ...sceneOf(id), lookEveryS: 2 }, { actor });
  for (const fromS of [0, 780, 1_500]) await storeLooks(db, id, car(fromS, fromS + 100));
  expect(await flagsOf(id)).toHaveLength(3);
  await storeLooks(db, id, car(880, 1_500));
  const flags = await flagsOf(id);
  expect(flags.map(({ dwellS, unsupportedAt }) => [dwellS, unsupportedAt])).toEqual([
    [98, null],
    [818, null],
    [98, null],
  ]);
});

test("an act that was over long ago and left the kept state is not marked, though another that began before it goes on", async () => {
  const { db } = database;
  const id = "settled";
  const zones = (sceneOf(id).zones ?? []).map((zone) => ({ ...zone, kind: "truck_gate" as const }));
  const rules = [{ violation: "TRUCK_UNCOVERED", zones: ["apron"] }];
  await registerScene(db, { ...sceneOf(id), lookEveryS: 2, zones, rules }, { actor });
  const truck = (x: number, y: number): Detection => ({
    label: "truck",
    role: "truck",
    score: 0.8,
    boxNorm: [x, y, 0.2, 0.2],
  });
  // One drives in, waits for 25 minutes and drives on; another passes it within the first minute.
  const waits = (s: number): number => (s < 10 ? 0.3 + 0.04 * s : s < 1_500 ? 0.7 : 0.7 + 0.02 * (s - 1_500));
  const at = (s: number): Detection[] => [
    ...(waits(s) < 0.9 ? [truck(waits(s), 0.7)] : []),
    ...(s >= 20 && s < 40 ? [truck(0.04 * (s - 20), 0.45)] : []),
  ];
  for (let minute = 0; minute < 30; minute++) {
    const looks = car(60 * minute, 60 * minute + 60, false);
    const seen = looks.map(
      (look): Look => ({ ...look, status: "seen", detections: at((look.capturedAtMs - startMs) / 1000) }),
    );
    await storeLooks(db, id, seen);
  }
  const flags = await flagsOf(id);
  expect(flags.map(({ from, unsupportedAt }) => [from.getTime() - startMs, unsupportedAt])).toEqual([
    [0, null],
    [20_000, null],
  ]);
});

test("an act that is none any more by what came after it, or since the kept state was lost, is not marked: nothing of its own time speaks against it", async () => {
  const { db } = database;
  const id = "dusk";
  await registerScene(db, { ...sceneOf(id), lookEveryS: 2 }, { actor });
  const scored = (fromS: number, toS: number, score: number): Look[] =>
    car(fromS, toS).map((look) => ({
      ...look,
      detections: look.status === "seen" ? look.detections.map((one) => ({ ...one, score })) : [],
    })) as Look[];
  await storeLooks(db, id, scored(0, 100, 0.45));
  const [before] = await flagsOf(id);
  expect(before).toMatchObject({ unsupportedAt: null, ended: false });
  for (let fromS = 100; fromS < 400; fromS += 60) await storeLooks(db, id, scored(fromS, fromS + 60, 0.3));
  await db.watchState.deleteMany({ where: { sourceId: id } });
  await storeLooks(db, id, scored(400, 460, 0.3));
  const [after] = await flagsOf(id);
  expect(after).toMatchObject({ id: before?.id, unsupportedAt: null });
  expect(await custodyOf(before?.id ?? "")).toEqual(["flag.opened"]);
});

test("what lies in deleted recordings is not marked: nobody could look at it any more", async () => {
  const { db } = database;
  const id = "disproved-gone";
  await registerScene(db, { ...sceneOf(id), lookEveryS: 2 }, { actor });
  await storeLooks(db, id, goods(0, 50));
  await storeLooks(db, id, goods(110, 160));
  await db.clip.updateMany({ where: { sourceId: id }, data: { deletedAt: new Date() } });
  await storeLooks(db, id, goods(50, 110, false));
  expect(await flagsOf(id)).toMatchObject([{ dwellS: 96, unsupportedAt: null }]);
});

test("what an earlier version of the scene flagged is not put to the rules of a later one", async () => {
  const { db } = database;
  const id = "disproved-version";
  await registerScene(db, { ...sceneOf(id), lookEveryS: 2 }, { actor });
  await storeLooks(db, id, car(0, 100));
  const stricter = { ...sceneOf(id), lookEveryS: 2 };
  await registerScene(
    db,
    { ...stricter, rules: stricter.rules.map((rule) => ({ ...rule, dwellS: 300 })) },
    { actor, validFrom: new Date(startMs - 60_000) },
  );
  await db.watchState.deleteMany({ where: { sourceId: id } });
  await storeLooks(db, id, car(100, 120));
  expect(await flagsOf(id)).toMatchObject([{ unsupportedAt: null }]);
});
