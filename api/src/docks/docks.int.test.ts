import { prefixOf } from "@mingcha/models/dock";
import type { DockDetail, DocksView } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

let api: TestApi;
let admin: Awaited<ReturnType<TestApi["signIn"]>>;
let monitor: Awaited<ReturnType<TestApi["signIn"]>>;
beforeAll(async () => {
  api = await createTestApi();
  admin = await api.signIn("admin-d", ["administrator"]);
  monitor = await api.signIn("monitor-d", ["monitor"]);
  for (const [id, kind] of [
    ["drone-a", "drone"],
    ["drone-b", "drone"],
    ["cam-a", "fixed"],
  ] as const)
    await api.deps.db.source.create({ data: { id, name: id, kind, place: "", district: "lujiazui" } });
});
afterAll(() => api.close());

let next = 0;
const serial = (): string => `7CTDM3A00B${String(++next).padStart(4, "0")}`;
const body = (more: object = {}) => ({
  version: 0,
  name: "世纪大道机场",
  sourceId: null,
  aircraftSn: null,
  enabled: true,
  ...more,
});
const put = (who: typeof admin, sn: string, sent: object) => who.call("PUT", `/api/docks/${sn}`, sent);
const view = async (who: typeof admin, sn: string) => (await who.call("GET", `/api/docks/${sn}`)).json() as DockDetail;

test("an administrator enters a dock; the code to bind it by is for administrators alone and stands in no log", async () => {
  const sn = serial();
  expect((await put(admin, sn, body({ sourceId: "drone-a", aircraftSn: "1581F6Q8D2345" }))).statusCode).toBe(200);
  const seen = await view(admin, sn);
  expect(seen).toMatchObject({
    sn,
    source: { id: "drone-a", district: "lujiazui" },
    version: 1,
    heard: "never",
    since: null,
    binding: { organizationId: "pudong", code: expect.stringMatching(/^[A-HJ-NP-Z2-9]{8}$/) },
  });
  expect(await view(monitor, sn)).toMatchObject({ sn, binding: null });
  const auditor = await api.signIn("auditor-d", ["auditor"]);
  const log = (await auditor.call("GET", `/api/custody?subject=dock:${sn}`)).json() as { items: unknown[] };
  expect(log.items).toMatchObject([{ action: "dock.changed", detail: { sourceId: "drone-a", codeChanged: true } }]);
  expect(JSON.stringify(log)).not.toContain(seen.binding?.code);
  await put(admin, sn, body({ version: 1, sourceId: "drone-a", newCode: true }));
  expect((await view(admin, sn)).binding?.code).not.toBe(seen.binding?.code);
});

test("only an administrator may change it, a stale page overwrites nothing, one that is not there is none, and pilots and handlers see none", async () => {
  const sn = serial();
  expect((await put(monitor, sn, body())).statusCode).toBe(403);
  expect((await put(admin, sn, body({ version: 1 }))).statusCode).toBe(404);
  expect((await put(admin, sn, body())).statusCode).toBe(200);
  expect((await put(admin, sn, body({ name: "另一个" }))).statusCode).toBe(409);
  expect((await put(admin, sn, body({ version: 1, enabled: false }))).statusCode).toBe(200);
  expect(await view(monitor, sn)).toMatchObject({ version: 2, enabled: false });
  expect((await monitor.call("GET", `/api/docks/${serial()}`)).statusCode).toBe(404);
  const handler = await api.signIn("handler-d", ["handler"]);
  for (const path of ["/api/docks", `/api/docks/${sn}`]) expect((await handler.call("GET", path)).statusCode).toBe(403);
});

test.each([
  ["a source that is not there", { sourceId: "nowhere" }, /不存在.*does not exist/s],
  ["a camera's source", { sourceId: "cam-a" }, /无人机来源.*none of a drone/s],
  ["its own serial number as its aircraft's", { aircraftSn: "SELF" }, /序列号.*serial number/s],
])("%s is refused, with why and what would be allowed", async (_, more, text) => {
  const sn = serial();
  const sent = body({ ...more, ...("aircraftSn" in more ? { aircraftSn: sn } : {}) });
  const answer = await put(admin, sn, sent);
  expect(answer.statusCode).toBe(400);
  expect(`${(answer.json() as { zh: string }).zh} ${(answer.json() as { en: string }).en}`).toMatch(text);
  expect(await api.deps.db.dock.count({ where: { sn } })).toBe(0);
});

test("two docks share neither a source nor an aircraft, and a serial number that is none is refused", async () => {
  const first = serial();
  const aircraftSn = "1581F6Q8D0001";
  expect((await put(admin, first, body({ sourceId: "drone-b", aircraftSn }))).statusCode).toBe(200);
  expect((await put(admin, serial(), body({ sourceId: "drone-b" }))).statusCode).toBe(400);
  expect((await put(admin, serial(), body({ aircraftSn }))).statusCode).toBe(400);
  expect((await put(admin, aircraftSn, body())).statusCode).toBe(400);
  for (const sn of ["+", "a/b", "..", "%2e%2e", "x".repeat(40)])
    expect([400, 404]).toContain((await put(admin, encodeURIComponent(sn), body())).statusCode);
});

test("a dock shows when it was last heard and since when, why it got no credentials, and for each flight what was expected, what came and why not", async () => {
  const { db } = api.deps;
  const sn = serial();
  await put(admin, sn, body());
  const at = new Date();
  const before = new Date(at.getTime() - 3_600_000);
  await db.dockStanding.create({
    data: {
      sn,
      messages: 7,
      lastMessageAt: at,
      onlineSince: before,
      credentialsReason: "no_sts",
      clockAt: at,
      clockOffsetMs: -340,
    },
  });
  await db.dockFlight.create({ data: { sn, flightId: "f1", expectedFiles: 3 } });
  const file = (name: string, more: object) => ({
    sn,
    flightId: "f1",
    objectKey: `${prefixOf(sn)}f1/${name}`,
    name,
    foundBy: "notice",
    ...more,
  });
  await db.dockFile.createMany({
    data: [
      file("a.mp4", { state: "taken" }),
      file("b.mp4", { state: "mismatch", reasonCode: "overwritten", reasonZh: "被改写", reasonEn: "overwritten" }),
      file("c.obs", { state: "missing", reasonCode: "object_missing", reasonZh: "未到", reasonEn: "never came" }),
    ],
  });
  await db.dockDrop.create({
    data: { sn, day: new Date("2026-11-28"), cause: "foreign_key", messages: 4, lastAt: at },
  });
  await db.dockLink.create({
    data: { id: 1, clientId: "x", holder: "gone", leaseUntil: before, state: "connected", since: before },
  });
  const { link, items } = (await monitor.call("GET", "/api/docks")).json() as DocksView;
  expect(link).toEqual({ state: "lost", since: before.toISOString(), reason: "machine_lost" });
  const row = {
    heard: "lately",
    since: before.toISOString(),
    credentials: { reason: "no_sts" },
    files: { taken: 1, mismatch: 1, missing: 1, noticed: 0 },
  };
  expect(items.find((item) => item.sn === sn)).toMatchObject(row);
  expect(await view(monitor, sn)).toMatchObject({
    ...row,
    flights: [
      {
        flightId: "f1",
        expected: 3,
        counts: { taken: 1, mismatch: 1, missing: 1 },
        files: [
          { name: "b.mp4", reason: { zh: "被改写", en: "overwritten" } },
          { name: "c.obs", isPositioning: true, reason: { zh: "未到" } },
          { name: "a.mp4", reason: null },
        ],
      },
    ],
    clock: { offsetMs: -340, uncertaintyMs: 2_000 },
    drops: [{ cause: "foreign_key", messages: 4 }],
  });
  await db.dockStanding.update({ where: { sn }, data: { lastMessageAt: before } });
  // while nobody listens, its silence says nothing of it
  expect(await view(monitor, sn)).toMatchObject({ heard: "unknown", lastMessageAt: before.toISOString() });
  const lease = { leaseUntil: new Date(Date.now() + 60_000) };
  await db.dockLink.update({ where: { id: 1 }, data: { ...lease, since: new Date() } });
  expect(await view(monitor, sn)).toMatchObject({ heard: "unknown" });
  await db.dockLink.update({ where: { id: 1 }, data: { since: before } });
  expect(await view(monitor, sn)).toMatchObject({ heard: "silent" });
});

test("what was only announced does not count as arrived; what does not agree is listed before hundreds of clean files, and what is not listed is told", async () => {
  const { db } = api.deps;
  const sn = serial();
  await put(admin, sn, body());
  await db.dockFlight.create({ data: { sn, flightId: "f1", expectedFiles: 400 } });
  let number = 0;
  const files = (count: number, more: { state: string; etag?: string | null; flightId?: string | null }) =>
    db.dockFile.createMany({
      data: Array.from({ length: count }, () => {
        const name = `${String(++number).padStart(5, "0")}.jpg`;
        const objectKey = `${prefixOf(sn)}f1/${name}`;
        return { sn, flightId: "f1", objectKey, name, foundBy: "notice", etag: "e", ...more };
      }),
    });
  await files(150, { state: "taken" });
  await files(20, { state: "verified" });
  await files(4, { state: "noticed" });
  await files(7, { state: "noticed", etag: null });
  await files(5, { state: "missing", etag: null });
  await files(3, { state: "refused" });
  await files(2, { state: "mismatch" });
  await files(60, { state: "mismatch", flightId: null });
  const first = await view(monitor, sn);
  const [flight] = first.flights;
  expect(flight).toMatchObject({
    arrived: 150 + 20 + 4 + 3 + 2,
    announced: 7,
    missing: 5,
    unnamed: 400 - 191,
    unfit: 5 + 3 + 2,
    openMore: 0,
    more: 191 - 100,
  });
  const states = flight?.files.map(({ state }) => state) ?? [];
  expect(states.slice(0, 10).sort()).toEqual([
    ...Array(2).fill("mismatch"),
    ...Array(5).fill("missing"),
    ...Array(3).fill("refused"),
  ]);
  expect(states.slice(10, 41)).not.toContain("taken");
  expect(states.slice(41)).toEqual(Array(100 - 41).fill("taken"));
  expect(first.strays.length + first.straysMore).toBe(60);
  await files(600, { state: "mismatch" });
  const [crowded] = (await view(monitor, sn)).flights;
  expect(crowded?.files).toHaveLength(500);
  expect(crowded).toMatchObject({ more: 791 - 500, openMore: 641 - 500 });
});

test("a flight's figures are by name: positioning data that no message named hides no missing file, a closed one is waited for no more, and a dock that says fewer is told", async () => {
  const { db } = api.deps;
  const sn = serial();
  await put(admin, sn, body());
  await db.dockFlight.create({ data: { sn, flightId: "f1", expectedFiles: 3, expectedMost: 5, uploadedFiles: 2 } });
  const add = (name: string, more: object) =>
    db.dockFile.create({
      data: {
        sn,
        flightId: "f1",
        objectKey: `${prefixOf(sn)}f1/${name}`,
        name,
        foundBy: "notice",
        notices: 1,
        ...more,
      },
    });
  await add("a.mp4", { state: "taken", etag: "e" });
  await add("b.mp4", { state: "missing" });
  await add("swept.OBS", { state: "taken", etag: "e", foundBy: "sweep", notices: 0 });
  const figures = async () => (await view(monitor, sn)).flights[0];
  const expected = { expected: 3, uploaded: 2, arrived: 2, missing: 1, unnamed: 1, beyond: 0, fewer: 2 };
  expect(await figures()).toMatchObject(expected);
  const { id: fileId } = await add("c.mp4", { state: "missing" });
  expect(await figures()).toMatchObject({ ...expected, missing: 2, unnamed: 0 });
  const { id: personId } = await db.person.findFirstOrThrow({ where: { login: "monitor-d" } });
  await db.dockFileDecision.create({
    data: {
      fileId,
      ordinal: 1,
      attempt: 1,
      step: "close",
      cause: "lost",
      reason: "没有了",
      state: "missing",
      personId,
    },
  });
  expect(await figures()).toMatchObject({ ...expected, missing: 1, unnamed: 0, unfit: 1, closed: 1 });
});

test("what a message said of a file stands beside what the file itself says, disagreement marked; of one that was not taken in nothing is made up", async () => {
  const { db } = api.deps;
  const sn = serial();
  const sourceId = "drone-said";
  await db.source.create({
    data: { id: sourceId, name: sourceId, kind: "drone", place: "", timezone: "Asia/Shanghai" },
  });
  await put(admin, sn, body({ sourceId }));
  await db.dockFlight.create({ data: { sn, flightId: "f1" } });
  const clip = await db.clip.create({
    data: {
      sourceId,
      fileName: "a.mp4",
      sha256: "a".repeat(64),
      sizeBytes: 1_000n,
      container: "mov",
      codec: "h264",
      widthPx: 1280,
      heightPx: 720,
      durationMs: 42_000,
      startedAt: new Date("2026-11-20T02:40:00Z"),
      startMethod: "telemetry",
      startUncertaintyMs: 1_000,
      altitudeType: "abs_alt",
      telemetry: {
        create: [0, 1].map((nth) => ({
          offsetMs: nth * 1_000,
          longitude: 121.52,
          latitude: 31.23,
          heightM: 40 + nth,
          altitudeM: 60 + nth,
          gimbalYawDeg: -90,
        })),
      },
    },
  });
  const intake = await db.intake.create({
    data: {
      via: "dock",
      fileName: "a.mp4",
      stagedPath: "",
      dedupeKey: "dock:said",
      sizeBytes: 1_000n,
      clipId: clip.id,
    },
  });
  const said = {
    sizeBytes: 1_000,
    longitude: 121.52,
    latitude: 31.24,
    absoluteM: 61,
    relativeM: 90,
    gimbalYawDeg: 269,
    createdText: "2026-11-20 10:40:10",
    fingerprint: "f1ng3r",
  };
  const add = (name: string, more: object) =>
    db.dockFile.create({
      data: { sn, flightId: "f1", objectKey: `${prefixOf(sn)}f1/${name}`, name, foundBy: "notice", ...more },
    });
  const taken = await add("a.mp4", {
    state: "taken",
    said,
    sizeBytes: 1_000n,
    sha256: "a".repeat(64),
    intakeId: intake.id,
  });
  const missing = await add("b.mp4", { state: "missing", said: { ...said, fingerprint: null } });
  const silent = await add("c.mp4", { state: "taken", foundBy: "sweep" });
  const claims = async (id: string, who = monitor) =>
    (await who.call("GET", `/api/docks/${sn}/files/${id}/claims`)).json();
  expect(await claims(taken.id)).toEqual({
    timezone: "Asia/Shanghai",
    claims: [
      { what: "size", said: 1_000, own: 1_000, verdict: "agrees" },
      {
        what: "place",
        said: { longitude: 121.52, latitude: 31.24 },
        own: { longitude: 121.52, latitude: 31.23, apartM: expect.closeTo(1_112, -1) },
        verdict: "differs",
      },
      {
        what: "time",
        said: "2026-11-20 10:40:10",
        own: { fromMs: clip.startedAt.getTime(), toMs: clip.startedAt.getTime() + 42_000, apartMs: 0 },
        verdict: "agrees",
      },
      { what: "relative", said: 90, own: { least: 40, most: 41 }, verdict: "differs" },
      { what: "absolute", said: 61, own: { least: 60, most: 61, datum: "abs_alt" }, verdict: "open" },
      { what: "yaw", said: 269, own: { deg: -90, apartDeg: 1 }, verdict: "agrees" },
      { what: "fingerprint", said: "f1ng3r", own: "a".repeat(64), verdict: "open" },
    ],
  });
  // the file itself said nothing of when it was taken
  await db.clip.update({ where: { id: clip.id }, data: { startMethod: "received", startUncertaintyMs: 86_400_000 } });
  expect(await claims(taken.id)).toMatchObject({
    claims: expect.arrayContaining([{ what: "time", said: said.createdText, own: null, verdict: "open" }]),
  });
  const unknown = (await claims(missing.id)) as { claims: { own: unknown; verdict: string }[] };
  expect(unknown.claims).toHaveLength(6);
  for (const claim of unknown.claims) expect(claim).toMatchObject({ own: null, verdict: "open" });
  expect(await claims(silent.id)).toEqual({ timezone: null, claims: [] });
  const files = (await view(monitor, sn)).flights[0]?.files ?? [];
  expect(Object.fromEntries(files.map(({ name, hasClaims }) => [name, hasClaims]))).toEqual({
    "a.mp4": true,
    "b.mp4": true,
    "c.mp4": false,
  });
  expect((await monitor.call("GET", `/api/docks/${serial()}/files/${taken.id}/claims`)).statusCode).toBe(404);
  const pilot = await api.signIn("pilot-d", ["pilot"]);
  expect((await pilot.call("GET", `/api/docks/${sn}/files/${taken.id}/claims`)).statusCode).toBe(403);
});

test("of docks that are given one source or one aircraft at the same moment one gets it; the others are told why", async () => {
  await api.deps.db.source.create({ data: { id: "drone-race", name: "drone-race", kind: "drone", place: "" } });
  const race = async (more: object) => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => put(admin, serial(), body(more))));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 400, 400, 400, 400, 400]);
    for (const answer of answers.filter(({ statusCode }) => statusCode === 400))
      expect((answer.json() as { en: string }).en).toMatch(/another dock/);
  };
  await race({ sourceId: "drone-race" });
  await race({ aircraftSn: "1581F6Q8D0777" });
});

test("a dock that has got its source is not said to have none", async () => {
  const sn = serial();
  await api.deps.db.source.create({ data: { id: "drone-late", name: "drone-late", kind: "drone", place: "" } });
  await put(admin, sn, body());
  await api.deps.db.dockStanding.create({ data: { sn, credentialsReason: "not_bound" } });
  expect(await view(monitor, sn)).toMatchObject({ credentials: { reason: "not_bound" } });
  await put(admin, sn, body({ version: 1, sourceId: "drone-late" }));
  expect(await view(monitor, sn)).toMatchObject({ credentials: { reason: null } });
});
