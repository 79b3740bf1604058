import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";
import { readFigures } from "./figures.ts";

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

async function figures(): Promise<Record<string, number>> {
  const all = await readFigures(api.deps.db, api.deps.environment.MINGCHA_DATA);
  return Object.fromEntries(
    all.flatMap(({ name, samples }) =>
      samples.map(({ value, labels }) => [name + (labels ? `:${Object.values(labels).join()}` : ""), value]),
    ),
  );
}

test("with nothing waiting every age and count is 0, and the disk has room", async () => {
  expect(await figures()).toMatchObject({
    mingcha_intake_waiting: 0,
    mingcha_intake_oldest_waiting_seconds: 0,
    mingcha_clip_waiting: 0,
    mingcha_clip_oldest_waiting_seconds: 0,
    mingcha_clip_leased: 0,
    "mingcha_stream_sources:live": 0,
  });
  expect((await figures()).mingcha_free_bytes).toBeGreaterThan(0);
});

test("the oldest clip that no detector is at tells the age; one at work, done or set aside does not, one whose lease ran out does", async () => {
  const { db } = api.deps;
  const source = {
    id: "secret-cam",
    name: "cam",
    place: "12 Example Rd",
    kind: "fixed",
    longitude: 121.5,
    latitude: 31.2,
  };
  await db.source.create({ data: { ...source, timezone: "Asia/Shanghai" } });
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
  const clip = (n: number, ageS: number, more: object = {}) => ({
    sourceId: source.id,
    fileName: "party name.mp4",
    sha256: String(n).padStart(64, "0"),
    sizeBytes: 1n,
    container: "mp4",
    codec: "h264",
    widthPx: 1,
    heightPx: 1,
    durationMs: 1,
    startedAt: ago(ageS),
    startMethod: "received",
    startUncertaintyMs: 0,
    receivedAt: ago(ageS),
    ...more,
  });
  await db.clip.createMany({
    data: [
      clip(1, 100),
      clip(2, 500, { leaseToken: "t", leaseUntil: new Date(Date.now() + 60_000) }),
      clip(3, 900, { state: "DETECTED" }),
      clip(4, 900, { state: "QUARANTINED" }),
    ],
  });
  await db.intake.create({
    data: { via: "folder", fileName: "a.mp4", stagedPath: "/x", dedupeKey: "k", sizeBytes: 1n, createdAt: ago(50) },
  });
  const before = await figures();
  expect(before).toMatchObject({ mingcha_clip_waiting: 1, mingcha_clip_leased: 1, mingcha_intake_waiting: 1 });
  expect(before.mingcha_clip_oldest_waiting_seconds).toBeGreaterThanOrEqual(99);
  expect(before.mingcha_clip_oldest_waiting_seconds).toBeLessThan(400);
  expect(before.mingcha_intake_oldest_waiting_seconds).toBeGreaterThanOrEqual(49);
  expect(before.mingcha_intake_oldest_waiting_seconds).toBeLessThan(350);
  await db.clip.updateMany({ where: { leaseToken: "t" }, data: { leaseUntil: ago(1) } });
  const after = await figures();
  expect(after).toMatchObject({ mingcha_clip_waiting: 2, mingcha_clip_leased: 0 });
  expect(after.mingcha_clip_oldest_waiting_seconds).toBeGreaterThanOrEqual(499);
  expect(after.mingcha_clip_oldest_waiting_seconds).toBeLessThan(800);
});

test("figures name nobody: no source, file, place or id is in them", async () => {
  const text = JSON.stringify(await readFigures(api.deps.db, api.deps.environment.MINGCHA_DATA));
  expect(text).not.toMatch(/secret-cam|Example Rd|party|a\.mp4|[0-9a-f]{8}-[0-9a-f]{4}/);
});

test("figures are not on the port that people use", async () => {
  for (const url of ["/metrics", "/readyz", "/api/metrics"]) {
    const { statusCode, headers } = await api.app.inject({ url });
    expect(statusCode === 404 || String(headers["content-type"]).includes("text/html")).toBe(true);
  }
});

test("docks give figures once one is in use: whether a machine holds the connection, who speaks, and what waits", async () => {
  const { db } = api.deps;
  expect(await figures()).not.toHaveProperty("mingcha_dock_broker_connected");
  for (const sn of ["7CTDM3A00B0001", "7CTDM3A00B0002"])
    await db.dock.create({ data: { sn, name: "secret place", bindingCode: "x" } });
  await db.dockStanding.create({ data: { sn: "7CTDM3A00B0001", lastMessageAt: new Date() } });
  const file = (state: string) => ({ sn: "7CTDM3A00B0001", objectKey: state, name: state, state, foundBy: "notice" });
  await db.dockFile.createMany({ data: ["noticed", "verified", "taken", "missing"].map(file) });
  const leaseUntil = new Date(Date.now() + 60_000);
  await db.dockLink.create({ data: { id: 1, clientId: "x", holder: "m", leaseUntil, state: "connected" } });
  expect(await figures()).toMatchObject({
    mingcha_dock_broker_connected: 1,
    "mingcha_docks:online": 1,
    "mingcha_docks:offline": 1,
    mingcha_dock_files_waiting: 2,
  });
  await db.dockLink.update({ where: { id: 1 }, data: { leaseUntil: new Date(Date.now() - 1_000) } });
  expect((await figures()).mingcha_dock_broker_connected).toBe(0);
});
