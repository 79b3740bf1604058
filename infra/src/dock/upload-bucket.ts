import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "minio";
import type { Environment } from "../config/index.ts";
import { writeHashed } from "../storage/hash-file.ts";
import { createS3Client } from "../storage/s3-client.ts";
import { agentFor } from "./impatient-agent.ts";

/** An object as the store states it. Another etag means that it was written again, be it with the same bytes in other parts. */
export interface SeenObject {
  readonly etag: string;
  readonly sizeBytes: number;
  /** MD5 of its bytes, where the etag is one: not of parts, not under the store's own key. */
  readonly md5: string | null;
}

export interface ListedObject {
  readonly key: string;
  readonly etag: string;
  readonly sizeBytes: number;
  readonly changedAt: Date;
}

export interface Fetched {
  readonly sha256: string;
  readonly md5: string;
  readonly sizeBytes: number;
}

/** The bucket into which docks upload: looked at, fetched from and emptied by us; docks only put. */
export interface UploadBucket {
  /** Makes it where it is not there. */
  readonly ensure: () => Promise<void>;
  readonly see: (key: string) => Promise<SeenObject | null>;
  readonly list: (prefix: string) => AsyncIterable<ListedObject>;
  /** Writes an object's bytes to a file; null where it is not there, or not with this etag any more. */
  readonly fetch: (key: string, etag: string, path: string) => Promise<Fetched | null>;
  readonly remove: (key: string) => Promise<void>;
}

export interface BucketSettings {
  readonly endpoint: string;
  /** The same server as docks reach it. */
  readonly publicEndpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly provider: "minio" | "aws" | "ali";
  readonly accessKey: string;
  readonly secretKey: string;
  /** For how long the server may say nothing, ms; absent: `silenceMs`. */
  readonly silenceMs?: number;
}

/** A server that says nothing for so long is away: what waits for it fails like one that cannot be reached (house rule). */
const silenceMs = 20_000;

/** Null: no server was named for docks. */
export function readBucketSettings(environment: Environment): BucketSettings | null {
  const endpoint = environment.S3_ENDPOINT ?? environment.MINGCHA_DOCK_S3_ENDPOINT;
  const accessKey = environment.MINGCHA_DOCK_S3_ACCESS_KEY ?? environment.S3_ACCESS_KEY;
  const secretKey = environment.MINGCHA_DOCK_S3_SECRET_KEY ?? environment.S3_SECRET_KEY;
  if (endpoint === undefined || accessKey === undefined || secretKey === undefined) return null;
  return {
    endpoint,
    publicEndpoint: environment.MINGCHA_DOCK_S3_ENDPOINT ?? endpoint,
    bucket: environment.MINGCHA_DOCK_BUCKET,
    region: environment.MINGCHA_DOCK_S3_REGION,
    provider: environment.MINGCHA_DOCK_S3_PROVIDER,
    accessKey,
    secretKey,
  };
}

export const agentOf = (settings: BucketSettings) => agentFor(settings.endpoint, settings.silenceMs ?? silenceMs);

/** A client of the server with our key, or with the one given. */
export function s3Client(
  settings: BucketSettings,
  session?: { readonly accessKey: string; readonly secretKey: string; readonly sessionToken: string },
): Client {
  const { endpoint, region, accessKey, secretKey } = settings;
  return createS3Client({
    endpoint,
    region,
    transportAgent: agentOf(settings),
    ...(session ?? { accessKey, secretKey }),
  });
}

/** Opens the bucket; one that is not there is made. */
export function openUploadBucket(settings: BucketSettings): UploadBucket {
  const { bucket, region } = settings;
  const client = s3Client(settings);
  let made: Promise<void> | null = null;
  const ready = (): Promise<void> => {
    made ??= makeBucket().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
  async function makeBucket(): Promise<void> {
    if (await client.bucketExists(bucket)) return;
    await client.makeBucket(bucket, region).catch(async (error: unknown) => {
      // another machine that looks at the same moment may have made it
      if (!(await client.bucketExists(bucket))) throw error;
    });
  }

  return {
    ensure: ready,
    see: async (key) => {
      await ready();
      try {
        const { etag, size, metaData } = await client.statObject(bucket, key);
        const isPlain = /^[0-9a-f]{32}$/.test(etag) && metaData["x-amz-server-side-encryption"] === undefined;
        return { etag, sizeBytes: size, md5: isPlain ? etag : null };
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      }
    },
    list: async function* (prefix) {
      await ready();
      const objects = client.listObjectsV2(bucket, prefix, true) as AsyncIterable<{
        name?: string;
        etag?: string;
        size: number;
        lastModified?: Date;
      }>;
      for await (const { name, etag, size, lastModified } of objects)
        if (name !== undefined && etag !== undefined && lastModified !== undefined)
          yield { key: name, etag, sizeBytes: size, changedAt: lastModified };
    },
    fetch: async (key, etag, path) => {
      const md5 = createHash("md5");
      const measure = new Transform({
        transform(piece: Buffer, _encoding, done) {
          md5.update(piece);
          done(null, piece);
        },
      });
      try {
        // the client sends no condition; the answer says of which object its bytes are
        const source = (await client.getObject(bucket, key)) as IncomingMessage;
        if (source.headers.etag?.replaceAll('"', "") !== etag) {
          source.destroy();
          return null;
        }
        const [written] = await Promise.all([
          writeHashed(measure, createWriteStream(path, { flags: "wx", mode: 0o600 })),
          pipeline(source, measure),
        ]);
        return { ...written, md5: md5.digest("hex") };
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      }
    },
    remove: async (key) => {
      await client.removeObject(bucket, key);
    },
  };
}

const isAbsent = (error: unknown): boolean =>
  ["NotFound", "NoSuchKey"].includes((error as { code?: string }).code ?? "");
