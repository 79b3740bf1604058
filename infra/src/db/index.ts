import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";

export { assertMigrated, checkAtStart } from "./check-at-start.ts";
export { Prisma } from "./generated/client.ts";
export type { CaseState, ClipState, ClueState as DbClueState, IntakeState, UploadState } from "./generated/enums.ts";
export type * from "./generated/models.ts";
export { applyMigrations } from "./migrate.ts";

export type Database = PrismaClient;
/** A database or an open transaction of it. */
export type DatabaseOrTransaction = Omit<
  PrismaClient,
  "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction"
>;

/**
 * Opens the database. Every instant is stored with time zone and exchanged as a JavaScript Date.
 * @param poolSize connections of this process; the embedded server allows 100 in all.
 */
export function openDatabase(url: string, poolSize = 10): Database {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: poolSize, connectionTimeoutMillis: 10_000 }),
    transactionOptions: { maxWait: 10_000, timeout: 30_000 },
  });
}

/** True for the error Prisma gives when a unique key is already taken: the normal outcome of running twice. */
export function isDuplicate(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "P2002";
}
