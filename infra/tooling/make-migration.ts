/**
 * Writes the SQL of a schema change without Prisma's downloaded engine (its WebAssembly build diffs two schemas offline):
 *   npx tsx infra/tooling/make-migration.ts <name>     writes migrations/<stamp>_<name>/{migration.sql,schema.prisma}
 *   npx tsx infra/tooling/make-migration.ts --check    exit 1 when schema.prisma has changes without a migration
 * Each migration keeps the schema it leads to; the newest of these is where the next one starts.
 * Triggers and constraints that Prisma cannot express are added to migration.sql by hand.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { startEmbeddedPostgres } from "../src/launcher/embedded-postgres.ts";

const prismaFolder = fileURLToPath(new URL("../prisma/", import.meta.url));
const migrationsFolder = join(prismaFolder, "migrations");

/** The part of WebAssembly used here; the server packages are compiled without the browser's types. */
interface WebAssemblyLoader {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: Record<string, (() => void) | undefined> } }>;
}

interface SchemaFile {
  path: string;
  content: string;
}

/** SQL from one schema text to another; undefined stands for an empty database. `scratchUrl`: any PostgreSQL. */
export async function diffSchemas(from: string | undefined, to: string, scratchUrl: string): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const glue = await import(join(folder, "schema_engine_bg.js"));
  const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyLoader }).WebAssembly;
  const { instance } = await webAssembly.instantiate(readFileSync(join(folder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();

  const file = (content: string): SchemaFile => ({ path: join(prismaFolder, "schema.prisma"), content });
  // The engine asks a live server for its version before it compares the two texts; it changes nothing there.
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: scratchUrl }));
  const engine = await glue.SchemaEngine.new({ datamodels: [[file(to).path, to]] }, () => undefined, adapter);
  const result = await engine.diff({
    from: from === undefined ? { tag: "empty" } : { tag: "schemaDatamodel", files: [file(from)] },
    to: { tag: "schemaDatamodel", files: [file(to)] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  const sql = (result.stdout ?? "").trim();
  return sql.startsWith("-- This is an empty migration") ? "" : sql;
}

/** The schema that the newest migration leads to. */
export function lastMigratedSchema(): string | undefined {
  const newest = readdirSync(migrationsFolder)
    .filter((name) => existsSync(join(migrationsFolder, name, "schema.prisma")))
    .sort()
    .pop();
  return newest === undefined ? undefined : readFileSync(join(migrationsFolder, newest, "schema.prisma"), "utf8");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const name = process.argv[2] ?? "change";
  const schema = readFileSync(join(prismaFolder, "schema.prisma"), "utf8");
  const folder = mkdtempSync(join(tmpdir(), "mingcha-migration-"));
  const database = await startEmbeddedPostgres(folder, { durable: false });
  let sql: string;
  try {
    sql = await diffSchemas(lastMigratedSchema(), schema, database.url);
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  if (sql === "") process.stdout.write("The migrations and the schema agree.\n");
  else if (name === "--check") {
    process.stdout.write(`schema.prisma has changes without a migration:\n${sql}\n`);
    process.exitCode = 1;
  } else {
    const target = join(migrationsFolder, `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`);
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, "migration.sql"), `${sql}\n`);
    writeFileSync(join(target, "schema.prisma"), schema);
    process.stdout.write(`${target}\n`);
  }
  process.exit();
}
