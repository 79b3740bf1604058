import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { uploadPath } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";
import { HashingFileStore } from "./hashing-file-store.ts";
import { settleUploads } from "./settle-uploads.ts";

let api: TestApi;
let base = "";
let pilot: Awaited<ReturnType<TestApi["signIn"]>>;
let monitor: typeof pilot;

beforeAll(async () => {
  api = await createTestApi();
  base = await api.app.listen({ host: "127.0.0.1", port: 0 });
  pilot = await api.signIn("pilot", ["pilot"]);
  monitor = await api.signIn("monitor", ["monitor"]);
});
afterAll(() => api.close());

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const tus = { "tus-resumable": "1.0.0", "x-mingcha": "1" };
const cookie = (who: typeof pilot) => ({ cookie: `mingcha_sid=${who.token}` });
const b64 = (text: string) => Buffer.from(text).toString("base64");

async function begin(who: typeof pilot, sizeBytes: number, name = "DJI_0001.MP4"): Promise<Response> {
  return fetch(`${base}${uploadPath}`, {
    method: "POST",
    headers: {
      ...tus,
      ...cookie(who),
      "upload-length": String(sizeBytes),
      "upload-metadata": `filename ${b64(name)},groupId ${b64("g1")},startedAt ${b64("2026-11-20T01:00:00Z")}`,
    },
  });
}
const send = (who: typeof pilot, location: string, offset: number, bytes: Uint8Array) =>
  fetch(new URL(location, base), {
    method: "PATCH",
    headers: {
      ...tus,
      ...cookie(who),
      "upload-offset": String(offset),
      "content-type": "application/offset+octet-stream",
    },
    body: bytes as NonNullable<RequestInit["body"]>,
  });
const offsetOf = async (who: typeof pilot, location: string) => {
  const answer = await fetch(new URL(location, base), { method: "HEAD", headers: { ...tus, ...cookie(who) } });
  return { status: answer.status, offset: Number(answer.headers.get("upload-offset")) };
};
const idOf = (location: string) => location.split("/").pop() ?? "";

test("an upload in pieces is hashed while it arrives, and the doorbell is rung once it is whole", async () => {
  const bytes = randomBytes(5_000_000);
  const created = await begin(pilot, bytes.length);
  expect(created.status).toBe(201);
  const location = created.headers.get("location") ?? "";
  expect((await send(pilot, location, 0, bytes.subarray(0, 2_000_000))).status).toBe(204);
  expect(await offsetOf(pilot, location)).toEqual({ status: 200, offset: 2_000_000 });
  expect((await api.deps.db.upload.findUniqueOrThrow({ where: { id: idOf(location) } })).state).toBe("RECEIVING");
  expect((await send(pilot, location, 2_000_000, bytes.subarray(2_000_000))).status).toBe(204);
  const row = await api.deps.db.upload.findUniqueOrThrow({ where: { id: idOf(location) } });
  expect(row).toMatchObject({
    state: "RECEIVED",
    sha256: sha256(bytes),
    fileName: "DJI_0001.MP4",
    groupId: "g1",
    personId: pilot.person.id,
  });
  expect(row.startedAtHint?.toISOString()).toBe("2026-11-20T01:00:00.000Z");
  expect(api.rung).toContainEqual({ job: "take-upload", payload: { uploadId: row.id } });
  expect(sha256(await readFile(join(api.deps.environment.MINGCHA_DATA, "staging", "uploads", row.id)))).toBe(
    row.sha256,
  );
});

test("after a restart in the middle the hash is still that of the whole file", async () => {
  const bytes = randomBytes(3_000_000);
  const location = (await begin(pilot, bytes.length)).headers.get("location") ?? "";
  await send(pilot, location, 0, bytes.subarray(0, 1_234_567));
  // A new store object knows nothing of the bytes hashed before, as after a restart.
  const store = new HashingFileStore(join(api.deps.environment.MINGCHA_DATA, "staging", "uploads"));
  const { Readable } = await import("node:stream");
  await store.write(Readable.from([bytes.subarray(1_234_567)]), idOf(location), 1_234_567);
  expect(await store.finish(idOf(location))).toBe(sha256(bytes));
});

test("a connection cut in the middle of a piece is resumed where the disk stands, with the right hash", async () => {
  const bytes = randomBytes(6_000_000);
  const location = (await begin(pilot, bytes.length)).headers.get("location") ?? "";
  const cut = new AbortController();
  const slow = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(new Uint8Array(bytes.subarray(0, 2_500_000)));
      const file = join(api.deps.environment.MINGCHA_DATA, "staging", "uploads", idOf(location));
      // a cut before the first byte is on the disk would leave nothing to go on from
      while ((await stat(file)).size === 0) await new Promise((done) => setTimeout(done, 20));
      cut.abort();
    },
  });
  await expect(
    fetch(new URL(location, base), {
      method: "PATCH",
      headers: { ...tus, ...cookie(pilot), "upload-offset": "0", "content-type": "application/offset+octet-stream" },
      body: slow,
      duplex: "half",
      signal: cut.signal,
    } as RequestInit),
  ).rejects.toThrow();
  let { offset } = await offsetOf(pilot, location);
  for (let tries = 0; tries < 40 && offset === 0; tries += 1) {
    await new Promise((done) => setTimeout(done, 50));
    ({ offset } = await offsetOf(pilot, location));
  }
  expect(offset).toBeGreaterThan(0);
  expect((await send(pilot, location, offset, bytes.subarray(offset))).status).toBe(204);
  expect((await api.deps.db.upload.findUniqueOrThrow({ where: { id: idOf(location) } })).sha256).toBe(sha256(bytes));
});

test("after a cut hashing goes on near it: what arrived long before is not read again", async () => {
  const { Readable } = await import("node:stream");
  const folder = join(api.deps.environment.MINGCHA_DATA, "staging", "uploads");
  const store = new HashingFileStore(folder);
  const bytes = randomBytes(48 << 20);
  const id = idOf((await begin(pilot, bytes.length)).headers.get("location") ?? "");
  const cutAt = 40 << 20;
  const breaking = Readable.from(
    (function* () {
      for (let at = 0; at < cutAt; at += 1 << 20) yield bytes.subarray(at, at + (1 << 20));
      throw new Error("connection reset");
    })(),
  );
  await expect(store.write(breaking, id, 0)).rejects.toBeDefined();
  const { size } = await stat(join(folder, id));
  expect(size).toBeGreaterThan(32 << 20);
  // whoever read the beginning again would hash other bytes
  const file = await open(join(folder, id), "r+");
  await file.write(Buffer.alloc(1024), 0, 1024, 0);
  await file.close();
  await store.write(Readable.from([bytes.subarray(size)]), id, size);
  expect(await store.finish(id)).toBe(sha256(bytes));
});

test("an upload whose last byte arrived just before a kill is finished by the sweep, once, and not while it may still be at work", async () => {
  const bytes = randomBytes(1_000_000);
  const location = (await begin(pilot, bytes.length)).headers.get("location") ?? "";
  const id = idOf(location);
  await send(pilot, location, 0, bytes.subarray(0, 600_000));
  const folder = join(api.deps.environment.MINGCHA_DATA, "staging", "uploads");
  await appendFile(join(folder, id), bytes.subarray(600_000));
  const stateOf = async () => (await api.deps.db.upload.findUniqueOrThrow({ where: { id } })).state;
  const sweep = (laterMs: number) =>
    settleUploads({ ...api.deps, now: () => new Date(Date.now() + laterMs) }, new HashingFileStore(folder));
  await sweep(0);
  expect(await stateOf()).toBe("RECEIVING");
  await Promise.all([sweep(60_000), sweep(60_000)]);
  expect(await api.deps.db.upload.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: "RECEIVED",
    sha256: sha256(bytes),
  });
  expect(api.rung.filter(({ payload }) => (payload as { uploadId?: string }).uploadId === id)).toHaveLength(1);
});

test("an upload that cannot be finished, as the disk took its bytes no more, is not called received and keeps no other from being finished", async () => {
  const bytes = randomBytes(2_000);
  const folder = join(api.deps.environment.MINGCHA_DATA, "staging", "uploads");
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const location = (await begin(pilot, bytes.length)).headers.get("location") ?? "";
    await appendFile(join(folder, idOf(location)), bytes);
    ids.push(idOf(location));
  }
  const files = new HashingFileStore(folder);
  const failing = {
    remove: (id: string) => files.remove(id),
    finish: (id: string) => (id === ids[1] ? Promise.reject(new Error("EIO")) : files.finish(id)),
  };
  const later = { ...api.deps, now: () => new Date(Date.now() + 60_000) };
  await expect(settleUploads(later, failing)).rejects.toThrow("EIO");
  const states = () => Promise.all(ids.map((id) => api.deps.db.upload.findUniqueOrThrow({ where: { id } })));
  expect((await states()).map(({ state }) => state)).toEqual(["RECEIVED", "RECEIVING", "RECEIVED"]);
  await settleUploads(later, files);
  expect((await states()).map(({ state }) => state)).toEqual(["RECEIVED", "RECEIVED", "RECEIVED"]);
});

test("an upload with which nobody goes on for a week is given up, its bytes are gone, and going on with it is refused", async () => {
  const location = (await begin(pilot, 1_000)).headers.get("location") ?? "";
  const id = idOf(location);
  await send(pilot, location, 0, randomBytes(400));
  const folder = join(api.deps.environment.MINGCHA_DATA, "staging", "uploads");
  const sweep = (days: number) =>
    settleUploads(
      { ...api.deps, now: () => new Date(Date.now() + days * 24 * 3_600_000) },
      new HashingFileStore(folder),
    );
  await sweep(6);
  expect(await offsetOf(pilot, location)).toEqual({ status: 200, offset: 400 });
  await sweep(8);
  expect((await api.deps.db.upload.findUniqueOrThrow({ where: { id } })).state).toBe("ABANDONED");
  expect(existsSync(join(folder, id))).toBe(false);
  expect((await offsetOf(pilot, location)).status).toBe(404);
});

test("an upload that does not say how long it will be is refused, and so is one for which others under way leave no room", async () => {
  const headers = { ...tus, ...cookie(pilot), "upload-metadata": `filename ${b64("a.mp4")}` };
  const deferred = await fetch(`${base}${uploadPath}`, {
    method: "POST",
    headers: { ...headers, "upload-defer-length": "1" },
  });
  expect(deferred.status).toBe(400);
  const { statfs } = await import("node:fs/promises");
  const { bavail, bsize } = await statfs(api.deps.environment.MINGCHA_DATA);
  const most = Math.min(60 * 1024 ** 3, Math.floor(bavail * bsize * 0.6));
  const first = await begin(pilot, most);
  expect(first.status).toBe(201);
  // enough of them fill any disk before a byte of them has come
  const statuses: number[] = [];
  for (let n = 0; n * most < bavail * bsize; n += 1) statuses.push((await begin(pilot, most)).status);
  expect(statuses.at(-1)).toBe(507);
  await api.deps.db.upload.deleteMany({ where: { sizeBytes: BigInt(most) } });
});

test("nobody but its owner sees or continues an upload; wrong offsets and strange ids are refused", async () => {
  const location = (await begin(pilot, 10)).headers.get("location") ?? "";
  expect((await offsetOf(monitor, location)).status).toBe(404);
  expect((await send(monitor, location, 0, randomBytes(10))).status).toBe(404);
  expect((await send(pilot, location, 5, randomBytes(5))).status).toBe(409);
  for (const id of ["..%2f..%2fsecrets.json", "x", "00000000-0000-4000-8000-000000000000"]) {
    const answer = await fetch(`${base}${uploadPath}/${id}`, { method: "HEAD", headers: { ...tus, ...cookie(pilot) } });
    expect(answer.status).toBe(404);
  }
  const tech = await api.signIn("tech", ["technical_reviewer"]);
  expect((await begin(tech, 10)).status).toBe(403);
  expect(
    (await fetch(`${base}${uploadPath}`, { method: "POST", headers: { ...tus, "upload-length": "1" } })).status,
  ).toBe(401);
});

test("a file name is only ever data: it never becomes a path", async () => {
  const location = (await begin(pilot, 3, "../../../evil.sh")).headers.get("location") ?? "";
  await send(pilot, location, 0, Buffer.from("abc"));
  expect((await api.deps.db.upload.findUniqueOrThrow({ where: { id: idOf(location) } })).fileName).toBe(
    "../../../evil.sh",
  );
  expect(existsSync(join(api.deps.environment.MINGCHA_DATA, "evil.sh"))).toBe(false);
});
