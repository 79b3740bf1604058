import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { callbackOf, clientOf, type ScriptedDock, sha256Of, uploadInParts } from "@mingcha/infra/testing";
import { prefixOf } from "@mingcha/models/dock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findToolsForTest } from "../testing/create-world.ts";
import {
  bindingCode,
  createLinkedDock,
  type DockWorld,
  demoTelemetry,
  demoVideo,
  docks,
  hasDockPeers,
  padded,
} from "../testing/dock-world.ts";
import { clearLeftOvers } from "./files/clear-left-overs.ts";
import { sweepBucket } from "./files/sweep-bucket.ts";
import { claimLink, releaseLink, writeLink } from "./lease-link.ts";

const tools = await findToolsForTest();
const { sn } = docks.one;
const key = (flight: string, name: string, of: string = sn) => `${prefixOf(of)}${flight}/${name}`;

describe.skipIf(tools === null || !hasDockPeers())("docks", () => {
  let world: DockWorld;
  let dock: ScriptedDock;
  beforeAll(async () => {
    if (tools === null) return;
    ({ world, dock } = await createLinkedDock(tools));
  });
  afterAll(async () => {
    await dock?.close();
    await world?.close();
  });

  const report = (objectKey: string, more: Parameters<typeof callbackOf>[1] = {}, who: ScriptedDock = dock) =>
    who.ask("events", "file_upload_callback", callbackOf(objectKey, more), { need_reply: 1 });
  const fileOf = (objectKey: string) => world.deps.db.dockFile.findUniqueOrThrow({ where: { objectKey } });

  test("a dock goes from configuration over binding and credentials to an upload in parts; its film is stored with telemetry and flight, and the detector is rung, once for ten messages", async () => {
    const { db, store } = world.deps;
    expect(await dock.ask("requests", "config", { config_type: "json", config_scope: "product" })).toMatchObject({
      data: {
        result: 0,
        app_id: 123456,
        app_key: "app-key",
        app_license: "app-license",
        ntp_server_host: "ntp.bureau.example",
      },
    });
    const topology = { domain: 3, type: 1, sub_type: 0, sub_devices: [{ sn: docks.one.aircraftSn, type: 91 }] };
    expect((await dock.ask("status", "update_topo", topology))?.data.result).toBe(0);
    const status = () =>
      dock.ask("requests", "airport_bind_status", { devices: [{ sn }, { sn: docks.one.aircraftSn }] });
    expect((await status())?.data.output?.bind_status).toMatchObject([{ is_device_bind_organization: false }, {}]);
    const bind = (code: string) =>
      dock.ask("requests", "airport_organization_bind", {
        bind_devices: [
          { sn, device_binding_code: code, organization_id: "pudong", device_callsign: "d", device_model_key: "3-3-0" },
        ],
      });
    expect((await bind("WRONG"))?.data.result).not.toBe(0);
    expect(
      (
        await dock.ask("requests", "airport_organization_get", {
          device_binding_code: bindingCode,
          organization_id: "pudong",
        })
      )?.data,
    ).toMatchObject({ result: 0, output: { organization_name: "浦东城管" } });
    expect((await bind(bindingCode))?.data).toMatchObject({ result: 0, output: { err_infos: [{ sn, err_code: 0 }] } });
    expect((await status())?.data.output?.bind_status).toMatchObject([
      { sn, is_device_bind_organization: true },
      { sn: docks.one.aircraftSn, is_device_bind_organization: true },
    ]);

    const given = await dock.getCredentials();
    expect(`${given.object_key_prefix}/`).toBe(prefixOf(sn));
    // larger than one part may be
    const video = padded(demoVideo(), 5 * 1024 * 1024, "first");
    const telemetry = demoTelemetry();
    await uploadInParts(given, key("flight-1", "DJI_0001_V.mp4"), video);
    await uploadInParts(given, key("flight-1", "DJI_0001_V.SRT"), telemetry);
    await uploadInParts(given, key("flight-1", "DJI_0001_PPK.obs"), Buffer.from("> RINEX 3.03 OBSERVATION DATA"));
    const place = {
      shoot_position: { lat: 31.2298, lng: 121.52 },
      create_time: "2026-11-20 10:40:00",
      gimbal_yaw_degree: "-0.4",
    };
    for (let time = 0; time < 10; time += 1) {
      const reply = await report(key("flight-1", "DJI_0001_V.mp4"), {
        metadata: place,
        expected: 3,
        size: video.length,
      });
      expect(reply).toMatchObject({ method: "file_upload_callback", data: { result: 0 } });
    }
    await report(key("flight-1", "DJI_0001_V.SRT"), { expected: 3 });
    await report(key("flight-1", "DJI_0001_PPK.obs"), { expected: 3 });
    await world.settle();

    const [clip, ...others] = await db.clip.findMany({ where: { sourceId: "drone-1" }, include: { flight: true } });
    expect(others).toEqual([]);
    expect(clip).toMatchObject({
      sha256: sha256Of(video),
      fileName: "DJI_0001_V.mp4",
      startMethod: "telemetry",
      telemetryChecks: [],
    });
    expect(clip?.startedAt.toISOString()).toBe("2026-11-20T02:40:00.000Z");
    expect(clip?.flight).toMatchObject({ telemetrySha256: sha256Of(telemetry) });
    expect(await db.telemetryPoint.count({ where: { clipId: clip?.id ?? "" } })).toBeGreaterThan(100);
    expect(world.detectRung.filter((id) => id === clip?.id).length).toBeGreaterThan(0);
    expect(await fileOf(key("flight-1", "DJI_0001_V.mp4"))).toMatchObject({
      state: "taken",
      notices: 10,
      reasonCode: null,
    });
    const positioning = await fileOf(key("flight-1", "DJI_0001_PPK.obs"));
    expect(positioning).toMatchObject({ state: "taken", intakeId: null, keptSha256: positioning.sha256 });
    expect(await store.verify(positioning.sha256 ?? "")).toBe(true);
    expect(await db.dockFlight.findFirst({ where: { sn } })).toMatchObject({ flightId: "flight-1", expectedFiles: 3 });
    // the store has all three, so the bucket has none
    for (const { objectKey } of await world.files()) expect(await world.deps.bucket?.see(objectKey)).toBeNull();
    const log = await db.custody.findMany({ where: { subject: { startsWith: "dock" } } });
    expect(log.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["dock.bound", "dock.credentials_issued", "dock.file_verified", "dock.file_taken"]),
    );
    const everything = JSON.stringify(
      [log, await db.dockCredential.findMany(), await db.dockStanding.findMany()],
      (_, value) => (typeof value === "bigint" ? String(value) : value),
    );
    for (const secret of [given.credentials.access_key_secret, given.credentials.security_token, bindingCode])
      expect(everything).not.toContain(secret);
  });

  test("a lost message loses no file: a look through the bucket brings it, with its flight, and a message that comes after all is compared with it", async () => {
    const { db } = world.deps;
    const given = await dock.getCredentials();
    const video = padded(demoVideo(), 64, "swept");
    await uploadInParts(given, key("flight-2", "DJI_0002_V.mp4"), video);
    await uploadInParts(given, key("flight-2", "DJI_0002_V.SRT"), demoTelemetry());
    // a message may still be on its way
    await sweepBucket(world.deps);
    expect(await db.dockFile.count({ where: { flightId: "flight-2" } })).toBe(0);
    await sweepBucket(world.deps, 0);
    await sweepBucket(world.deps, 0);
    await world.settle();
    expect(await fileOf(key("flight-2", "DJI_0002_V.mp4"))).toMatchObject({
      state: "taken",
      foundBy: "sweep",
      notices: 0,
    });
    const clips = () => db.clip.findMany({ where: { sha256: sha256Of(video) } });
    expect(await clips()).toMatchObject([{ startMethod: "telemetry", telemetryChecks: [] }]);
    const elsewhere = { shoot_position: { lat: 31.3, lng: 121.6 } };
    expect((await report(key("flight-2", "DJI_0002_V.mp4"), { metadata: elsewhere }))?.data.result).toBe(0);
    expect(await clips()).toMatchObject([{ telemetryChecks: [{ code: "message_place_differs" }] }]);
  });

  test("a message that lies about place and time changes nothing of the clip; both disagreements are told with it", async () => {
    const given = await dock.getCredentials();
    const video = padded(demoVideo(), 72, "place");
    await uploadInParts(given, key("flight-3", "DJI_0003_V.SRT"), demoTelemetry());
    await report(key("flight-3", "DJI_0003_V.SRT"));
    await uploadInParts(given, key("flight-3", "DJI_0003_V.mp4"), video);
    const metadata = { shoot_position: { lat: 31.2398, lng: 121.52 }, create_time: "2026-11-20 11:40:00" };
    await report(key("flight-3", "DJI_0003_V.mp4"), { metadata });
    await world.settle();
    const clip = await world.deps.db.clip.findFirstOrThrow({ where: { sha256: sha256Of(video) } });
    expect(clip.startedAt.toISOString()).toBe("2026-11-20T02:40:00.000Z");
    expect(clip.telemetryChecks).toMatchObject([
      { code: "message_place_differs", zh: expect.stringMatching(/通知.*米/), en: expect.stringMatching(/\d+ m from/) },
      {
        code: "message_time_differs",
        zh: expect.stringMatching(/通知.*分钟/),
        en: expect.stringMatching(/59\.\d minutes/),
      },
    ]);
    const first = await world.deps.db.telemetryPoint.findFirstOrThrow({
      where: { clipId: clip.id },
      orderBy: { offsetMs: "asc" },
    });
    expect(first.latitude).toBeCloseTo(31.229792, 5);
  });

  test("a wrong size, an object overwritten or removed after the message, an empty one: each is set aside with its reason, and nothing is taken", async () => {
    const given = await dock.getCredentials();
    const put = (name: string, bytes: Buffer) => uploadInParts(given, key("flight-4", name), bytes);
    const film = (mark: string) => padded(demoVideo(), 80, mark);
    await put("size.mp4", film("size"));
    await report(key("flight-4", "size.mp4"), { size: 12 });
    await put("over.mp4", film("over"));
    await report(key("flight-4", "over.mp4"));
    await put("over.mp4", film("other"));
    await put("gone.mp4", film("gone"));
    await report(key("flight-4", "gone.mp4"));
    await world.deps.bucket?.remove(key("flight-4", "gone.mp4"));
    await clientOf(given).putObject(given.bucket, key("flight-4", "empty.mp4"), "");
    await report(key("flight-4", "empty.mp4"));
    const clipsBefore = await world.deps.db.clip.count();
    await world.settle();
    for (const [name, reasonCode] of [
      ["size.mp4", "size_differs"],
      ["over.mp4", "overwritten"],
      ["gone.mp4", "object_gone"],
      ["empty.mp4", "empty"],
    ] as const)
      expect(await fileOf(key("flight-4", name)), name).toMatchObject({
        state: "mismatch",
        reasonCode,
        reasonZh: expect.stringMatching(/[\u4e00-\u9fff]/),
        reasonEn: expect.stringMatching(/[a-z]/),
      });
    expect(await world.deps.db.clip.count()).toBe(clipsBefore);
    expect(await world.deps.bucket?.see(key("flight-4", "size.mp4"))).not.toBeNull();
  });

  test("an object written again after it was taken in changes nothing of what was taken, is told, and stays for a person", async () => {
    const given = await dock.getCredentials();
    const objectKey = key("flight-5", "again.mp4");
    const video = padded(demoVideo(), 88, "again");
    await uploadInParts(given, objectKey, video);
    await report(objectKey);
    await world.settle();
    await uploadInParts(given, objectKey, padded(demoVideo(), 88, "later"));
    await report(objectKey);
    await sweepBucket(world.deps, 0);
    await world.settle();
    expect(await fileOf(objectKey)).toMatchObject({
      state: "taken",
      sha256: sha256Of(video),
      reasonCode: "overwritten_after",
    });
    expect(await world.deps.bucket?.see(objectKey)).not.toBeNull();
  });

  test("a message about an object that never comes waits six hours and is then missing; when the object comes after all it is taken", async () => {
    const objectKey = key("flight-6", "late.mp4");
    await report(objectKey, { expected: 2 });
    await world.settle();
    expect(await fileOf(objectKey)).toMatchObject({ state: "noticed" });
    const later = { ...world.deps, now: () => new Date(Date.now() + 7 * 3_600_000) };
    await world.settle(later);
    expect(await fileOf(objectKey)).toMatchObject({ state: "missing", reasonCode: "object_missing" });
    const given = await dock.getCredentials();
    await uploadInParts(given, objectKey, padded(demoVideo(), 96, "late"));
    await sweepBucket(world.deps, 0);
    await world.settle();
    const file = await fileOf(objectKey);
    expect(file).toMatchObject({ state: "taken", reasonCode: null, attempt: 2 });
    const log = await world.deps.db.custody.findMany({
      where: { subject: `dock-file:${file.id}` },
      orderBy: { seq: "asc" },
    });
    expect(log.map(({ action }) => action)).toEqual([
      "dock.file_missing",
      "dock.file_taken_up",
      "dock.file_verified",
      "dock.file_taken",
    ]);
  });

  test.each([
    ["of another dock", `${prefixOf(docks.two.sn)}f/x.mp4`, "foreign_key"],
    ["with ..", `${prefixOf(sn)}f/../../${docks.two.sn}/x.mp4`, "bad_key"],
    ["of the evidence", "aa/bb/cc.mp4", "bad_key"],
    ["without a flight", `${prefixOf(sn)}x.mp4`, "bad_key"],
    ["of 2,000 characters", `${prefixOf(sn)}f/${"x".repeat(1_990)}`, "bad_key"],
  ])("a message about an object %s is refused and leaves no row", async (_, objectKey, cause) => {
    const before = (await world.drops(sn))[cause] ?? 0;
    const reply = await report(objectKey);
    expect(reply?.data.result).toBeGreaterThan(0);
    expect(await world.deps.db.dockFile.count({ where: { objectKey } })).toBe(0);
    expect((await world.drops(sn))[cause]).toBe(before + 1);
  });

  test("a file that is none is refused like any other, with the reason at the dock's file, and its bytes are kept", async () => {
    const objectKey = key("flight-7", "DJI_0007.mp4");
    await uploadInParts(await dock.getCredentials(), objectKey, Buffer.from("#EXTM3U\nhttp://127.0.0.1/x.ts"));
    await report(objectKey);
    await world.settle();
    const file = await fileOf(objectKey);
    expect(file).toMatchObject({ state: "refused", reasonZh: expect.stringMatching(/[\u4e00-\u9fff]/) });
    const intake = await world.deps.db.intake.findUniqueOrThrow({ where: { id: file.intakeId ?? "" } });
    expect(readFileSync(intake.stagedPath, "utf8")).toContain("#EXTM3U");
    expect(await world.deps.bucket?.see(objectKey)).not.toBeNull();
  });

  test("of a dock that was switched off nothing more is taken, and what it had announced is taken when it is back", async () => {
    const { db } = world.deps;
    const objectKey = key("flight-8", "DJI_0008.mp4");
    await uploadInParts(await dock.getCredentials(), objectKey, padded(demoVideo(), 104, "off"));
    await report(objectKey);
    await db.dock.update({ where: { sn }, data: { enabled: false } });
    await world.settle();
    expect(await fileOf(objectKey)).toMatchObject({ state: "noticed" });
    await db.dock.update({ where: { sn }, data: { enabled: true } });
    await world.settle();
    expect(await fileOf(objectKey)).toMatchObject({ state: "taken" });
  });

  test("hundreds of announced files that never come keep no other from being taken", async () => {
    const { db } = world.deps;
    const early = new Date(Date.now() - 3_600_000);
    await db.dockFile.createMany({
      data: Array.from({ length: 450 }, (_, n) => ({
        sn,
        flightId: "flight-9",
        objectKey: key("flight-9", `never-${n}.mp4`),
        name: `never-${n}.mp4`,
        foundBy: "notice",
        foundAt: early,
      })),
    });
    const objectKey = key("flight-9", "there.mp4");
    await uploadInParts(await dock.getCredentials(), objectKey, padded(demoVideo(), 112, "there"));
    await report(objectKey);
    await world.settle();
    expect(await fileOf(objectKey)).toMatchObject({ state: "taken" });
    expect(await db.dockFile.count({ where: { flightId: "flight-9", state: "noticed" } })).toBe(450);
    await db.dockFile.deleteMany({ where: { name: { startsWith: "never-" } } });
  });

  test("half downloads of a killed process and copies of what is stored or set aside are cleared after an hour; what may still be written is left", async () => {
    const { dockFolder } = world.deps;
    const taken = (await world.files()).find(({ state, intakeId }) => state === "taken" && intakeId !== null);
    const path = (name: string) => join(dockFolder, name);
    const aside = (await world.files()).find(({ state }) => state === "mismatch");
    // stored by its second attempt: what was left of the first is of no use either
    const late = (await world.files()).find(({ attempt }) => attempt === 2);
    const names = ["a.part", taken?.id ?? "", aside?.id ?? "", late?.id ?? "", `${late?.id}.2`, "unknown"];
    for (const name of names) writeFileSync(path(name), "x");
    await clearLeftOvers(world.deps);
    expect(names.filter((name) => existsSync(path(name)))).toEqual(names);
    await clearLeftOvers({ ...world.deps, now: () => new Date(Date.now() + 7_200_000) });
    expect(names.filter((name) => existsSync(path(name)))).toEqual(["unknown"]);
  });

  test("of two machines one holds the connection; it goes to the other when it is given back, or when its lease is over, and never to both", async () => {
    const { db } = world.deps;
    const other = { ...world.deps, machine: "other-machine" };
    const holder = async () => (await db.dockLink.findUniqueOrThrow({ where: { id: 1 } })).holder;
    const clientId = (await claimLink(world.deps))?.clientId;
    expect(await claimLink(other)).toBeNull();
    // what the other says of a connection that is not its own changes nothing
    await writeLink(other, "lost", "unreachable");
    await releaseLink(other);
    expect(await db.dockLink.findUniqueOrThrow({ where: { id: 1 } })).toMatchObject({
      holder: "test-machine",
      state: "connected",
    });
    await db.dockLink.update({ where: { id: 1 }, data: { leaseUntil: new Date(Date.now() - 1_000) } });
    // the same name of the session: the broker goes on where it was
    expect(await claimLink(other)).toEqual({ clientId });
    expect(await claimLink(world.deps)).toBeNull();
    await releaseLink(other);
    expect(await claimLink(world.deps)).toEqual({ clientId });
    expect(await holder()).toBe("test-machine");
  });
});
