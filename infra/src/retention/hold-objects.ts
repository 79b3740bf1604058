import type { DatabaseOrTransaction } from "../db/index.ts";
import type { ObjectStore } from "../storage/index.ts";
import { lockObjects } from "./locks.ts";

/**
 * Before a row that relies on stored bytes is written: nobody removes them until the transaction ends, and they are there. Throws where the same
 * bytes went in between, their time with something else being over; whoever sent them sends them again.
 */
export async function holdObjects(
  tx: DatabaseOrTransaction,
  store: Pick<ObjectStore, "find">,
  sha256s: readonly (string | null)[],
): Promise<void> {
  const wanted = sha256s.filter((sha256) => sha256 !== null);
  await lockObjects(tx, wanted);
  for (const sha256 of wanted)
    if ((await store.find(sha256)) === null) throw new Error(`object ${sha256} went while it was being taken in`);
}
