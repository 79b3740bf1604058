import { createHash } from "node:crypto";
import type { CustodyAction } from "@mingcha/models/custody";
import type { DatabaseOrTransaction } from "../db/index.ts";
import { canonicalJson } from "./canonical.ts";

export interface CustodyEntry {
  /** What was done. */
  readonly action: CustodyAction;
  /** What it was done to: `clip:<id>`, `clue:<id>`, `case:<id>`, … */
  readonly subject: string;
  /** Person id, or the name of the process for what machines do. */
  readonly actor: { readonly kind: "person" | "machine"; readonly id: string; readonly name: string };
  /** Facts without personal data: ids, hashes, states, reason codes. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** First link of every chain. */
export const genesisHash = Buffer.alloc(32);
/** One writer at a time: the chain has one end. */
const chainLockKey = 7_226_012;

/** Hash of an entry: SHA-256(0x01 ‖ previous hash ‖ body). The prefix keeps entries and other hashed things apart. */
export function chainHash(previous: Uint8Array, body: Uint8Array): Buffer {
  return createHash("sha256").update(Uint8Array.of(1)).update(previous).update(body).digest();
}

/** Nobody else appends until the transaction ends: for what is numbered without gaps in the order of the log. Comes after all other locks. */
export async function lockCustody(transaction: DatabaseOrTransaction): Promise<void> {
  await transaction.$executeRaw`select pg_advisory_xact_lock(${chainLockKey})`;
}

/**
 * Appends to the custody log inside the caller's transaction: the act and its record stand or fall together.
 * Time is the database's clock. Order is the order of commits, because the lock is held until then.
 */
export async function appendCustody(
  transaction: DatabaseOrTransaction,
  entry: CustodyEntry,
): Promise<{ seq: bigint; hash: Buffer }> {
  await lockCustody(transaction);
  const rows = await transaction.$queryRaw<{ seq: bigint; hash: Uint8Array | null; now: Date }[]>`
    select coalesce(last.seq, 0::bigint) as seq, last.hash as hash, clock_timestamp() as now
    from (select 1) one left join lateral (select seq, hash from custody order by seq desc limit 1) last on true`;
  const [last] = rows;
  if (!last) throw new Error("the custody query gave no row");
  const seq = last.seq + 1n;
  const at = new Date(last.now);
  const body = canonicalJson({ seq: Number(seq), at: at.toISOString(), ...entry });
  const hash = chainHash(last.hash ?? genesisHash, body);
  await transaction.custody.create({
    data: {
      seq,
      body: new Uint8Array(body),
      hash: new Uint8Array(hash),
      at,
      action: entry.action,
      subject: entry.subject,
    },
  });
  return { seq, hash };
}
