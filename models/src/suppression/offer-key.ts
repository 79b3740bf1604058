const offset = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/** FNV-1a, 64 bit, of a text's UTF-8 bytes, as 16 hex digits (Fowler, Noll, Vo; draft-eastlake-fnv). A handle, no proof of anything. */
export function fnv1a64(text: string): string {
  let hash = offset;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  return hash.toString(16).padStart(16, "0");
}

/** The same flags always make the same key, in whatever order they come; one flag more or less makes another. */
export function offerKey(sourceId: string, ruleKey: string, flagIds: readonly string[]): string {
  return fnv1a64(JSON.stringify([sourceId, ruleKey, [...flagIds].sort()]));
}
