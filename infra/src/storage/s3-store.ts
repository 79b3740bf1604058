import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "@mingcha/models";
import { createHashingStream, hashFile } from "./hash-file.ts";
import { objectKey } from "./keys.ts";
import type { ObjectStore, PutObject, StoredObject } from "./object-store.ts";
import { openOwnFolder } from "./own-folder.ts";
import { createS3Client } from "./s3-client.ts";

export interface S3Options {
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Local folder for files that tools need on disk; each process has one of its own in it. */
  readonly cacheFolder: string;
  /** Name of the process. */
  readonly writer: string;
}

/**
 * Objects in an S3 bucket through the minio client. Versioning and object lock are asked for when the bucket is made;
 * a server without lock is accepted and says so through `locked`.
 */
export async function openS3Store(options: S3Options): Promise<ObjectStore & { readonly locked: boolean }> {
  const { bucket, endpoint, accessKey, secretKey } = options;
  const client = createS3Client({ endpoint, accessKey, secretKey });
  if (!(await client.bucketExists(bucket))) {
    await client.makeBucket(bucket, "", { ObjectLocking: true }).catch(async () => {
      // another machine that starts at the same moment may have made it, with its lock
      if (!(await client.bucketExists(bucket))) await client.makeBucket(bucket);
    });
  }
  // The client's types describe the callback form only.
  const locked = await (client.getObjectLockConfig(bucket) as unknown as Promise<Record<string, unknown>>).then(
    (config) => Object.keys(config).length > 0,
    () => false,
  );
  const cacheFolder = await openOwnFolder(options.cacheFolder, options.writer);

  async function find(sha256: string): Promise<StoredObject | null> {
    try {
      const info = await client.statObject(bucket, objectKey(sha256));
      return { sha256, sizeBytes: info.size };
    } catch (error) {
      if ((error as { code?: string }).code === "NotFound" || (error as { code?: string }).code === "NoSuchKey")
        return null;
      throw error;
    }
  }

  async function download<T>(sha256: string, use: (path: string) => Promise<T>): Promise<T> {
    if (!(await find(sha256))) throw new AppError("NOT_FOUND", {}, { detail: `object ${sha256}` });
    const path = join(cacheFolder, randomUUID());
    try {
      await pipeline(await client.getObject(bucket, objectKey(sha256)), createWriteStream(path));
      return await use(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Every version and removal mark of a key; empty where the bucket keeps none. */
  async function versionsOf(key: string): Promise<string[]> {
    const versions: string[] = [];
    const stream = client.listObjects(bucket, key, true, { IncludeVersion: true });
    for await (const item of stream as AsyncIterable<{ name?: string; versionId?: string | null }>)
      if (item.name === key && item.versionId && item.versionId !== "null") versions.push(item.versionId);
    return versions;
  }

  async function verify(sha256: string): Promise<boolean> {
    if (!(await find(sha256))) return false;
    const hashing = createHashingStream();
    await pipeline(await client.getObject(bucket, objectKey(sha256)), hashing.resume());
    return hashing.digest() === sha256;
  }

  /** Stores a file under a name and reads it back; what turns out to be something else is taken away again. */
  async function upload(path: string, sha256: string): Promise<PutObject> {
    // What is there may be what a killed process never read back, or damaged: it counts when its bytes are right.
    const isThere = (await find(sha256)) !== null;
    const { size } = await stat(path);
    if (isThere && (await verify(sha256))) return { sha256, sizeBytes: size };
    const key = objectKey(sha256);
    const hashing = createHashingStream();
    const reading = pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hashing);
    const [{ versionId }] = await Promise.all([client.putObject(bucket, key, hashing, size), reading]);
    const sent = hashing.digest();
    const isWhole = await verify(sha256);
    if (sent !== sha256 || !isWhole) {
      // our version alone; where the bucket keeps none, what is whole is somebody else's
      if (versionId) await client.removeObject(bucket, key, { versionId });
      else if (!isWhole) await client.removeObject(bucket, key);
      const detail = sent === sha256 ? "stored bytes differ from received bytes" : `expected ${sha256}, got ${sent}`;
      throw new AppError("HASH_MISMATCH", {}, { detail });
    }
    return isThere ? { sha256, sizeBytes: size, isMended: true } : { sha256, sizeBytes: size };
  }

  return {
    kind: "s3",
    locked,
    putFile: async (path, { expectedSha256 } = {}) => upload(path, expectedSha256 ?? (await hashFile(path)).sha256),
    putBytes: async (bytes) => {
      const path = join(cacheFolder, randomUUID());
      await writeFile(path, bytes);
      try {
        return await upload(path, createHash("sha256").update(bytes).digest("hex"));
      } finally {
        await rm(path, { force: true });
      }
    },
    find,
    read: async (sha256, range) => {
      const found = await find(sha256);
      if (!found) throw new AppError("NOT_FOUND", {}, { detail: `object ${sha256}` });
      return range
        ? client.getPartialObject(bucket, objectKey(sha256), range.from, range.to - range.from + 1)
        : client.getObject(bucket, objectKey(sha256));
    },
    verify,
    withFile: download,
    remove: async (sha256) => {
      const key = objectKey(sha256);
      // In a bucket with versions a plain removal only hides the newest; where the server keeps none it says so, and the plain one is all.
      for (const versionId of await versionsOf(key)) await client.removeObject(bucket, key, { versionId });
      await client.removeObject(bucket, key);
      for (const versionId of await versionsOf(key)) await client.removeObject(bucket, key, { versionId });
      if (await find(sha256)) throw new Error(`the store kept object ${sha256}`);
    },
  };
}
