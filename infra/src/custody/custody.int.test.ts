import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { appendCustody } from "./append.ts";
import { checkCustody } from "./check.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const actor = { kind: "person", id: "p1", name: "张三" } as const;
const write = (n: number) =>
  database.db.$transaction((tx) =>
    appendCustody(tx, { action: "evidence.viewed", subject: `clue:${n}`, actor, detail: { n } }),
  );

/** As a superuser who switches the triggers off: the strongest insider. */
async function tamper(sql: string): Promise<void> {
  await database.db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe("set local session_replication_role = replica");
    await tx.$executeRawUnsafe(sql);
  });
}

test("entries written at once form one unbroken chain", async () => {
  await Promise.all(Array.from({ length: 40 }, (_, n) => write(n)));
  expect(await checkCustody(database.db)).toMatchObject({ entries: 40, intact: true, brokenAt: null });
});

test("the application cannot change, delete or empty the log", async () => {
  await expect(database.db.$executeRawUnsafe("update custody set action = 'x' where seq = 3")).rejects.toThrow(
    /append-only/,
  );
  await expect(database.db.$executeRawUnsafe("delete from custody where seq = 3")).rejects.toThrow(/append-only/);
  await expect(database.db.$executeRawUnsafe("truncate custody")).rejects.toThrow(/append-only/);
});

test("a changed, a deleted and a cut entry are each found and named, even behind switched-off triggers", async () => {
  const head = (await checkCustody(database.db)).headHash;
  await tamper("create table keep as select * from custody");
  const restore = () => tamper("delete from custody; insert into custody select * from keep");

  await tamper(
    "update custody set body = convert_to(replace(convert_from(body, 'UTF8'), '张三', '李四'), 'UTF8') where seq = 17",
  );
  expect(await checkCustody(database.db)).toMatchObject({ intact: false, brokenAt: 17 });
  await tamper("delete from custody where seq = 9");
  expect(await checkCustody(database.db)).toMatchObject({ intact: false, brokenAt: 10, reason: "entry 9 is missing" });
  await tamper(
    "delete from custody; insert into custody select * from keep; update custody set subject = 'clue:999' where seq = 5",
  );
  expect(await checkCustody(database.db)).toMatchObject({ intact: false, brokenAt: 5 });
  await tamper("delete from custody; insert into custody select * from keep where seq <= 38");
  expect((await checkCustody(database.db)).intact).toBe(true);
  expect(await checkCustody(database.db, head)).toMatchObject({ intact: false, brokenAt: 39 });
  await restore().catch(() => undefined);
});
