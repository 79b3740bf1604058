import { readdirSync } from "node:fs";
import { ConfigError } from "../config/index.ts";
import type { Logger } from "../log.ts";
import type { Database } from "./index.ts";
import { isMigration, migrationsFolder } from "./migrate.ts";

/**
 * Checks that a process makes when it starts. What they find wrong (ConfigError) ends it; a database that is away for a moment does not: then
 * the process begins, and whatever needs the database asks again.
 */
export async function checkAtStart(log: Pick<Logger, "warn">, checks: readonly (() => Promise<void>)[]): Promise<void> {
  for (const check of checks)
    try {
      await check();
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      log.warn({ err: error }, "could not be checked at start");
    }
}

/** @throws ConfigError where the database lacks a migration of this version. One that is ahead is let be: a newer version is on its way. */
export async function assertMigrated(db: Pick<Database, "$queryRaw">): Promise<void> {
  const rows = await db.$queryRaw<{ name: string | null }[]>`
    select to_regclass('_prisma_migrations')::text as name`;
  const done = rows[0]?.name
    ? await db.$queryRaw<{ name: string }[]>`
        select migration_name as name from _prisma_migrations where finished_at is not null`
    : [];
  const known = new Set(done.map(({ name }) => name));
  const missing = readdirSync(migrationsFolder).filter((name) => isMigration(name) && !known.has(name));
  if (missing.length > 0)
    throw new ConfigError(
      `The database lacks ${missing.length} migration(s) of this version (${missing.sort()[0]} is the first); run "node --import tsx infra/src/launcher/migrate.ts".`,
    );
}
