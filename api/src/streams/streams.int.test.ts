import { randomBytes } from "node:crypto";
import { openSecret, readSecretKey } from "@mingcha/infra/streams";
import type { StandingSource, StreamView } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

const keyText = randomBytes(32).toString("base64url");
let api: TestApi;
let admin: Awaited<ReturnType<TestApi["signIn"]>>;
let monitor: Awaited<ReturnType<TestApi["signIn"]>>;
beforeAll(async () => {
  api = await createTestApi({ env: { MINGCHA_SECRET_KEY: keyText } });
  admin = await api.signIn("admin-s", ["administrator"]);
  monitor = await api.signIn("monitor-s", ["monitor"]);
});
afterAll(() => api.close());

const body = (more: object = {}) => ({
  version: 0,
  kind: "rtsp",
  url: "rtsp://10.1.2.3/Streaming/Channels/101",
  policy: "never-drop",
  enabled: true,
  ...more,
});
async function addSource(): Promise<string> {
  const id = `cam-${crypto.randomUUID().slice(0, 8)}`;
  await api.deps.db.source.create({ data: { id, name: id, kind: "fixed", place: "测试路" } });
  return id;
}
const put = (who: typeof admin, id: string, sent: object) => who.call("PUT", `/api/sources/${id}/stream`, sent);
const view = async (who: typeof admin, id: string) =>
  (await who.call("GET", `/api/sources/${id}/stream`)).json() as StreamView;

test("an administrator states how a camera is reached; the password leaves the server in no answer, log or row", async () => {
  const id = await addSource();
  const sent = body({ url: "rtsp://op:s3cret%20x@10.1.2.3/Streaming/Channels/101" });
  expect((await put(admin, id, sent)).statusCode).toBe(200);
  expect((await view(admin, id)).stream).toEqual({
    kind: "rtsp",
    url: "rtsp://10.1.2.3/Streaming/Channels/101",
    userName: "op",
    hasPassword: true,
    policy: "never-drop",
    clipS: 10,
    enabled: true,
    version: 1,
    onvif: { enabled: true, port: null, path: null },
  });
  const row = await api.deps.db.stream.findUniqueOrThrow({ where: { sourceId: id } });
  expect(openSecret(readSecretKey(keyText), id, row.passwordBox ?? "")).toBe("s3cret x");
  const auditor = await api.signIn("auditor-s", ["auditor"]);
  const log = (await auditor.call("GET", `/api/custody?subject=source:${id}`)).json() as { items: unknown[] };
  expect(log.items).toMatchObject([{ action: "stream.changed", detail: { passwordChanged: true } }]);
  for (const shown of [row, log, await view(admin, id)]) expect(JSON.stringify(shown)).not.toContain("s3cret");
  // who only watches sees neither address nor name
  expect((await view(monitor, id)).stream).toMatchObject({ url: null, userName: null, hasPassword: true });
});

test("only an administrator may change it, a stale page overwrites nothing, and a source that is not there is none", async () => {
  const id = await addSource();
  expect((await put(monitor, id, body())).statusCode).toBe(403);
  expect((await put(admin, "nowhere", body())).statusCode).toBe(404);
  expect((await put(admin, id, body())).statusCode).toBe(200);
  expect((await put(admin, id, body())).statusCode).toBe(409);
  expect((await put(admin, id, body({ version: 1, enabled: false }))).statusCode).toBe(200);
  expect((await view(admin, id)).stream).toMatchObject({ version: 2, enabled: false });
});

test.each([
  ["a file", "file:///etc/passwd"],
  ["the metadata service of a cloud", "rtsp://169.254.169.254/x"],
  ["this machine, where no gateway was named", "rtsp://127.0.0.1:8554/x"],
  ["an address of the internet", "rtsp://8.8.8.8/x"],
  ["nothing", "rtsp:///x"],
])("the address of %s is refused in both languages", async (_, url) => {
  const id = await addSource();
  const answer = await put(admin, id, body({ url }));
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ zh: expect.stringMatching(/地址/), en: expect.stringMatching(/address/) });
  expect(await api.deps.db.stream.count({ where: { sourceId: id } })).toBe(0);
});

test("a kept password goes to the host and user it was given for: with another of them it has to be given again", async () => {
  const id = await addSource();
  await put(admin, id, body({ userName: "op", password: "s3cret" }));
  const box = async () => (await api.deps.db.stream.findUniqueOrThrow({ where: { sourceId: id } })).passwordBox;
  const first = await box();
  expect((await put(admin, id, body({ version: 1, userName: "op", url: "rtsp://10.1.2.3/other" }))).statusCode).toBe(
    200,
  );
  expect(await box()).toBe(first);
  const elsewhere = await put(admin, id, body({ version: 2, userName: "op", url: "rtsp://10.6.6.6/x" }));
  expect(elsewhere.statusCode).toBe(400);
  expect(elsewhere.json()).toMatchObject({ zh: expect.stringMatching(/重新输入密码/) });
  expect((await put(admin, id, body({ version: 2, userName: "other" }))).statusCode).toBe(400);
  expect((await put(admin, id, body({ version: 2, userName: "other", password: null }))).statusCode).toBe(200);
  expect(await box()).toBeNull();
});

test("the time service of a device has a port and path of its own on the same host; a kept password does not follow it to another port", async () => {
  const id = await addSource();
  const onvif = { enabled: true, port: 8_000, path: "/onvif/device_service" };
  expect((await put(admin, id, body({ userName: "op", password: "s3cret", onvif }))).statusCode).toBe(200);
  expect((await view(admin, id)).stream?.onvif).toEqual(onvif);
  expect((await view(monitor, id)).stream?.onvif).toEqual({ enabled: true, port: null, path: null });
  // what is left out stays
  expect((await put(admin, id, body({ version: 1, userName: "op" }))).statusCode).toBe(200);
  expect((await view(admin, id)).stream?.onvif).toEqual(onvif);
  const moved = await put(admin, id, body({ version: 2, userName: "op", onvif: { ...onvif, port: 9_000 } }));
  expect(moved.statusCode).toBe(400);
  expect(moved.json()).toMatchObject({
    zh: expect.stringMatching(/ONVIF 端口/),
    en: expect.stringMatching(/ONVIF port/),
  });
  for (const path of ["onvif", "//x y", "http://169.254.169.254/"])
    expect((await put(admin, id, body({ version: 2, userName: "op", onvif: { ...onvif, path } }))).statusCode).toBe(
      400,
    );
});

test("a camera that its machine cannot receive is silent at once, with the reason, wherever sources are listed", async () => {
  const id = "cut-off";
  await api.seedClue({ sourceId: id });
  await put(admin, id, body());
  const clip = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId: id } });
  await api.deps.db.look.create({
    data: {
      clipId: clip.id,
      offsetMs: 77,
      sourceId: id,
      capturedAt: new Date(),
      status: "seen",
      modelId: "m",
      modelSha256: "a".repeat(64),
      detections: {},
    },
  });
  const since = new Date(Date.now() - 5_000);
  await api.deps.db.streamStanding.create({ data: { sourceId: id, state: "blind", since, reason: "unreachable" } });
  await api.deps.db.streamGap.create({
    data: { sourceId: id, from: since, reason: "ended", reasons: ["ended", "unreachable"] },
  });
  await api.deps.db.streamDrop.create({
    data: { sourceId: id, day: new Date("2026-11-28"), cause: "behind", clips: 3, lengthMs: 30_000n },
  });
  const { items } = (await monitor.call("GET", "/api/sources")).json() as { items: StandingSource[] };
  expect(items.find((item) => item.id === id)?.standing).toMatchObject({
    condition: "silent",
    since: since.toISOString(),
    stream: { state: "blind", reason: "unreachable" },
  });
  expect(await view(monitor, id)).toMatchObject({
    gaps: [{ from: since.toISOString(), to: null, reasons: ["ended", "unreachable"] }],
    dropped: [{ day: "2026-11-28", cause: "behind", clips: 3, lengthMs: 30_000 }],
  });
});
