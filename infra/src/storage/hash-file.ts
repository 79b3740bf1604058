import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/** SHA-256 (hex) and size of a file, read in one pass of 1 MiB pieces. */
export async function hashFile(path: string): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(piece as Buffer);
    sizeBytes += (piece as Buffer).length;
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}

/** Passes bytes through and hashes them. */
export function createHashingStream(): Transform & { digest: () => string; sizeBytes: () => number } {
  const hash = createHash("sha256");
  let size = 0;
  const stream = new Transform({
    highWaterMark: 1 << 20,
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      size += piece.length;
      done(null, piece);
    },
  });
  return Object.assign(stream, { digest: () => hash.digest("hex"), sizeBytes: () => size });
}

/** Copies a stream into a file while hashing. */
export async function writeHashed(
  source: NodeJS.ReadableStream,
  target: NodeJS.WritableStream,
): Promise<{ sha256: string; sizeBytes: number }> {
  const hashing = createHashingStream();
  await pipeline(source, hashing, target);
  return { sha256: hashing.digest(), sizeBytes: hashing.sizeBytes() };
}
