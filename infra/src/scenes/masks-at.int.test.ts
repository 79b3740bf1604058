import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { masksAt } from "./masks-at.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const day = (date: number) => new Date(`2026-06-${String(date).padStart(2, "0")}T00:00:00Z`);
let sources = 0;
/** A source with versions, each created and in force from a day of June, with its privacy zones by the x of their first point. */
async function sourceOf(versions: readonly { from: number; created: number; zones: readonly number[] }[]) {
  const id = `cam-${++sources}`;
  await database.db.source.create({ data: { id, name: id, kind: "fixed", place: "1 Road" } });
  for (const [index, { from, created, zones }] of versions.entries())
    await database.db.scene.create({
      data: {
        sourceId: id,
        version: index + 1,
        document: {
          source: { id },
          zones: zones.map((x) => ({
            id: `p${x}`,
            kind: "privacy",
            polygon: [
              [x, 0],
              [1, 0],
              [1, 1],
            ],
          })),
          rules: [],
        },
        sha256: String(index),
        validFrom: day(from),
        createdAt: day(created),
      },
    });
  return async (captured: number, received = captured) => {
    const zones = await masksAt(database.db, { sourceId: id, capturedAt: day(captured), receivedAt: day(received) });
    return zones.map(({ polygon }) => polygon[0]?.[0]).sort();
  };
}

test("a version entered later with an earlier start takes no privacy zone away, and adds its own", async () => {
  const masks = await sourceOf([
    { from: 1, created: 1, zones: [0.1] },
    { from: 4, created: 20, zones: [0.2] },
    { from: 4, created: 21, zones: [] },
  ]);
  expect(await masks(5)).toEqual([0.1, 0.2]);
  // before the start of the later ones nothing changed
  expect(await masks(3)).toEqual([0.1]);
});

test("a version that starts after the capture neither hides nor unmasks anything of it; a picture after it knows only the new", async () => {
  const masks = await sourceOf([
    { from: 1, created: 1, zones: [0.1] },
    { from: 10, created: 10, zones: [0.2] },
    { from: 15, created: 12, zones: [] },
  ]);
  expect(await masks(9)).toEqual([0.1]);
  expect(await masks(11)).toEqual([0.2]);
  expect(await masks(16)).toEqual([]);
});

test("footage that came in after a version was drawn for it does not carry the zones of an earlier flight", async () => {
  const masks = await sourceOf([
    { from: 1, created: 2, zones: [0.1] },
    { from: 5, created: 8, zones: [0.2] },
  ]);
  expect(await masks(6, 9)).toEqual([0.2]);
  // what came in before was shown with the earlier zones
  expect(await masks(6, 7)).toEqual([0.1, 0.2]);
});

test("a version behind another one's start takes nothing over, and a source without any hides nothing", async () => {
  const masks = await sourceOf([
    { from: 5, created: 5, zones: [0.1] },
    { from: 2, created: 20, zones: [0.2] },
  ]);
  expect(await masks(6)).toEqual([0.1]);
  expect(await masks(3)).toEqual([0.2]);
  expect(await (await sourceOf([]))(6)).toEqual([]);
});
