import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { applyMigrations } from "../db/migrate.ts";
import { startEmbeddedPostgres } from "../launcher/embedded-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** URL of the run's own PostgreSQL; database `mingcha_template` holds the migrated schema. */
    postgresUrl: string;
  }
}

/** One PostgreSQL for the run, and a migrated template that every test file clones (see postgres.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "mingcha-test-"));
  const server = await startEmbeddedPostgres(folder, { durable: false });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query("create database mingcha_template");
  await client.end();
  const template = new URL(server.url);
  template.pathname = "/mingcha_template";
  await applyMigrations(template.href);
  project.provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
