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

test("a live source that stood before clocks were asked for begins without ONVIF, one with a stated port keeps it", async () => {
  const name = "20261128120500_onvif_only_where_saved";
  const admin = new pg.Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  const database = `m_${randomBytes(6).toString("hex")}`;
  await admin.query(`create database ${database}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  try {
    await applyMigrations(url.href);
    await client.connect();
    await client.query("delete from _prisma_migrations where migration_name = $1", [name]);
    await client.query(
      `insert into source (id, name, kind, place) values ('old', 'old', 'fixed', 'x'), ('stated', 'stated', 'fixed', 'x')`,
    );
    await client.query(`insert into stream (source_id, kind, url, policy, clip_s, onvif_enabled, onvif_port, updated_at)
      values ('old', 'rtsp', 'rtsp://10.0.0.1/x', 'never-drop', 10, true, null, now()),
        ('stated', 'rtsp', 'rtsp://10.0.0.2/x', 'never-drop', 10, true, 8000, now())`);
    expect(await applyMigrations(url.href)).toEqual([name]);
    const { rows } = await client.query("select source_id, onvif_enabled, version from stream order by source_id");
    expect(rows).toEqual([
      { source_id: "old", onvif_enabled: false, version: 2 },
      { source_id: "stated", onvif_enabled: true, version: 1 },
    ]);
  } finally {
    await client.end();
    await admin.query(`drop database ${database} with (force)`);
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
