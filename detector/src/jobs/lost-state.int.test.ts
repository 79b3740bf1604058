import { registerScene } from "@mingcha/infra/scenes";
import { createTestDatabase, type TestDatabase } from "@mingcha/infra/testing";
import { parseScene, type SceneInput } from "@mingcha/models/scene";
import { evaluateScene } from "@mingcha/models/violations";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sceneOf, standingLooks, startMs, storeLooks } from "./testing/store-looks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const actor = { kind: "machine", id: "test", name: "test" } as const;
const hourS = 3_600;
const pileScene = (id: string): SceneInput => ({
  ...sceneOf(id),
  lookEveryS: 60,
  rules: [{ violation: "ROAD_PILE", zones: ["apron"], roles: ["goods"], dwellS: 600, graceS: 60 }],
});
const pile = (fromH: number, toH: number) => standingLooks("goods", fromH * hourS, toH * hourS, true, 60);

/** Flags as [begin, end, dwell], in seconds from the first look. */
const flagsOf = async (sourceId: string): Promise<number[][]> =>
  (await database.db.flag.findMany({ where: { sourceId }, orderBy: { from: "asc" } })).map(({ from, to, dwellS }) => [
    (from.getTime() - startMs) / 1_000,
    (to.getTime() - startMs) / 1_000,
    dwellS,
  ]);

function plainFlags(looks: ReturnType<typeof pile>): number[][] {
  const parsed = parseScene(pileScene("any"));
  if (parsed.kind === "bad") throw new Error(parsed.text.en);
  return evaluateScene(parsed.scene, looks).flatMap(({ flags }) =>
    flags.map((flag) => [(flag.fromMs - startMs) / 1_000, (flag.toMs - startMs) / 1_000, flag.dwellMs / 1_000]),
  );
}

/** What an upgrade does that gives the kept state another form: what is there is not read any more. */
const loseState = (sourceId: string) => database.db.watchState.updateMany({ where: { sourceId }, data: { format: 1 } });

test("after the kept state is lost a flag of many hours has the begin and dwell it had, with the next clip and the one after", async () => {
  const { db } = database;
  const id = "upgraded";
  await registerScene(db, pileScene(id), { actor });
  for (let hour = 0; hour < 6; hour++) await storeLooks(db, id, pile(hour, hour + 1));
  await loseState(id);
  await storeLooks(db, id, pile(6, 7));
  expect(await flagsOf(id)).toEqual(plainFlags(pile(0, 7)));
  await storeLooks(db, id, pile(7, 8));
  expect(await flagsOf(id)).toEqual([[0, 8 * hourS - 60, 8 * hourS - 60]]);
});

test("five minutes of footage that come when no state is kept from before them shorten nothing", async () => {
  const { db } = database;
  const id = "day-late";
  await registerScene(db, pileScene(id), { actor });
  const whole = Array.from({ length: 32 }, (_, hour) => pile(hour, hour + 1));
  const late = whole[5]?.splice(30, 5) ?? [];
  for (const looks of whole) await storeLooks(db, id, looks);
  await storeLooks(db, id, late);
  expect(await flagsOf(id)).toEqual(plainFlags(pile(0, 32)));
});

test("a flag that began before looks are read back keeps its begin, and its dwell is what was known and what is found", async () => {
  const { db } = database;
  const id = "days";
  await registerScene(db, pileScene(id), { actor });
  for (let day = 0; day < 3; day++) await storeLooks(db, id, pile(24 * day, 24 * day + 24));
  await loseState(id);
  await storeLooks(db, id, pile(72, 73));
  await storeLooks(db, id, pile(73, 74));
  const dwellS = 74 * hourS - 60;
  expect(await flagsOf(id)).toEqual([[0, dwellS, dwellS]]);
  const [flag] = await db.flag.findMany({ where: { sourceId: id } });
  expect(flag?.trace).toContainEqual(expect.objectContaining({ filter: "dwell", passed: true, value: dwellS }));
  expect(flag?.unsupportedAt).toBeNull();
});

test("an act that only now reaches a dwell of hours is found though the state was lost while it stood", async () => {
  const { db } = database;
  const id = "long-dwell";
  const scene = pileScene(id);
  await registerScene(db, { ...scene, rules: scene.rules.map((rule) => ({ ...rule, dwellS: 5 * hourS })) }, { actor });
  for (let hour = 0; hour < 5; hour++) await storeLooks(db, id, pile(hour, hour + 1));
  expect(await flagsOf(id)).toEqual([]);
  await loseState(id);
  await storeLooks(db, id, pile(5, 6));
  expect(await flagsOf(id)).toEqual([[0, 6 * hourS - 60, 6 * hourS - 60]]);
});
