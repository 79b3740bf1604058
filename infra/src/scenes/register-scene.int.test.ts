import { AppError } from "@mingcha/models";
import { distanceM, toGcj02 } from "@mingcha/models/geo";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { registerScene } from "./register-scene.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const actor = { kind: "machine", id: "test", name: "test" } as const;
const sceneOf = (id: string, place: string) => ({
  source: { id, longitude: 121.5, latitude: 31.2 },
  zones: [
    {
      id: "z",
      kind: "public_ground",
      polygon: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
      place,
    },
  ],
  rules: [],
});
const register = (document: unknown, validFrom?: Date) =>
  registerScene(database.db, document, { actor, ...(validFrom ? { validFrom } : {}) });

test("the same document is the same version, however it is written; another one is the next", async () => {
  const first = await register(sceneOf("cam-1", "1 Road"));
  expect(first).toMatchObject({ sourceId: "cam-1", version: 1, created: true });
  const { source, ...rest } = sceneOf("cam-1", "1 Road");
  const reordered = { lookEveryS: 2, ...rest, source };
  expect(await register(reordered)).toEqual({ ...first, created: false });
  const at = new Date("2026-05-01T00:00:00Z");
  expect(await register(sceneOf("cam-1", "2 Road"), at)).toMatchObject({ version: 2, created: true });
  const rows = await database.db.scene.findMany({ where: { sourceId: "cam-1" }, orderBy: { version: "asc" } });
  expect(rows.map(({ validFrom }) => validFrom)).toEqual([new Date(0), at]);
  expect(await database.db.custody.count({ where: { action: "scene.registered" } })).toBe(2);
  expect(await database.db.source.findUniqueOrThrow({ where: { id: "cam-1" } })).toMatchObject({
    name: "cam-1",
    place: "1 Road",
    longitude: 121.5,
  });
});

test("a person goes back to an older document as a new version; a file found beside footage does not", async () => {
  const [a, b] = [sceneOf("cam-back", "1 Road"), sceneOf("cam-back", "2 Road")];
  await register(a);
  await register(b);
  expect(await register(a)).toMatchObject({ version: 1, created: false });
  const person = { kind: "person", id: "00000000-0000-4000-8000-000000000001", name: "Li" } as const;
  const back = await registerScene(database.db, a, { actor: person });
  expect(back).toMatchObject({ version: 3, created: true });
  expect(await registerScene(database.db, a, { actor: person })).toEqual({ ...back, created: false });
  const rows = await database.db.scene.findMany({ where: { sourceId: "cam-back" }, orderBy: { version: "asc" } });
  expect(rows.map(({ sha256 }) => sha256 === back.sha256)).toEqual([true, false, true]);
});

test("many registrars at once leave version numbers without gaps or doubles", async () => {
  const documents = Array.from({ length: 12 }, (_, n) => sceneOf("cam-2", `${n % 6} Road`));
  await Promise.all(documents.map((document) => register(document)));
  const rows = await database.db.scene.findMany({ where: { sourceId: "cam-2" }, orderBy: { version: "asc" } });
  expect(rows.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("a wrong document is refused with the path that does not fit, and leaves no source behind", async () => {
  const wrong = register({ ...sceneOf("cam-3", "x"), zones: [{ id: "z", kind: "moat", polygon: [] }] });
  await expect(wrong).rejects.toThrow(AppError);
  await expect(wrong).rejects.toThrow(/zones\[0\]/);
  expect(await database.db.source.findUnique({ where: { id: "cam-3" } })).toBeNull();
});

test("a position read off a Chinese map is kept in WGS-84, and the version keeps what was typed", async () => {
  const here = { longitude: 121.5272106, latitude: 31.1774276 };
  const typed = toGcj02(here);
  const scene = sceneOf("cam-gcj", "1 Road");
  await register({ ...scene, source: { id: "cam-gcj", ...typed, crs: "gcj02" } });
  const source = await database.db.source.findUniqueOrThrow({ where: { id: "cam-gcj" } });
  const kept = { longitude: source.longitude ?? 0, latitude: source.latitude ?? 0 };
  expect(distanceM(here, kept)).toBeLessThan(0.1);
  expect(distanceM(typed, kept)).toBeGreaterThan(300);
  const row = await database.db.scene.findFirstOrThrow({ where: { sourceId: "cam-gcj" } });
  expect(row.document).toMatchObject({ source: { ...typed, crs: "gcj02" } });
  // the same numbers as WGS-84 are another place
  await register({ ...scene, source: { id: "cam-gcj", ...typed } });
  expect(await database.db.source.findUniqueOrThrow({ where: { id: "cam-gcj" } })).toMatchObject(typed);
});

test("a datum without both coordinates, or one that nobody knows, is refused in one sentence", async () => {
  const scene = sceneOf("cam-crs", "1 Road");
  for (const source of [
    { id: "cam-crs", crs: "gcj02" },
    { id: "cam-crs", longitude: 121.5, crs: "gcj02" },
    { id: "cam-crs", longitude: 121.5, latitude: 31.2, crs: "bd09" },
  ])
    await expect(register({ ...scene, source })).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(await database.db.source.count({ where: { id: "cam-crs" } })).toBe(0);
});
