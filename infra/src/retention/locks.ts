import type { DatabaseOrTransaction } from "../db/index.ts";

/**
 * What deleting, flagging and holding meet at, held until the transaction ends. Order everywhere: source, objects (sorted), rows of clues, custody.
 * The detector evaluates a source under its name; a hold, a known item and a drawing take it too.
 */
export async function lockSource(tx: DatabaseOrTransaction, sourceId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`source:${sourceId}`}, 0))`;
}

/** Names of stored bytes: whoever begins to rely on an object, and whoever removes it. */
export async function lockObjects(tx: DatabaseOrTransaction, sha256s: readonly string[]): Promise<void> {
  for (const sha256 of [...new Set(sha256s)].sort())
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`ingest:object:${sha256}`}, 0))`;
}
