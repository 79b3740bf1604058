import type { Readable } from "node:stream";

export interface StoredObject {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** `isMended`: an object of this name was there, damaged; now it is whole. */
export type PutObject = StoredObject & { readonly isMended?: true };

/**
 * Write-once storage by content: an object's name is its SHA-256, so it can be neither replaced nor mixed up. It goes only when its time is over
 * (infra/retention).
 * Two makers: a folder, and any S3 server. Both pass the same contract test.
 */
export interface ObjectStore {
  readonly kind: "folder" | "s3";
  /**
   * Stores a file. The bytes are hashed on the way in and read back afterwards; a difference throws HASH_MISMATCH
   * and leaves nothing. An object of that name that is there already counts only when its bytes are the right ones. `expectedSha256`: what the sender or an earlier step saw. `ours`: nobody writes to the source any more
   * and the caller deletes it afterwards, so its bytes may be taken over without a copy. The source itself always stays.
   */
  readonly putFile: (path: string, options?: { expectedSha256?: string; ours?: boolean }) => Promise<PutObject>;
  readonly putBytes: (bytes: Uint8Array) => Promise<PutObject>;
  /** Size, or null when it is not here. */
  readonly find: (sha256: string) => Promise<StoredObject | null>;
  /** Bytes, or the inclusive range [from, to]. Throws NOT_FOUND. */
  readonly read: (sha256: string, range?: { from: number; to: number }) => Promise<Readable>;
  /** Re-hashes what is stored. False: missing or changed. */
  readonly verify: (sha256: string) => Promise<boolean>;
  /** Runs `use` with the path of a local copy, for tools that need a file. */
  readonly withFile: <T>(sha256: string, use: (path: string) => Promise<T>) => Promise<T>;
  /** Removes the bytes, every version of them. Twice is as once. Throws where the store refuses (a lock on the object). */
  readonly remove: (sha256: string) => Promise<void>;
}
