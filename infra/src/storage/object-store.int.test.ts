import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasMinio, type MinioServer, startMinio } from "../testing/minio.ts";
import { openFolderStore } from "./folder-store.ts";
import { objectKey } from "./keys.ts";
import type { ObjectStore } from "./object-store.ts";
import { createS3Client } from "./s3-client.ts";
import { openS3Store } from "./s3-store.ts";

const folder = mkdtempSync(join(tmpdir(), "mingcha-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** What every store promises, whoever made it. `overwrite` puts other bytes under an object's name, past the store. */
function contract(open: () => ObjectStore, overwrite: (sha256: string, bytes: Buffer) => Promise<void>): void {
  test("what is stored comes back bit for bit, whole and in ranges", async () => {
    const bytes = randomBytes(3_000_000);
    const path = join(folder, "plain");
    await writeFile(path, bytes);
    const stored = await open().putFile(path);
    expect(stored).toEqual({ sha256: sha256(bytes), sizeBytes: bytes.length });
    expect(sha256(await buffer(await open().read(stored.sha256)))).toBe(stored.sha256);
    const part = await buffer(await open().read(stored.sha256, { from: 1_000_000, to: 1_000_099 }));
    expect(part.equals(bytes.subarray(1_000_000, 1_000_100))).toBe(true);
    expect(existsSync(path)).toBe(true);
    expect(await open().verify(stored.sha256)).toBe(true);
  });

  test("bytes that are not what the sender hashed are refused, and nothing of them stays", async () => {
    const path = join(folder, "altered");
    await writeFile(path, "altered on the way");
    await expect(open().putFile(path, { expectedSha256: "0".repeat(64) })).rejects.toMatchObject({
      code: "HASH_MISMATCH",
    });
    expect(await open().find(sha256(Buffer.from("altered on the way")))).toBeNull();
    expect(await open().find("0".repeat(64))).toBeNull();
  });

  test("an object that was damaged, or that a killed process left without reading it back, is whole once its bytes come again, and it is said", async () => {
    const bytes = randomBytes(30_000);
    const name = sha256(bytes);
    const path = join(folder, "again");
    await writeFile(path, bytes);
    for (const other of [bytes.subarray(0, 20_000), randomBytes(30_000)]) {
      await overwrite(name, Buffer.from(other));
      expect(await open().verify(name)).toBe(false);
      expect(await open().putFile(path, { expectedSha256: name })).toEqual({
        sha256: name,
        sizeBytes: bytes.length,
        isMended: true,
      });
      expect(await open().verify(name)).toBe(true);
      expect(await open().putBytes(bytes)).toEqual({ sha256: name, sizeBytes: bytes.length });
    }
  });

  test("the same content twice is one object, also when both arrive at once", async () => {
    const bytes = randomBytes(200_000);
    const stored = await Promise.all([open().putBytes(bytes), open().putBytes(bytes), open().putBytes(bytes)]);
    expect(new Set(stored.map((item) => item.sha256)).size).toBe(1);
    expect(await open().verify(sha256(bytes))).toBe(true);
  });

  test("our own staged file is stored without being lost, whatever happens in between", async () => {
    const path = join(folder, "staged");
    const bytes = randomBytes(50_000);
    await writeFile(path, bytes);
    await expect(open().putFile(path, { ours: true, expectedSha256: "0".repeat(64) })).rejects.toMatchObject({
      code: "HASH_MISMATCH",
    });
    expect((await readFile(path)).equals(bytes)).toBe(true);
    await open().putFile(path, { ours: true, expectedSha256: sha256(bytes) });
    expect((await readFile(path)).equals(bytes)).toBe(true);
    await rm(path);
    expect(await open().verify(sha256(bytes))).toBe(true);
  });

  test("what was never stored is not found rather than empty", async () => {
    const absent = "f".repeat(64);
    expect(await open().find(absent)).toBeNull();
    expect(await open().verify(absent)).toBe(false);
    await expect(open().read(absent)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("what is removed is gone, removing it again changes nothing, and the same bytes can come again", async () => {
    const bytes = randomBytes(10_000);
    const { sha256: name } = await open().putBytes(bytes);
    const { sha256: other } = await open().putBytes(randomBytes(10_000));
    await open().remove(name);
    await open().remove(name);
    expect(await open().find(name)).toBeNull();
    await expect(open().read(name)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await open().verify(other)).toBe(true);
    await open().putBytes(bytes);
    expect(await open().verify(name)).toBe(true);
    await open().remove(sha256(Buffer.from("never stored")));
  });

  test("a tool gets the object as a local file", async () => {
    const stored = await open().putBytes(Buffer.from("for a tool"));
    expect(await open().withFile(stored.sha256, (path) => readFile(path, "utf8"))).toBe("for a tool");
  });
}

describe("folder store", () => {
  let store: ObjectStore;
  beforeAll(async () => {
    store = await openFolderStore(join(folder, "objects"), "test");
  });
  contract(
    () => store,
    async (name, bytes) => {
      const path = join(folder, "objects", objectKey(name));
      await mkdir(dirname(path), { recursive: true });
      await rm(path, { force: true });
      await writeFile(path, bytes);
    },
  );

  test("a stored object cannot be written to, and a change behind our back is found", async () => {
    const stored = await store.putBytes(Buffer.from("evidence"));
    const path = join(folder, "objects", objectKey(stored.sha256));
    expect((await stat(path)).mode & 0o222).toBe(0);
    await chmod(path, 0o644);
    await writeFile(path, "Evidence");
    expect(await store.verify(stored.sha256)).toBe(false);
    // what takes its place does not destroy what it was found as
    await store.putBytes(Buffer.from("evidence"));
    const aside = (await readdir(join(folder, "objects", "damaged"))).find((name) => name.startsWith(stored.sha256));
    expect(await readFile(join(folder, "objects", "damaged", aside ?? ""), "utf8")).toBe("Evidence");
  });

  test("what killed processes left half-written is swept away; what other processes and machines write is left alone", async () => {
    const incoming = join(folder, "objects", "incoming");
    const ended = spawn(process.execPath, ["-e", ""]);
    await new Promise((done) => ended.once("exit", done));
    const running = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const left = async (name: string) => {
      await mkdir(join(incoming, name), { recursive: true });
      await writeFile(join(incoming, name, "half"), "half");
      return name;
    };
    const dead = await left(`${hostname()}~test~${ended.pid}~aaaaaaaa`);
    const alive = await left(`${hostname()}~test~${running.pid}~bbbbbbbb`);
    const elsewhere = await left(`another-machine~test~${ended.pid}~cccccccc`);
    const longAgo = await left("another-machine~test~1~dddddddd");
    await utimes(join(incoming, longAgo), 1, 1);
    const bytes = randomBytes(1_000);
    const second = await openFolderStore(join(folder, "objects"), "test");
    running.kill("SIGKILL");
    const names = await readdir(incoming);
    expect(names).toEqual(expect.arrayContaining([alive, elsewhere]));
    expect(names).not.toContain(dead);
    expect(names).not.toContain(longAgo);
    // two of one kind in one process: neither took the other's folder away
    await Promise.all([store.putBytes(bytes), second.putBytes(randomBytes(1_000))]);
    expect(await second.verify(sha256(bytes))).toBe(true);
  });
});

if (!hasMinio())
  console.warn("S3 store: not tested, no MinIO server was found (MINIO_BIN, PATH, or a Go tool chain to build one)");

describe.runIf(hasMinio())("S3 store on a MinIO server", () => {
  let server: MinioServer;
  let store: ObjectStore & { locked: boolean };
  beforeAll(async () => {
    server = await startMinio(join(folder, "minio"));
    const { endpoint, accessKey, secretKey } = server;
    const options = {
      endpoint,
      bucket: "evidence",
      accessKey,
      secretKey,
      cacheFolder: join(folder, "cache"),
    };
    // several machines start at the same moment, on no bucket yet
    const machines = ["api", "ingest", "ingest", "detector"];
    const opened = await Promise.all(machines.map((writer) => openS3Store({ ...options, writer })));
    store = opened[0] as (typeof opened)[number];
  });
  afterAll(() => server.stop());
  contract(
    () => store,
    async (name, bytes) => {
      await createS3Client(server).putObject("evidence", objectKey(name), bytes);
    },
  );

  test("a bucket made by us has object lock where the server offers it", () => {
    expect(store.locked).toBe(true);
  });
});
