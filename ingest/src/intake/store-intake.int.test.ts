import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkCustody } from "@mingcha/infra/custody";
import { storeIntake } from "@mingcha/models/jobs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { createMediaMaker, srtOf } from "../testing/make-media.ts";
import { addUpload } from "../testing/upload.ts";
import { finishedUploads } from "../ways-in/finished-uploads.ts";
import { createIntake } from "./create-intake.ts";
import type { IntakeDeps } from "./intake-deps.ts";
import { sweepIntakes } from "./sweep.ts";

const tools = await findToolsForTest();

describe.runIf(tools)("store-intake", () => {
  let world: World;
  let media: ReturnType<typeof createMediaMaker>;
  beforeEach(async () => {
    if (!tools) return;
    world = await createWorld(tools);
    media = createMediaMaker(tools);
  });
  afterEach(() => world?.close());

  const file = (name: string): string => join(world.data, name);
  const written = (name: string, content: string): string => {
    writeFileSync(file(name), content);
    return file(name);
  };
  const take = async (): Promise<unknown[]> => {
    await (await finishedUploads(world.deps)).look();
    return world.drain();
  };
  /** A sweep that thinks everything is long untouched, and what it rings. */
  const sweep = async (worker?: IntakeDeps): Promise<unknown[]> => {
    await sweepIntakes(world.deps, Date.now() + 60_000);
    return world.drain(worker);
  };
  const intakeOf = (uploadId: string) =>
    world.deps.db.intake.findUniqueOrThrow({ where: { dedupeKey: `upload:${uploadId}` } });

  test("bad files are set aside, each with its reason in two languages and its bytes kept; the next file is stored", async () => {
    const bad: [string, string][] = [
      ["empty", written("empty.mp4", "")],
      ["truncated", await media.truncated(file("cut.mp4"))],
      ["container_not_accepted", written("text.mp4", "just some text\n".repeat(100))],
      ["playlist", written("list.mp4", "ffconcat version 1.0\nfile '/etc/passwd'\n")],
      ["playlist", written("hls.mp4", "#EXTM3U\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n")],
      ["container_not_accepted", written("page.mp4", "<!doctype html><script>alert(1)</script>")],
      ["too_many_pixels|damaged", await media.hugePicture(file("bomb.png"))],
      ["telemetry_unknown_dialect", written("film.mp4", "1\n00:00:00,000 --> 00:00:01,000\nHello\n")],
      ["preview_copy", await media.video(file("DJI_0001.LRF"))],
    ];
    const rows: [string, string, string][] = [];
    for (const [code, path] of bad) rows.push([code, path, await addUpload(world, path)]);
    const good = await addUpload(world, await media.video(file("good.mp4")));
    expect(await take()).toEqual([]);
    for (const [code, path, id] of rows) {
      const row = await intakeOf(id);
      expect([row.state, row.reasonCode], path).toEqual(["QUARANTINED", expect.stringMatching(code)]);
      expect(row.reasonZh).toMatch(/[\u4e00-\u9fff]/);
      expect(row.reasonEn).toMatch(/[a-z]/);
      expect(row.stagedPath).toBe(join(world.deps.folders.quarantine, row.id));
      expect(readFileSync(row.stagedPath)).toEqual(readFileSync(path));
      expect(
        await world.deps.db.custody.count({ where: { action: "intake.refused", subject: `intake:${row.id}` } }),
      ).toBe(1);
    }
    expect(await world.deps.db.intake.count({ where: { fileName: "bomb.png", reasonEn: { contains: "pixel" } } })).toBe(
      1,
    );
    expect(await intakeOf(good)).toMatchObject({ state: "STORED" });
    expect(await world.deps.db.clip.count()).toBe(1);
    expect(readdirSync(world.deps.folders.uploads)).toEqual([]);
  });

  test("bytes that differ from the hash taken during the upload are not stored as an original, and kept", async () => {
    const id = await addUpload(world, await media.video(file("a.mp4")), { sha256: "0".repeat(64) });
    expect(await take()).toEqual([]);
    const row = await intakeOf(id);
    expect(row).toMatchObject({ state: "QUARANTINED", reasonCode: "hash_mismatch" });
    expect(existsSync(row.stagedPath)).toBe(true);
    expect(await world.deps.db.clip.count()).toBe(0);
  });

  test("a photo is a clip of one look", async () => {
    await addUpload(world, await media.photo(file("DJI_20260501093000_0001_V.JPG")));
    expect(await take()).toEqual([]);
    expect(await world.deps.db.clip.findFirst()).toMatchObject({
      durationMs: 0,
      codec: "mjpeg",
      startMethod: "file_name",
    });
  });

  test("the same bytes again are a duplicate that points to the first clip", async () => {
    const path = await media.video(file("a.mp4"));
    const ids = [await addUpload(world, path), await addUpload(world, path, { fileName: "renamed.mp4" })];
    expect(await take()).toEqual([]);
    const rows = await Promise.all(ids.map(intakeOf));
    expect(rows.map(({ state }) => state)).toEqual(["STORED", "DUPLICATE"]);
    expect(rows[1]?.clipId).toBe(rows[0]?.clipId);
    expect(await world.deps.db.clip.count()).toBe(1);
    expect(world.detectRung).toHaveLength(1);
  });

  describe("telemetry finds its video", () => {
    const expectFlight = async (points: number) => {
      const clip = await world.deps.db.clip.findFirstOrThrow({ include: { flight: true } });
      expect(clip).toMatchObject({
        startMethod: "telemetry",
        flight: { telemetryFormat: "dji-srt/D", maxHeightM: 40 + points - 1 },
      });
      expect(clip.startedAt.toISOString()).toBe("2026-05-01T00:00:00.000Z");
      const rows = await world.deps.db.telemetryPoint.findMany({
        where: { clipId: clip.id },
        orderBy: { offsetMs: "asc" },
      });
      expect(rows).toHaveLength(points);
      expect(rows[1]).toMatchObject({
        offsetMs: 1_000,
        longitude: 121.5,
        latitude: 31.2001,
        heightM: 41,
        altitudeM: 45,
        gimbalYawDeg: null,
      });
      return clip;
    };
    const srt = () => written("DJI_0007.SRT", srtOf({ seconds: 3, date: "2026-05-01 08:00" }));

    test("that comes first", async () => {
      await addUpload(world, srt(), { groupId: "g" });
      await take();
      await addUpload(world, await media.video(file("dji_0007.mp4"), 3), { groupId: "g" });
      await addUpload(world, await media.video(file("DJI_0008.MP4"), 3), { groupId: "g", startedAt: new Date(0) });
      expect(await take()).toEqual([]);
      const linked = await world.deps.db.clip.findMany({ where: { flightId: { not: null } } });
      expect(linked.map(({ fileName }) => fileName)).toEqual(["dji_0007.mp4"]);
      expect(linked[0]?.sourceId).toBe("drone-uploads");
      await world.deps.db.clip.deleteMany({ where: { flightId: null } });
      await expectFlight(3);
    });

    test("that comes last: the clip is dated anew while nobody has analysed it", async () => {
      await addUpload(world, await media.video(file("DJI_0007.MP4"), 3), { groupId: "g" });
      await take();
      expect(await world.deps.db.clip.findFirst()).toMatchObject({ startMethod: "received", flightId: null });
      await addUpload(world, srt(), { groupId: "g" });
      expect(await take()).toEqual([]);
      const clip = await expectFlight(3);
      expect(
        await world.deps.db.custody.count({ where: { action: "clip.start-corrected", subject: `clip:${clip.id}` } }),
      ).toBe(1);
    });

    test("that comes after analysis began: linked, but the time stands and the dispute is written down", async () => {
      await addUpload(world, await media.video(file("DJI_0007.MP4"), 3), { groupId: "g" });
      await take();
      await world.deps.db.clip.updateMany({ data: { detectAttempts: 1 } });
      await addUpload(world, srt(), { groupId: "g" });
      await take();
      expect(await world.deps.db.clip.findFirst()).toMatchObject({
        startMethod: "received",
        flightId: expect.any(String),
      });
      expect(await world.deps.db.custody.count({ where: { action: "clip.start-disputed" } })).toBe(1);
    });

    test("that is still arriving is waited for, without counting a try", async () => {
      const video = await addUpload(world, await media.video(file("DJI_0007.MP4"), 3), { groupId: "g" });
      const late = await addUpload(world, srt(), { groupId: "g" });
      await world.deps.db.upload.update({ where: { id: late }, data: { state: "RECEIVING" } });
      await take();
      expect(await intakeOf(video)).toMatchObject({ state: "WAITING", attempts: 0 });
      await world.deps.db.upload.update({ where: { id: late }, data: { state: "RECEIVED" } });
      await take();
      await sweep();
      await expectFlight(3);
    });
  });

  describe("broken off and begun again", () => {
    /** The same world with one part that dies at its n-th use. */
    const dying = (part: "store" | "commit" | "settle", times: number): IntakeDeps => {
      const { deps } = world;
      let left = times;
      const die = (): void => {
        if (left-- > 0) throw new Error("killed");
      };
      const putFile: IntakeDeps["store"]["putFile"] = async (...given) => {
        const stored = await deps.store.putFile(...given);
        die();
        return stored;
      };
      const find: IntakeDeps["store"]["find"] = async (sha256) => {
        die();
        return deps.store.find(sha256);
      };
      if (part === "store") return { ...deps, store: { ...deps.store, putFile } };
      if (part === "settle") return { ...deps, store: { ...deps.store, find } };
      const db = new Proxy(deps.db, {
        get: (target, key) => {
          if (key === "$transaction") die();
          const value = Reflect.get(target, key);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
      return { ...deps, db };
    };

    test.each([
      "store",
      "commit",
      "settle",
    ] as const)("after %s: one clip, nothing doubled, nothing left behind", async (part) => {
      const id = await addUpload(world, await media.video(file("a.mp4")));
      await (await finishedUploads(world.deps)).look();
      const worker = dying(part, 2);
      expect(await world.drain(worker)).toHaveLength(1);
      if (part !== "settle") {
        expect(await intakeOf(id)).toMatchObject({ state: "WAITING", reasonCode: "INTERNAL" });
        expect(await world.deps.db.clip.count()).toBe(0);
        expect(await sweep(worker)).toHaveLength(1);
      }
      world.forgetRings();
      expect(await sweep()).toEqual([]);
      expect(await intakeOf(id)).toMatchObject({ state: "STORED", stagedPath: "", reasonCode: null });
      expect(await world.deps.db.clip.count()).toBe(1);
      expect(await world.deps.db.custody.count({ where: { action: "clip.stored" } })).toBe(1);
      expect(readdirSync(world.deps.folders.uploads)).toEqual([]);
      expect(await checkCustody(world.deps.db)).toMatchObject({ intact: true });
    });

    test("a file that breaks every try is set aside after the third", async () => {
      const id = await addUpload(world, await media.video(file("a.mp4")));
      await (await finishedUploads(world.deps)).look();
      const worker = dying("store", 100);
      await world.drain(worker);
      for (let again = 0; again < 5; again++) await sweep(worker);
      expect(await intakeOf(id)).toMatchObject({ state: "QUARANTINED", reasonCode: "too_many_attempts" });
      expect(readdirSync(world.deps.folders.quarantine)).toHaveLength(1);
    });

    test("two workers on one file make one clip", async () => {
      const id = await addUpload(world, await media.video(file("a.mp4")));
      await (await finishedUploads(world.deps)).look();
      const { id: intakeId } = await intakeOf(id);
      await Promise.all([world.drain(), world.deps.queues.ring(storeIntake, { intakeId }).then(() => world.drain())]);
      expect(await world.deps.db.clip.count()).toBe(1);
      expect(await intakeOf(id)).toMatchObject({ state: "STORED" });
    });
  });

  test("a full store keeps files waiting with the reason shown, and takes them when there is room", async () => {
    const id = await addUpload(world, await media.video(file("a.mp4")));
    await (await finishedUploads(world.deps)).look();
    expect(await world.drain({ ...world.deps, minFreeBytes: Number.MAX_SAFE_INTEGER })).toEqual([]);
    expect(await intakeOf(id)).toMatchObject({ state: "WAITING", reasonCode: "STORE_FULL", attempts: 0 });
    expect((await intakeOf(id)).reasonZh).toContain("存储空间不足");
    expect(await sweep()).toEqual([]);
    expect(await intakeOf(id)).toMatchObject({ state: "STORED", reasonCode: null });
  });

  test("with little room a file of the watched folder waits with its reason, one that a person uploads comes in", async () => {
    const low = { ...world.deps, lowFreeBytes: Number.MAX_SAFE_INTEGER };
    const id = await addUpload(world, await media.video(file("a.mp4")));
    await (await finishedUploads(world.deps)).look();
    const path = join(world.deps.folders.inbox, "nvr.mp4");
    const { intake } = await createIntake(world.deps.db, {
      via: "folder",
      fileName: "nvr.mp4",
      stagedPath: await media.video(path),
      dedupeKey: "nvr",
      sizeBytes: 1,
    });
    await world.deps.queues.ring(storeIntake, { intakeId: intake.id });
    expect(await world.drain(low)).toEqual([]);
    const row = () => world.deps.db.intake.findUniqueOrThrow({ where: { id: intake.id } });
    expect(await intakeOf(id)).toMatchObject({ state: "STORED" });
    expect(await row()).toMatchObject({ state: "WAITING", reasonCode: "STORE_LOW", attempts: 0 });
    expect(existsSync(path)).toBe(true);
    await world.deps.queues.ring(storeIntake, { intakeId: intake.id });
    expect(await world.drain()).toEqual([]);
    expect(await row()).toMatchObject({ state: "STORED", reasonCode: null });
  });

  test("a file that was deleted when its time was over and comes again is that clip again, looked at anew", async () => {
    const path = await media.video(file("a.mp4"));
    const first = await addUpload(world, path);
    await (await finishedUploads(world.deps)).look();
    await world.drain();
    const clip = await world.deps.db.clip.findFirstOrThrow();
    await world.deps.db.clip.update({ where: { id: clip.id }, data: { state: "DETECTED", deletedAt: new Date() } });
    await world.deps.store.remove(clip.sha256);
    const second = await addUpload(world, path);
    await (await finishedUploads(world.deps)).look();
    expect(await world.drain()).toEqual([]);
    expect(await intakeOf(first)).toMatchObject({ clipId: clip.id });
    expect(await intakeOf(second)).toMatchObject({ state: "STORED", clipId: clip.id });
    const again = await world.deps.db.clip.findFirstOrThrow();
    expect(again).toMatchObject({ id: clip.id, deletedAt: null, state: "STORED" });
    expect(again.receivedAt.getTime()).toBeGreaterThan(clip.receivedAt.getTime());
    expect(await world.deps.store.verify(clip.sha256)).toBe(true);
    expect(world.detectRung.filter((id) => id === clip.id)).toHaveLength(2);
  });

  test("staged bytes that vanished are a reason, not a hole", async () => {
    const id = await addUpload(world, await media.video(file("a.mp4")));
    await (await finishedUploads(world.deps)).look();
    const row = await intakeOf(id);
    await world.deps.db.intake.update({ where: { id: row.id }, data: { stagedPath: file("nowhere") } });
    expect(await world.drain()).toEqual([]);
    expect(await intakeOf(id)).toMatchObject({ state: "QUARANTINED", reasonCode: "file_gone", stagedPath: "" });
  });
});
