import { randomBytes } from "node:crypto";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { ConfigError } from "../config/index.ts";
import { createLog } from "../log.ts";
import { assertMigrated, checkAtStart, openDatabase } from "./index.ts";
import { applyMigrations } from "./migrate.ts";

test("machines that start at once on an empty database migrate it once, and none goes on before that is done", async () => {
  const admin = new pg.Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  const name = `m_${randomBytes(6).toString("hex")}`;
  await admin.query(`create database ${name}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  const db = openDatabase(url.href, 2);
  try {
    await expect(assertMigrated(db)).rejects.toThrow(/lacks \d+ migration/);
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(url.href)));
    await assertMigrated(db);
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    const { rows } = await client.query("select migration_name from _prisma_migrations");
    await client.query("delete from _prisma_migrations where migration_name = $1", [rows.at(-1)?.migration_name]);
    await expect(assertMigrated(db)).rejects.toThrow(
      `lacks 1 migration(s) of this version (${rows.at(-1)?.migration_name}`,
    );
    await client.end();
    expect(rows).toHaveLength(applied.flat().length);
  } finally {
    await db.$disconnect();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
});

test("a database that is away keeps no process from starting; what is wrong does", async () => {
  const log = createLog("test", "silent");
  const away = openDatabase("postgresql://nobody@127.0.0.1:9/none", 1);
  await checkAtStart(log, [() => assertMigrated(away)]);
  await away.$disconnect();
  const wrong = async () => {
    throw new ConfigError("wrong folder");
  };
  await expect(checkAtStart(log, [async () => undefined, wrong])).rejects.toThrow("wrong folder");
});
