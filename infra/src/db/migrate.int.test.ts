import { randomBytes } from "node:crypto";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { applyMigrations } from "./migrate.ts";

test("machines that start at once on an empty database migrate it once, and none goes on before that is done", async () => {
  const admin = new pg.Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  const name = `m_${randomBytes(6).toString("hex")}`;
  await admin.query(`create database ${name}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  try {
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(url.href)));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    const { rows } = await client.query("select migration_name from _prisma_migrations");
    await client.end();
    expect(rows).toHaveLength(applied.flat().length);
  } finally {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
});
