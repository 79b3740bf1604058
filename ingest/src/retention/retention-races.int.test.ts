import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findDeletedClips, lockSource } from "@mingcha/infra/retention";
import { openS3Store } from "@mingcha/infra/storage";
import { hasMinio, type MinioServer, startMinio } from "@mingcha/infra/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createOldFootage, daysAfter } from "../testing/old-footage.ts";
import { captured, createRetentionWorld, type RetentionWorld } from "../testing/retention-world.ts";
import { runRetention } from "./run-retention.ts";

let world: RetentionWorld;
beforeAll(async () => {
  world = await createRetentionWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.now = captured;
});

describe("at the moment of deletion", () => {
  test("a flag that is being opened holds its clip: the job waits for it and leaves the clip alone", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    await world.moveTo(31);
    let run: Promise<unknown> = Promise.resolve();
    await world.deps.db.$transaction(
      async (tx) => {
        await lockSource(tx, clip.sourceId);
        run = runRetention(world.deps);
        await untilWaiting();
        expect(
          await findDeletedClips(tx, clip.sourceId, { fromMs: captured.getTime(), toMs: captured.getTime() }),
        ).toEqual([]);
        const { id } = await tx.scene.findFirstOrThrow({ where: { sourceId: clip.sourceId } });
        await tx.flag.create({ data: flagOf(clip.sourceId, id) });
      },
      { timeout: 20_000 },
    );
    await run;
    expect((await world.clipRow(clip.id)).deletedAt).toBeNull();
  });

  test("a record that is brought back to its reviews holds its clip, or the step finds the clip gone", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    const { clueId } = await world.footage.addAct(clip, "DISCARDED");
    await world.moveTo(31);
    let run: Promise<unknown> = Promise.resolve();
    await world.deps.db.$transaction(
      async (tx) => {
        await tx.clue.update({ where: { id: clueId ?? "" }, data: { state: "TECH_REVIEW" } });
        run = runRetention(world.deps);
        await untilWaiting();
      },
      { timeout: 20_000 },
    );
    await run;
    expect((await world.clipRow(clip.id)).deletedAt).toBeNull();
  });

  test("in whatever order both come, no flag is left over a recording that is gone", async () => {
    const sourceId = await world.footage.addSource();
    const scene = await world.deps.db.scene.findFirstOrThrow({ where: { sourceId } });
    const clips = [];
    for (let n = 0; n < 24; n++)
      clips.push(await world.footage.addClip(sourceId, new Date(captured.getTime() + n * 3_600_000)));
    await world.moveTo(40);
    // as the detector opens a flag: under the source's lock, refused where the recording is gone
    const openFlag = (at: Date) =>
      world.deps.db.$transaction(async (tx) => {
        await lockSource(tx, sourceId);
        const span = { fromMs: at.getTime(), toMs: at.getTime() + 5_000 };
        if ((await findDeletedClips(tx, sourceId, span)).length > 0) return false;
        await tx.flag.create({ data: { ...flagOf(sourceId, scene.id), from: at, to: new Date(span.toMs) } });
        return true;
      });
    const flags = clips.map(async (clip, n) => {
      await sleep((n * 37) % 120);
      return openFlag(clip.startedAt);
    });
    await Promise.all([runRetention(world.deps), runRetention(world.deps), ...flags]);
    const over = await world.deps.db.$queryRaw<unknown[]>`
      select 1 from flag f join clip c on c.source_id = f.source_id and c.deleted_at is not null and f.from_at = c.started_at
      where f.source_id = ${sourceId}`;
    expect(over).toEqual([]);
    const left = await world.deps.db.clip.count({ where: { sourceId, deletedAt: null } });
    expect(left).toBe((await Promise.all(flags)).filter(Boolean).length);
    expect(await world.deps.db.deletionCertificate.count({ where: { sourceId } })).toBe(24 - left);
  });

  test("a picture or a sample of a recording that is gone is refused by the database", async () => {
    const clip = await world.footage.addClip(await world.footage.addSource(), captured);
    const { flag } = await world.footage.addAct(clip, "REJECTED", { withPicture: false });
    await world.runAt(41);
    expect((await world.clipRow(clip.id)).deletedAt).not.toBeNull();
    await expect(world.footage.addPicture(flag.id, clip)).rejects.toThrow(/deleted by rule/);
  });

  test("a certificate cannot be changed, deleted or emptied", async () => {
    await expect(world.deps.db.$executeRawUnsafe("update deletion_certificate set basis = 'x'")).rejects.toThrow(
      /append-only/,
    );
    await expect(world.deps.db.$executeRawUnsafe("delete from deletion_certificate")).rejects.toThrow(/append-only/);
    await expect(world.deps.db.$executeRawUnsafe("truncate deletion_certificate")).rejects.toThrow(/append-only/);
  });

  const flagOf = (sourceId: string, sceneId: string) => ({
    sourceId,
    sceneId,
    ruleKey: `r-${randomUUID()}`,
    violation: "STALL",
    zoneId: "z1",
    place: "p",
    from: captured,
    to: captured,
    dwellS: 1,
    score: 1,
    boxNorm: [0, 0, 1, 1],
    intervals: [],
    trace: [],
    modelId: "m",
    modelSha256: "a".repeat(64),
  });

  /** Until somebody waits for a lock. */
  async function untilWaiting(): Promise<void> {
    for (let tries = 0; tries < 400; tries++) {
      const rows = await world.deps.db.$queryRaw<unknown[]>`
        select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      if (rows.length > 0) return;
      await sleep(25);
    }
    throw new Error("nobody waits");
  }
});

if (!hasMinio()) console.warn("retention on S3: not tested, no MinIO server was found");
describe.runIf(hasMinio())("on an S3 store with object lock", () => {
  let server: MinioServer;
  beforeAll(async () => {
    server = await startMinio(join(world.data, "minio"));
  });
  afterAll(() => server.stop());

  test("bytes go with every version of them, and what is held stays", async () => {
    const { endpoint, accessKey, secretKey } = server;
    const store = await openS3Store({
      endpoint,
      accessKey,
      secretKey,
      bucket: "evidence",
      cacheFolder: join(world.data, "cache"),
      writer: "test",
    });
    const onS3 = createOldFootage({ db: world.deps.db, store });
    const sourceId = await onS3.addSource();
    const due = await onS3.addClip(sourceId, captured);
    const held = await onS3.addClip(sourceId, daysAfter(captured, 1));
    const act = await onS3.addAct(held, "LEGAL_REVIEW");
    await world.moveTo(60);
    await runRetention({ ...world.deps, store });
    expect(await store.find(due.sha256)).toBeNull();
    expect(await store.verify(held.sha256)).toBe(true);
    expect(await store.verify(act.picture?.sha256 ?? "")).toBe(true);
  });
});
