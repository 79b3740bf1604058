import type { DatabaseOrTransaction } from "@mingcha/infra/db";

/**
 * Holds a name until the transaction ends: two workers on one recording go one after the other. Several names are always given in the
 * same order (group, object, photo flight), and the custody log's own lock comes last, so nobody waits in a ring.
 */
export async function lockFor(transaction: DatabaseOrTransaction, ...names: string[]): Promise<void> {
  for (const name of names)
    await transaction.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`ingest:${name}`}, 0))`;
}
