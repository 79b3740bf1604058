/**
 * `node --import tsx infra/src/launcher/migrate.ts`: brings the database to this version and ends; for installations without the supervisor.
 * Several machines may run it at once, the first one does it (a lock in the database).
 */
import { ConfigError, readEnvironment, readServices } from "../config/index.ts";
import { applyMigrations } from "../db/migrate.ts";

try {
  const applied = await applyMigrations(readServices(readEnvironment()).databaseUrl);
  console.log(applied.length === 0 ? "Database is up to date" : `Database migrated: ${applied.join(", ")}`);
} catch (error) {
  const { message, cause } = error as Error;
  console.error(error instanceof ConfigError || cause === undefined ? message : `${message} ${String(cause)}`);
  process.exitCode = 1;
}
