import { createHash, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { syncPath } from "@mingcha/infra/storage";
import { FileStore } from "@tus/file-store";

interface Hashed {
  readonly hash: Hash;
  readonly sizeBytes: number;
}

/** States of a hash that are kept on the way, and how far apart: what a cut connection makes this process read again is one such stretch. */
const stretchBytes = 16 << 20;
const statesMax = 4;

/** What arrives in small pieces is written in larger ones: the store's own way writes each piece of 64 KiB by itself. */
const writtenAtOnceBytes = 1 << 20;

/**
 * A tus file store that hashes while it writes. A connection that breaks leaves bytes hashed that were never written, so states of the hash are
 * kept on the way and hashing goes on from the last that the disk has. A hash cannot be saved on disk: after a restart all of it is read once.
 */
export class HashingFileStore extends FileStore {
  private readonly folder: string;
  private readonly states = new Map<string, readonly Hashed[]>();
  private readonly flushes = new Map<string, Promise<void>>();

  constructor(folder: string) {
    super({ directory: folder });
    this.folder = folder;
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const { hash, sizeBytes } = await this.hashTo(id, offset);
    const states: Hashed[] = [{ hash: hash.copy(), sizeBytes }];
    let hashedBytes = sizeBytes;
    let keptBytes = sizeBytes;
    const hashing = new Transform({
      highWaterMark: writtenAtOnceBytes,
      transform(piece: Buffer, _encoding, done) {
        hash.update(piece);
        hashedBytes += piece.length;
        if (hashedBytes - keptBytes >= stretchBytes) {
          keptBytes = hashedBytes;
          states.push({ hash: hash.copy(), sizeBytes: hashedBytes });
          if (states.length > statesMax) states.shift();
        }
        done(null, piece);
      },
    });
    const file = createWriteStream(join(this.folder, id), {
      flags: "r+",
      start: offset,
      highWaterMark: writtenAtOnceBytes,
    });
    try {
      await pipeline(source, hashing, file);
      return hashedBytes;
    } finally {
      this.states.set(id, [...states, { hash, sizeBytes: hashedBytes }]);
      this.flush(id);
    }
  }

  /** Brings to the disk what has arrived while the next piece comes: else all of it waits for the end. What fails is told by `finish`. */
  private flush(id: string): void {
    const flushed = (this.flushes.get(id) ?? Promise.resolve()).then(() => syncPath(join(this.folder, id)));
    flushed.catch(() => undefined);
    this.flushes.set(id, flushed);
  }

  /** SHA-256 of a finished upload, as seen while it arrived. All of it is on the disk then: whoever sent it may forget it. */
  async finish(id: string): Promise<string> {
    const { size } = await stat(join(this.folder, id));
    const { hash } = await this.hashTo(id, size);
    // a failed flush stays known: the next one would find nothing left to write and say that all is well
    await this.flushes.get(id);
    await syncPath(join(this.folder, id));
    await syncPath(this.folder);
    this.states.delete(id);
    this.flushes.delete(id);
    return hash.digest("hex");
  }

  override async remove(id: string): Promise<void> {
    this.states.delete(id);
    this.flushes.delete(id);
    await super.remove(id);
  }

  /** A hash of the first bytes on disk: from the last state that does not lie beyond them, the rest is read. The hash is the caller's own. */
  private async hashTo(id: string, sizeBytes: number): Promise<Hashed> {
    const known = this.states.get(id)?.findLast((state) => state.sizeBytes <= sizeBytes);
    const hash = known?.hash.copy() ?? createHash("sha256");
    const from = known?.sizeBytes ?? 0;
    if (from < sizeBytes) {
      const file = await open(join(this.folder, id), "r");
      for await (const piece of file.createReadStream({ start: from, end: sizeBytes - 1, highWaterMark: 1 << 20 }))
        hash.update(piece as Buffer);
    }
    return { hash, sizeBytes };
  }
}
