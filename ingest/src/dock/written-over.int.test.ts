import type { Database } from "@mingcha/infra/db";
import type { UploadBucket } from "@mingcha/infra/dock";
import { sha256Of } from "@mingcha/infra/testing";
import { admissibleEtag, closingOf } from "@mingcha/models/dock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findToolsForTest } from "../testing/create-world.ts";
import { createDockFiles, key } from "../testing/dock-files.ts";
import { createDockWorld, type DockWorld, demoTelemetry, docks, hasDockPeers } from "../testing/dock-world.ts";

const tools = await findToolsForTest();
const { sn } = docks.one;

describe.skipIf(tools === null || !hasDockPeers())("files of docks that do not agree, or are written over", () => {
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

  test("each object that is written over a file after it was taken in, or overwritten before, opens the question again though a person had closed it; the same one asks once", async () => {
    const { id: personId } = await db.person.create({
      data: { login: "closer-again", name: "钱值班", duties: ["monitor"], passwordHash: "x" },
    });
    const [taken, before] = [key("f-over", "taken.mp4"), key("f-over", "before.mp4")];
    const close = async (objectKey: string) => {
      const { id: fileId, attempt, state, reasonCode } = await fileOf(objectKey);
      const ordinal = 1 + (await db.dockFileDecision.count({ where: { fileId } }));
      const words = { step: "close", cause: "other", reason: "不需要", state, reasonCode, personId };
      await db.dockFileDecision.create({ data: { fileId, ordinal, attempt, ...words } });
    };
    const isClosed = async (objectKey: string) => {
      const { id: fileId, attempt } = await fileOf(objectKey);
      return closingOf(await db.dockFileDecision.findMany({ where: { fileId } }), attempt) !== null;
    };
    const bytes = await put(taken);
    await put(before);
    await say(before);
    await put(before);
    await sweep();
    await world.settle();
    const noted = { [taken]: "dock.file_written_again", [before]: "dock.file_set_aside" };
    const states = {
      [taken]: { state: "taken", reasonCode: "overwritten_after", sha256: sha256Of(bytes) },
      [before]: { state: "mismatch", reasonCode: "overwritten" },
    };
    await put(taken);
    await sweep();
    const told = async (objectKey: string) =>
      (await entries(objectKey)).filter((action) => action === noted[objectKey]).length;
    for (const [objectKey, is] of Object.entries(states)) {
      for (const times of [1, 2, 3]) {
        if (times > 1) {
          await put(objectKey);
          await sweep();
        }
        expect(await fileOf(objectKey), objectKey).toMatchObject({ ...is, attempt: times });
        expect(await isClosed(objectKey), objectKey).toBe(false);
        expect(await told(objectKey), objectKey).toBe(times);
        await close(objectKey);
        // a later look finds what was closed
        await sweep();
        await world.settle();
        expect(await isClosed(objectKey), objectKey).toBe(true);
        expect(await told(objectKey), objectKey).toBe(times);
      }
      const { laterEtag } = await fileOf(objectKey);
      expect(laterEtag).toBe((await bucket.see(objectKey))?.etag);
    }
  });

  test("an object that is written over a file before it was removed from the bucket is told like one that comes later", async () => {
    const objectKey = key("f-over", "early.mp4");
    await put(objectKey);
    await sweep();
    await world.settle({ ...world.deps, bucket: { ...bucket, remove: () => Promise.reject(new Error("not now")) } });
    expect(await fileOf(objectKey)).toMatchObject({ state: "taken", removedAt: null });
    for (const attempt of [1, 2]) {
      await put(objectKey);
      await db.dockFile.updateMany({ where: { objectKey }, data: { lookedAt: null } });
      if (attempt === 1) await world.settle();
      await sweep();
      expect(await fileOf(objectKey)).toMatchObject({ reasonCode: "overwritten_after", removedAt: null, attempt });
    }
    expect(await bucket.see(objectKey)).not.toBeNull();
  });

  test("a file that was removed after its message is taken when the same object is back, and set aside for good when another one is", async () => {
    const [same, other] = [key("f-back", "same.mp4"), key("f-back", "other.mp4")];
    const bytes = film();
    for (const objectKey of [same, other]) {
      await put(objectKey, bytes);
      await say(objectKey);
      await bucket.remove(objectKey);
    }
    await world.settle();
    for (const objectKey of [same, other]) expect(await fileOf(objectKey)).toMatchObject({ reasonCode: "object_gone" });
    await put(same, bytes);
    await put(other);
    await sweep();
    await world.settle();
    await sweep();
    await world.settle();
    expect(await fileOf(same)).toMatchObject({ state: "taken", attempt: 2 });
    expect(await fileOf(other)).toMatchObject({ state: "mismatch", reasonCode: "overwritten", attempt: 2 });
  });

  describe("on a person's word", () => {
    let personId = "";
    beforeAll(async () => {
      ({ id: personId } = await db.person.create({
        data: { login: "admits", name: "钱值班", duties: ["monitor"], passwordHash: "x" },
      }));
    });
    /** What the api writes of the object that a person was shown. */
    const decide = async (objectKey: string, step: "admit" | "close", etag: string | null = null) => {
      const { id: fileId, attempt, state, reasonCode } = await fileOf(objectKey);
      const ordinal = 1 + (await db.dockFileDecision.count({ where: { fileId } }));
      const cause = step === "close" ? "other" : null;
      const words = { step, cause, etag, reason: "机场重传过，内容一致", state, reasonCode, personId };
      await db.dockFileDecision.create({ data: { fileId, ordinal, attempt, ...words } });
      return ordinal;
    };
    const admit = async (objectKey: string) => {
      const etag = admissibleEtag(await fileOf(objectKey));
      if (etag === null) throw new Error(`${objectKey} is none to be admitted`);
      return decide(objectKey, "admit", etag);
    };
    /** A file of another size than its message says. */
    const misfit = async (objectKey: string, bytes: Buffer = film()) => {
      await put(objectKey, bytes);
      await say(objectKey, { size: bytes.length + 1 });
      await world.settle();
      expect(await fileOf(objectKey)).toMatchObject({ state: "mismatch", reasonCode: "size_differs" });
      return bytes;
    };
    const overwrite = async (objectKey: string) => {
      await put(objectKey);
      await say(objectKey);
      const bytes = await put(objectKey);
      await world.settle();
      expect(await fileOf(objectKey)).toMatchObject({ state: "mismatch", reasonCode: "overwritten" });
      return bytes;
    };

    test("a film of another size than was said, and one that was written over the announced one, are taken in as they are, with the decision in the log of the file and of the clip", async () => {
      const [size, over] = [key("f-word", "size.mp4"), key("f-word", "over.mp4")];
      const whole = { [size]: await misfit(size), [over]: await overwrite(over) };
      for (const [objectKey, bytes] of Object.entries(whole)) {
        const { id, reasonCode } = await fileOf(objectKey);
        const decision = await admit(objectKey);
        await world.settle();
        expect(await fileOf(objectKey), objectKey).toMatchObject({
          state: "taken",
          sha256: sha256Of(bytes),
          attempt: 2,
          admission: decision,
          reasonCode: null,
          laterEtag: null,
        });
        expect(await entries(objectKey)).toEqual([
          "dock.file_set_aside",
          "dock.file_taken_up",
          "dock.file_verified",
          "dock.file_taken",
        ]);
        const clip = await db.clip.findFirstOrThrow({ where: { sha256: sha256Of(bytes) } });
        const log = await db.custody.findMany({ where: { subject: `clip:${clip.id}`, action: "clip.taken_on_word" } });
        expect(log.map(({ body }) => JSON.parse(Buffer.from(body).toString()))).toMatchObject([
          { detail: { dockFileId: id, decision, reasonCode, reason: "机场重传过，内容一致", personId } },
        ]);
        // it stays, whoever asks the database
        await expect(db.dockFile.update({ where: { objectKey }, data: { admission: null } })).rejects.toThrow();
      }
    });

    test("an object that was written again after the person looked is not taken in, and asks anew", async () => {
      const [size, over] = [key("f-word", "size-again.mp4"), key("f-word", "over-again.mp4")];
      await misfit(size);
      await overwrite(over);
      for (const objectKey of [size, over]) {
        await admit(objectKey);
        const bytes = await put(objectKey);
        await world.settle();
        const file = await fileOf(objectKey);
        expect(file, objectKey).toMatchObject({ state: "mismatch", reasonCode: "overwritten", intakeId: null });
        expect(admissibleEtag(file)).toBe((await bucket.see(objectKey))?.etag);
        expect(await db.clip.count({ where: { sha256: sha256Of(bytes) } })).toBe(0);
      }
    });

    test("of one that the sweep found written again before its turn came, the decision counts for nothing", async () => {
      const objectKey = key("f-word", "swept.mp4");
      await overwrite(objectKey);
      await admit(objectKey);
      await put(objectKey);
      await sweep();
      await world.settle();
      expect(await fileOf(objectKey)).toMatchObject({ state: "mismatch", attempt: 2, admission: null });
    });

    test("what was closed before its turn came is left as it was", async () => {
      const objectKey = key("f-word", "closed.mp4");
      await misfit(objectKey);
      await admit(objectKey);
      await decide(objectKey, "close");
      await world.settle();
      expect(await fileOf(objectKey)).toMatchObject({ state: "mismatch", attempt: 1, admission: null });
    });

    test("a word makes no recording of what is none, nor takes in telemetry under a film's name; another object under the name is measured by its message again", async () => {
      const [script, track] = [key("f-word", "none.mp4"), key("f-word", "track.mp4")];
      await misfit(script, Buffer.from("#EXTM3U\nhttp://127.0.0.1/x.ts"));
      await misfit(track, Buffer.concat([demoTelemetry(), Buffer.from("\n\n\n")]));
      for (const objectKey of [script, track]) await admit(objectKey);
      await world.settle();
      expect(await fileOf(script)).toMatchObject({ state: "refused" });
      expect(await fileOf(track)).toMatchObject({ state: "refused", reasonCode: "telemetry_on_word" });
      await put(script);
      await sweep();
      await world.settle();
      expect(await fileOf(script)).toMatchObject({ state: "mismatch", reasonCode: "size_differs", admission: null });
    });

    test("of a dock that was switched off nothing is taken in on a word either, until it is back", async () => {
      const objectKey = key("f-word", "off.mp4");
      await misfit(objectKey);
      await admit(objectKey);
      await db.dock.update({ where: { sn }, data: { enabled: false } });
      await world.settle();
      expect(await fileOf(objectKey)).toMatchObject({ state: "mismatch", attempt: 1 });
      await db.dock.update({ where: { sn }, data: { enabled: true } });
      await world.settle();
      expect(await fileOf(objectKey)).toMatchObject({ state: "taken" });
    });
  });
});
