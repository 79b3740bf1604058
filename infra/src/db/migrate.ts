import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

export const migrationsFolder = fileURLToPath(new URL("../../prisma/migrations/", import.meta.url));
export const isMigration = (name: string): boolean => /^\d{14}_/.test(name);
/** Any constant works; it only has to be the same everywhere. */
const lockKey = 7_226_011;

/**
 * Applies `prisma/migrations/<n>/migration.sql` in order and records each as Prisma does (`_prisma_migrations`),
 * so that Prisma's own tools agree with us where its engine can be downloaded. Safe to run from several processes.
 * @throws when an applied migration was edited afterwards.
 */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await client.query(`create table if not exists _prisma_migrations (
      id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
      logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`);
    const done = await client.query<{ migration_name: string; checksum: string }>(
      "select migration_name, checksum from _prisma_migrations where finished_at is not null",
    );
    const known = new Map(done.rows.map((row) => [row.migration_name, row.checksum]));
    const applied: string[] = [];
    for (const name of readdirSync(migrationsFolder).sort()) {
      if (!isMigration(name)) continue;
      const sql = readFileSync(join(migrationsFolder, name, "migration.sql"), "utf8");
      const checksum = createHash("sha256").update(sql).digest("hex");
      const before = known.get(name);
      if (before !== undefined) {
        if (before !== checksum) throw new Error(`Migration ${name} was changed after it had been applied.`);
        continue;
      }
      await client.query("begin");
      try {
        await client.query(sql);
        await client.query(
          "insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) values ($1, $2, now(), $3, 1)",
          [randomUUID(), checksum, name],
        );
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw new Error(`Migration ${name} could not be applied.`, { cause: error });
      }
      applied.push(name);
    }
    return applied;
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lockKey]).catch(() => undefined);
    await client.end();
  }
}
