import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "@mingcha/infra/db";
import type { UploadBucket } from "@mingcha/infra/dock";
import { sha256Of } from "@mingcha/infra/testing";
import { dockLimits, prefixOf } from "@mingcha/models/dock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storeIntakeNow } from "../intake/store-intake.ts";
import { findToolsForTest } from "../testing/create-world.ts";
import { createDockFiles, key } from "../testing/dock-files.ts";
import { createDockWorld, type DockWorld, demoTelemetry, docks, hasDockPeers } from "../testing/dock-world.ts";
import type { DockDeps } from "./dock-deps.ts";
import { advanceFiles } from "./files/advance-files.ts";

const tools = await findToolsForTest();
const { sn } = docks.one;

describe.skipIf(tools === null || !hasDockPeers())("files of docks on their way in", () => {
  let world: DockWorld;
  let bucket: UploadBucket;
  let db: Database;
  beforeAll(async () => {
    if (tools === null) return;
    world = await createDockWorld(tools);
    if (world.deps.bucket === null) throw new Error("the world has a bucket");
    bucket = world.deps.bucket;
    db = world.deps.db;
    await bucket.ensure();
  });
  afterAll(async () => {
    await world?.close();
  });

  const { film, put, fileOf, entries, say, sweep } = createDockFiles(() => world);
  /** As if staging had been lost with its machine. */
  const loseStaging = async (objectKey: string) =>
    rmSync(join(world.deps.dockFolder, (await fileOf(objectKey)).id), { force: true });
  const verify = async (objectKey: string) => {
    await sweep();
    await advanceFiles({
      ...world.deps,
      // nothing is taken yet
      queues: {
        ring: () => Promise.reject(new Error("no queue")),
      },
    }).catch(() => undefined);
    await db.intake.deleteMany({ where: { dedupeKey: `dock:${(await fileOf(objectKey)).id}` } });
    await db.dockFile.updateMany({ where: { objectKey }, data: { intakeId: null, lookedAt: null } });
    expect(await fileOf(objectKey)).toMatchObject({ state: "verified", intakeId: null });
  };

  test("an object at which the store fails as if it were away keeps no other from being taken, of its dock or another, nor files of the other steps", async () => {
    const bad = key("f-bad", "bad.mp4");
    const good = key("f-bad", "good.mp4");
    const others = key("f-bad", "others.mp4", docks.two.sn);
    for (const objectKey of [bad, good, others]) await put(objectKey);
    await sweep();
    await db.dockFile.update({ where: { objectKey: bad }, data: { foundAt: new Date(Date.now() - 60_000) } });
    const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    const using: DockDeps = {
      ...world.deps,
      bucket: { ...bucket, see: (objectKey) => (objectKey === bad ? Promise.reject(reset) : bucket.see(objectKey)) },
    };
    await expect(advanceFiles(using)).rejects.toThrow(/ECONNRESET/);
    await world.settle(using);
    expect(await fileOf(good)).toMatchObject({ state: "taken" });
    expect(await fileOf(others)).toMatchObject({ state: "taken" });
    expect(await fileOf(bad)).toMatchObject({ state: "noticed" });
    await db.dockFile.update({ where: { objectKey: bad }, data: { lookedAt: null } });
    await world.settle();
    expect(await fileOf(bad)).toMatchObject({ state: "taken" });
  });

  test("a bucket that cannot be listed for one dock is looked through for the others", async () => {
    const objectKey = key("f-list", "a.mp4", docks.two.sn);
    await put(objectKey);
    const using: DockDeps = {
      ...world.deps,
      bucket: {
        ...bucket,
        list: (prefix) => {
          if (prefix === prefixOf(sn)) throw new Error("not this one");
          return bucket.list(prefix);
        },
      },
    };
    await expect(sweep(using)).rejects.toThrow(/not this one/);
    expect(await fileOf(objectKey)).toMatchObject({ state: "noticed" });
  });

  test("the log says what became of a file in words of its own: missing, refused, against the rules, written again after it was taken", async () => {
    const again = key("f-log", "again.mp4");
    const refused = key("f-log", "none.mp4");
    const missing = key("f-log", "missing.mp4");
    const stray = `${prefixOf(sn)}no-flight.mp4`;
    await put(again);
    await put(refused, Buffer.from("#EXTM3U\nhttp://127.0.0.1/x.ts"));
    await put(stray);
    await sweep();
    await sweep();
    await say(missing);
    await world.settle();
    await put(again);
    await sweep();
    await world.settle({ ...world.deps, now: () => new Date(Date.now() + 7 * 3_600_000) });
    expect(await entries(again)).toEqual(["dock.file_verified", "dock.file_taken", "dock.file_written_again"]);
    expect(await entries(refused)).toEqual(["dock.file_verified", "dock.file_refused"]);
    expect(await entries(missing)).toEqual(["dock.file_missing"]);
    expect(await entries(stray)).toEqual(["dock.file_set_aside"]);
    expect(await fileOf(again)).toMatchObject({ state: "taken", reasonEn: expect.not.stringMatching(/other bytes/) });
  });

  test("an object of another size than was said, an empty one and one that was refused are judged once; another one under their name is taken, with both in the log", async () => {
    const [cut, empty, refused] = [key("f-up", "cut.mp4"), key("f-up", "empty.mp4"), key("f-up", "refused.mp4")];
    const whole = film();
    await put(cut, whole.subarray(0, 100_000));
    await say(cut, { size: whole.length });
    await put(empty, Buffer.alloc(0));
    await put(refused, Buffer.from("#EXTM3U\nhttp://127.0.0.1/x.ts"));
    await sweep();
    await world.settle();
    const before = { [cut]: "mismatch", [empty]: "mismatch", [refused]: "refused" };
    for (const again of [false, true]) {
      if (again) await sweep();
      await world.settle();
      for (const [objectKey, state] of Object.entries(before))
        expect(await fileOf(objectKey), objectKey).toMatchObject({ state, attempt: 1 });
    }
    const kept = (await db.intake.findUniqueOrThrow({ where: { id: (await fileOf(refused)).intakeId ?? "" } }))
      .stagedPath;
    // nobody waits for it any more; it comes all the same
    const { id: personId } = await db.person.create({
      data: { login: "closer", name: "钱值班", duties: ["monitor"], passwordHash: "x" },
    });
    const { id: fileId } = await fileOf(cut);
    await db.dockFileDecision.create({
      data: {
        fileId,
        ordinal: 1,
        attempt: 1,
        step: "close",
        cause: "lost",
        reason: "取不到",
        state: "mismatch",
        personId,
      },
    });
    for (const objectKey of [empty, refused]) await put(objectKey);
    await put(cut, whole);
    await sweep();
    await world.settle();
    for (const objectKey of [cut, empty, refused])
      expect(await fileOf(objectKey), objectKey).toMatchObject({ state: "taken", attempt: 2, reasonCode: null });
    expect(await db.clip.count({ where: { sha256: sha256Of(whole) } })).toBe(1);
    const judgedTwice = ["dock.file_set_aside", "dock.file_taken_up", "dock.file_verified", "dock.file_taken"];
    expect(await entries(cut)).toEqual(judgedTwice);
    expect(await entries(empty)).toEqual(judgedTwice);
    expect(await entries(refused)).toEqual(["dock.file_verified", "dock.file_refused", ...judgedTwice.slice(1)]);
    // what was refused is kept as it was
    expect(readFileSync(kept, "utf8")).toContain("#EXTM3U");
  });

  test("a dock's newest word of how many files to expect counts, the most it ever said is kept, and a message that is brought again takes nothing back", async () => {
    const word = async (expected: number, deviceMs?: number) => {
      await say(key("f-count", "a.mp4"), { expected, ...(deviceMs === undefined ? {} : { deviceMs }) });
      const { expectedFiles, expectedMost } = await db.dockFlight.findUniqueOrThrow({
        where: { sn_flightId: { sn, flightId: "f-count" } },
      });
      return [expectedFiles, expectedMost];
    };
    const atMs = Date.now();
    expect(await word(8, atMs - 5_000)).toEqual([8, 8]);
    expect(await word(14, atMs - 4_000)).toEqual([14, 14]);
    // two were deleted at the dock
    expect(await word(12, atMs - 3_000)).toEqual([12, 14]);
    expect(await word(14, atMs - 4_000)).toEqual([12, 14]);
    // one without a time, and one by a clock that runs ahead, are as new as they come
    expect(await word(3)).toEqual([3, 14]);
    expect(await word(5, atMs + 86_400_000)).toEqual([5, 14]);
    expect(await word(6, atMs)).toEqual([6, 14]);
    // one that says nothing of it changes nothing
    await say(key("f-count", "b.mp4"), { deviceMs: atMs + 1_000 });
    expect(await word(6, atMs)).toEqual([6, 14]);
    await db.dockFile.deleteMany({ where: { flightId: "f-count" } });
  });

  test("killed after its intake was made a file is taken as what it was, though its object was written again meanwhile", async () => {
    const objectKey = key("f-kill", "a.mp4");
    const bytes = await put(objectKey);
    await sweep();
    await world.settle({ ...world.deps, bucket: { ...bucket, remove: () => Promise.reject(new Error("killed")) } });
    await db.dockFile.update({ where: { objectKey }, data: { intakeId: null, state: "verified", lookedAt: null } });
    await put(objectKey);
    await world.settle();
    expect(await fileOf(objectKey)).toMatchObject({ state: "taken", intakeId: expect.any(String) });
    expect(await db.clip.count({ where: { sha256: sha256Of(bytes) } })).toBe(1);
  });

  test("an intake and the word that it is this file's are written together or not at all", async () => {
    const objectKey = key("f-both", "a.mp4");
    await put(objectKey);
    await verify(objectKey);
    const broken = db.$extends({
      query: { dockFile: { updateMany: () => Promise.reject(new Error("killed")) } },
    }) as unknown as Database;
    await advanceFiles({ ...world.deps, db: broken }).catch(() => undefined);
    const { id } = await fileOf(objectKey);
    expect(await db.intake.count({ where: { dedupeKey: `dock:${id}` } })).toBe(0);
    await world.settle();
    expect(await fileOf(objectKey)).toMatchObject({ state: "taken" });
  });

  test("an object that is gone when it is to be taken is told as gone, not as overwritten", async () => {
    const objectKey = key("f-gone", "a.mp4");
    await put(objectKey);
    await verify(objectKey);
    await loseStaging(objectKey);
    await bucket.remove(objectKey);
    await world.settle();
    expect(await fileOf(objectKey)).toMatchObject({ state: "mismatch", reasonCode: "object_gone" });
  });

  test("a dock that loses its source while its file is fetched gets nothing taken", async () => {
    const objectKey = key("f-off", "a.mp4");
    await put(objectKey);
    await verify(objectKey);
    await loseStaging(objectKey);
    const { sourceId } = await db.dock.findUniqueOrThrow({ where: { sn } });
    const fetching: UploadBucket = {
      ...bucket,
      fetch: async (...args) => {
        const fetched = await bucket.fetch(...args);
        await db.dock.update({ where: { sn }, data: { sourceId: null } });
        return fetched;
      },
    };
    await world.settle({ ...world.deps, bucket: fetching });
    expect(await fileOf(objectKey)).toMatchObject({ state: "verified", intakeId: null });
    await db.dock.update({ where: { sn }, data: { sourceId } });
    await world.settle();
    expect(await fileOf(objectKey)).toMatchObject({ state: "taken" });
  });

  test("a file goes to the source that the dock had when it was first heard of, by a message or by a look, whichever the dock has by now", async () => {
    const { sourceId: before } = await db.dock.findUniqueOrThrow({ where: { sn } });
    const [told, found, early] = [
      key("f-source", "told.mp4"),
      key("f-source", "found.mp4"),
      key("f-source", "early.mp4"),
    ];
    for (const objectKey of [told, found]) await put(objectKey);
    await say(told);
    await sweep();
    await db.dock.update({ where: { sn }, data: { sourceId: null } });
    await say(early);
    await db.source.create({ data: { id: "drone-other", name: "另一架", kind: "drone", place: "" } });
    await db.dock.update({ where: { sn }, data: { sourceId: "drone-other" } });
    expect(await fileOf(early)).toMatchObject({ sourceId: null });
    await put(early);
    await world.settle();
    for (const [objectKey, sourceId] of [
      [told, before],
      [found, before],
      [early, "drone-other"],
    ] as const) {
      const { intakeId, ...file } = await fileOf(objectKey);
      expect(file, objectKey).toMatchObject({ state: "taken", sourceId });
      expect(await db.intake.findUnique({ where: { id: intakeId ?? "" } }), objectKey).toMatchObject({ sourceId });
    }
    await db.dock.update({ where: { sn }, data: { sourceId: before } });
  });

  test("telemetry belongs to the film of its own folder alone, though another folder of the flight has one of the same name", async () => {
    const [own, other] = [await put(key("f-two", "A/x.mp4")), await put(key("f-two", "B/x.mp4"))];
    await put(key("f-two", "A/x.SRT"), Buffer.concat([demoTelemetry(), Buffer.from("\n")]));
    await sweep();
    await world.settle();
    const clip = (bytes: Buffer) => db.clip.findFirstOrThrow({ where: { sha256: sha256Of(bytes) } });
    expect(await clip(own)).toMatchObject({ telemetryFormat: expect.any(String), startMethod: "telemetry" });
    expect((await clip(other)).telemetryFormat).toBeNull();
  });

  const lie = { metadata: { shoot_position: { lat: 31.3, lng: 121.6 } } };
  const checksOf = async (bytes: Buffer) =>
    (await db.clip.findFirstOrThrow({ where: { sha256: sha256Of(bytes) } })).telemetryChecks;

  test("a message that comes while its film is being written stands with the clip all the same", async () => {
    const objectKey = key("f-race", "a.mp4");
    const bytes = await put(objectKey);
    await sweep();
    await advanceFiles(world.deps);
    const { intakeId } = await fileOf(objectKey);
    let looks = 0;
    const slow = db.$extends({
      query: {
        dockFile: {
          // the second look is for what the message said
          findUnique: async ({ args, query }) => {
            const found = await query(args);
            looks += 1;
            if (looks === 2) await say(objectKey, lie);
            return found;
          },
        },
      },
    }) as unknown as Database;
    await storeIntakeNow({ ...world.deps, db: slow }, intakeId ?? "");
    expect(looks).toBeGreaterThan(2);
    expect(await checksOf(bytes)).toMatchObject([{ code: "message_not_compared" }]);
    await world.settle();
  });

  test("what a message says of a film that had come before stands with that film's clip, whether it comes before or after, once", async () => {
    const bytes = film();
    for (const name of ["first.mp4", "second.mp4", "third.mp4"]) await put(key("f-same", name), bytes);
    await sweep();
    await world.settle();
    expect(await checksOf(bytes)).toEqual([]);
    await say(key("f-same", "third.mp4"), lie);
    expect(await checksOf(bytes)).toMatchObject([{ code: "message_not_compared" }]);
    await put(key("f-same", "fourth.mp4"), bytes);
    await say(key("f-same", "fourth.mp4"), { metadata: { create_time: "2001-01-01 00:00:00" } });
    await say(key("f-same", "second.mp4"), lie);
    await world.settle();
    expect(await checksOf(bytes)).toMatchObject([{ code: "message_not_compared" }, { code: "message_time_differs" }]);
    expect(await db.clip.count({ where: { sha256: sha256Of(bytes) } })).toBe(1);
  });

  test("what messages say of the time of a film that comes before its telemetry is compared with the time that the telemetry gives it, each of them once", async () => {
    const [film1, telemetry, again] = ["late/x.mp4", "late/x.SRT", "again/x.mp4"].map((name) => key("f-late", name));
    if (film1 === undefined || telemetry === undefined || again === undefined) throw new Error("three names");
    const bytes = await put(film1);
    await say(film1, { metadata: { create_time: "2026-11-20 10:50:00" } });
    await put(again, bytes);
    await say(again, { metadata: { create_time: "2026-11-20 10:40:10" } });
    await world.settle();
    const clip = await db.clip.findFirstOrThrow({ where: { sha256: sha256Of(bytes) } });
    expect(clip.startMethod).toBe("received");
    expect(clip.telemetryChecks).not.toEqual([]);
    await put(telemetry, Buffer.concat([demoTelemetry(), Buffer.from("\n\n")]));
    await say(telemetry);
    await world.settle();
    expect(await db.clip.findUniqueOrThrow({ where: { id: clip.id } })).toMatchObject({
      startMethod: "telemetry",
      // what the second said agrees by now
      telemetryChecks: [{ code: "message_time_differs", en: expect.stringMatching(/recording's by 9\.\d minutes/) }],
    });
  });

  test("a dock that makes up names fills no table, by messages or in the bucket, and keeps no other dock waiting; a day later it may again", async () => {
    const many = (state: string, count: number) =>
      db.dockFile.createMany({
        data: Array.from({ length: count }, (_, n) => ({
          sn,
          flightId: "f-many",
          objectKey: key("f-many", `${state}-${n}`),
          name: `${state}-${n}`,
          state,
          foundBy: "sweep",
          foundAt: new Date(Date.now() - 3_600_000),
        })),
      });
    await many("noticed", 600);
    const others = key("f-many", "a.mp4", docks.two.sn);
    await put(others);
    await sweep();
    await advanceFiles(world.deps);
    expect((await fileOf(others)).state).not.toBe("noticed");
    await many("mismatch", dockLimits.notTakenADayMax);
    await put(`${prefixOf(sn)}made-up.mp4`);
    await sweep();
    expect(await db.dockFile.count({ where: { name: { endsWith: "made-up.mp4" } } })).toBe(0);
    expect(await say(key("f-many", "more.mp4"))).toEqual({ result: "too_many" });
    await db.dockFile.updateMany({
      where: { flightId: "f-many" },
      data: { foundAt: new Date(Date.now() - 25 * 3_600_000) },
    });
    await sweep();
    expect(await db.dockFile.count({ where: { name: { endsWith: "made-up.mp4" } } })).toBe(1);
    expect(await say(key("f-many", "more.mp4"))).toEqual({ result: "ok" });
    await db.dockFile.deleteMany({ where: { flightId: "f-many" } });
  });
});
