import type { Database } from "../db/index.ts";
import { chainHash, genesisHash } from "./append.ts";

export interface CustodyCheck {
  readonly entries: number;
  readonly intact: boolean;
  /** First entry that does not fit, with the reason. */
  readonly brokenAt: number | null;
  readonly reason: string | null;
  /** Hash of the last entry that fits: written down elsewhere, it also proves that nothing was cut off the end. */
  readonly headHash: string;
}

const pageSize = 2_000;

/**
 * Walks the whole chain: numbers without gaps, every hash re-computed, look-up columns equal to the body.
 * @param expectedHead a head hash noted earlier outside the system; finds a cut or rewritten tail.
 */
export async function checkCustody(db: Database, expectedHead?: string): Promise<CustodyCheck> {
  let previous: Uint8Array = genesisHash;
  let count = 0;
  let headSeen = expectedHead === undefined;
  for (;;) {
    const page = await db.custody.findMany({ where: { seq: { gt: count } }, orderBy: { seq: "asc" }, take: pageSize });
    for (const row of page) {
      const seq = Number(row.seq);
      const broken = (reason: string): CustodyCheck => ({
        entries: count,
        intact: false,
        brokenAt: seq,
        reason,
        headHash: Buffer.from(previous).toString("hex"),
      });
      if (seq !== count + 1) return broken(`entry ${count + 1} is missing`);
      const hash = chainHash(previous, row.body);
      if (!hash.equals(row.hash)) return broken("the entry or one before it was changed");
      const body = JSON.parse(Buffer.from(row.body).toString("utf8")) as {
        seq: number;
        at: string;
        action: string;
        subject: string;
      };
      if (
        body.seq !== seq ||
        body.at !== row.at.toISOString() ||
        body.action !== row.action ||
        body.subject !== row.subject
      )
        return broken("the look-up columns differ from the entry");
      previous = hash;
      count = seq;
      if (hash.toString("hex") === expectedHead) headSeen = true;
    }
    if (page.length < pageSize) break;
  }
  const headHash = Buffer.from(previous).toString("hex");
  if (!headSeen)
    return {
      entries: count,
      intact: false,
      brokenAt: count + 1,
      reason: "the noted head is not in the chain: entries were cut off or rewritten",
      headHash,
    };
  return { entries: count, intact: true, brokenAt: null, reason: null, headHash };
}
