import { createHash, type Hash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { FileStore } from "@tus/file-store";

interface Hashed {
  readonly hash: Hash;
  readonly sizeBytes: number;
}

/**
 * A tus file store that hashes while it writes. A hash cannot be saved half-way, so after a restart or a cut connection
 * the part that is already on disk is read once and hashing goes on from there.
 */
export class HashingFileStore extends FileStore {
  private readonly folder: string;
  private readonly hashes = new Map<string, Hashed>();

  constructor(folder: string) {
    super({ directory: folder });
    this.folder = folder;
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const known = this.hashes.get(id);
    const { hash, sizeBytes } = known?.sizeBytes === offset ? known : await this.hashDisk(id, offset);
    this.hashes.delete(id);
    let hashedBytes = sizeBytes;
    const hashing = new Transform({
      transform(piece: Buffer, _encoding, done) {
        hash.update(piece);
        hashedBytes += piece.length;
        done(null, piece);
      },
    });
    source.on("error", (error) => hashing.destroy(error));
    const end = await super.write(source.pipe(hashing), id, offset);
    // Bytes that were hashed but not written (the connection broke) make the two differ: then the disk is read again.
    if (hashedBytes === end) this.hashes.set(id, { hash, sizeBytes: end });
    return end;
  }

  /** SHA-256 of a finished upload, as seen while it arrived. */
  async finish(id: string): Promise<string> {
    const { size } = await stat(join(this.folder, id));
    const known = this.hashes.get(id);
    const { hash } = known?.sizeBytes === size ? known : await this.hashDisk(id, size);
    this.hashes.delete(id);
    return hash.digest("hex");
  }

  private async hashDisk(id: string, upToBytes: number): Promise<Hashed> {
    const hash = createHash("sha256");
    if (upToBytes > 0) {
      const file = await open(join(this.folder, id), "r");
      for await (const piece of file.createReadStream({ end: upToBytes - 1, highWaterMark: 1 << 20 }))
        hash.update(piece as Buffer);
    }
    return { hash, sizeBytes: upToBytes };
  }
}
