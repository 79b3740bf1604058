import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { announceStaging, assertSharedStaging } from "./shared-staging.ts";

const folder = (name: string) => mkdtempSync(join(tmpdir(), `mingcha-${name}-`));
const [shared, other] = [folder("shared"), folder("other")];
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  for (const path of [shared, other]) rmSync(path, { recursive: true });
});

test("an ingest on the api's folder works, one on another folder is refused; before the api has started nobody can say", async () => {
  const { db } = database;
  await assertSharedStaging(db, other);
  await Promise.all([announceStaging(db, shared), announceStaging(db, shared)]);
  await assertSharedStaging(db, shared);
  await expect(assertSharedStaging(db, other)).rejects.toThrow(/same volume/);
});

test("an api that starts again on its folder changes nothing; one that moved takes the name along", async () => {
  const { db } = database;
  const before = await db.setting.findMany();
  await announceStaging(db, shared);
  expect(await db.setting.findMany()).toEqual(before);
  await announceStaging(db, other);
  await assertSharedStaging(db, other);
  await expect(assertSharedStaging(db, shared)).rejects.toThrow(/same volume/);
});
