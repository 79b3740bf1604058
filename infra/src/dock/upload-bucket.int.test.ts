import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasMinio, type MinioServer, ownerOf, startMinio } from "../testing/index.ts";
import { issueCredentials } from "./issue-credentials.ts";
import { type BucketSettings, openUploadBucket } from "./upload-bucket.ts";

const settingsOf = (endpoint: string): BucketSettings => ({
  endpoint,
  publicEndpoint: endpoint,
  bucket: "test-docks",
  region: "us-east-1",
  provider: "minio",
  accessKey: "key",
  secretKey: "secret-secret",
});

describe.skipIf(!hasMinio())("the upload bucket", () => {
  let folder: string;
  let s3: MinioServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mingcha-bucket-"));
    s3 = await startMinio(folder);
  });
  afterAll(() => {
    s3?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("an object that is written again between the look and the fetching is not fetched, though it is as long as before", async () => {
    const bucket = openUploadBucket({ ...settingsOf(s3.endpoint), accessKey: s3.accessKey, secretKey: s3.secretKey });
    await bucket.ensure();
    const owner = ownerOf(s3);
    await owner.putObject("test-docks", "docks/a/f/x.mp4", "first bytes");
    const seen = await bucket.see("docks/a/f/x.mp4");
    const path = join(folder, "fetched");
    await owner.putObject("test-docks", "docks/a/f/x.mp4", "other bytes");
    expect(await bucket.fetch("docks/a/f/x.mp4", seen?.etag ?? "", path)).toBeNull();
    expect(existsSync(path)).toBe(false);
    const now = await bucket.see("docks/a/f/x.mp4");
    expect(await bucket.fetch("docks/a/f/x.mp4", now?.etag ?? "", path)).toMatchObject({
      md5: now?.md5,
      sizeBytes: 11,
    });
    await bucket.remove("docks/a/f/x.mp4");
    expect(await bucket.fetch("docks/a/f/x.mp4", now?.etag ?? "", `${path}-2`)).toBeNull();
  });
});

test("a server that takes the connection and never answers, or stops in the middle, holds up nothing: looking, listing, fetching and asking for credentials fail", async () => {
  let stopsInside = false;
  const server = createServer((request, answer) => {
    if (!stopsInside) return;
    if (request.method === "HEAD") return void answer.end();
    answer.writeHead(200, { etag: '"e"', "content-length": "1000" });
    answer.write("the first of it");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const settings = { ...settingsOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), silenceMs: 200 };
  const folder = mkdtempSync(join(tmpdir(), "mingcha-bucket-"));
  const away = { code: "ETIMEDOUT" };
  try {
    await expect(openUploadBucket(settings).see("k")).rejects.toMatchObject(away);
    expect(await issueCredentials(settings, "7CTDM3A00B1234", new Date())).toEqual({
      kind: "refused",
      reason: "unreachable",
    });
    stopsInside = true;
    const bucket = openUploadBucket(settings);
    await expect(bucket.fetch("k", "e", join(folder, "x"))).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect(bucket.list("k")[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "ECONNRESET" });
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
