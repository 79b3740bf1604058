import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { checkCustody } from "@mingcha/infra/custody";
import { createLog } from "@mingcha/infra/log";
import { findDeletedClips, lockSource } from "@mingcha/infra/retention";
import { openFolderStore, openS3Store } from "@mingcha/infra/storage";
import { createTestDatabase, hasMinio, type MinioServer, startMinio, type TestDatabase } from "@mingcha/infra/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { foldersOf } from "../config.ts";
import { createOldFootage, daysAfter } from "../testing/old-footage.ts";
import type { RetentionDeps } from "./retention-deps.ts";
import { runRetention } from "./run-retention.ts";

const captured = new Date("2026-03-01T00:00:00Z");
const none = { clips: 0, pictures: 0, smallPictures: 0, bytes: 0 };
let database: TestDatabase;
let deps: RetentionDeps;
let footage: ReturnType<typeof createOldFootage>;
let nowAt = captured;
const data = mkdtempSync(join(tmpdir(), "mingcha-retention-"));

beforeAll(async () => {
  database = await createTestDatabase();
  deps = {
    db: database.db,
    store: await openFolderStore(join(data, "objects"), "test"),
    folders: foldersOf({ MINGCHA_DATA: data, MINGCHA_WATCH_DIR: undefined }),
    settings: {
      publicVideoDays: 30,
      rejectedImageryDays: 30,
      closedImageryDays: 180,
      smallPictureDays: 730,
      caseFileYears: null,
      verified: false,
    },
    machine: "test-machine",
    now: () => nowAt,
    log: createLog("test", "silent"),
  };
  footage = createOldFootage(deps);
});
afterAll(async () => {
  await database.drop();
  rmSync(data, { recursive: true, force: true });
});
beforeEach(() => {
  nowAt = captured;
});

/** The clock moves on by days, and the job runs. */
const runAt = (days: number) => {
  nowAt = daysAfter(captured, days);
  return runRetention(deps);
};
const isThere = async (sha256: string) => (await deps.store.find(sha256)) !== null;
const clipRow = (id: string) =>
  deps.db.clip.findUniqueOrThrow({ where: { id }, include: { looks: true, telemetry: true } });

describe("a recording that shows nothing", () => {
  test("stays to the end of its thirtieth day, then goes with a certificate; what is left of it says so", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    expect(await runAt(30)).toEqual(none);
    expect(await isThere(clip.sha256)).toBe(true);
    expect(await runAt(31)).toEqual({ ...none, clips: 1, bytes: 1 });
    expect(await isThere(clip.sha256)).toBe(false);
    const row = await clipRow(clip.id);
    expect(row).toMatchObject({ sha256: clip.sha256, deletedAt: nowAt, looks: [{}], telemetry: [] });
    const certificate = await deps.db.deletionCertificate.findFirstOrThrow({ where: { clipId: clip.id } });
    expect(certificate).toMatchObject({
      kind: "clip",
      sha256: clip.sha256,
      sizeBytes: clip.sizeBytes,
      class: "public_video",
      verified: true,
      ruleVersion: "1.0",
      machine: "test-machine",
      decidedAt: nowAt,
      keepUntil: new Date(daysAfter(captured, 30).getTime() + 10_000),
      bytesOutcome: "removed",
    });
    const entry = await deps.db.custody.findUniqueOrThrow({ where: { seq: certificate.custodySeq } });
    expect(entry).toMatchObject({ action: "clip.deleted", subject: `clip:${clip.id}` });
    expect(Buffer.from(entry.body).toString()).toContain(clip.sha256);
    expect(await checkCustody(deps.db)).toMatchObject({ intact: true });
    expect(await runAt(32)).toEqual(none);
  });

  test("goes with the copy that was put aside in the watched folder", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    const intake = await deps.db.intake.create({
      data: {
        via: "folder",
        fileName: "old.mp4",
        stagedPath: "",
        dedupeKey: randomUUID(),
        sizeBytes: 1,
        state: "STORED",
        clipId: clip.id,
      },
    });
    const aside = join(deps.folders.inbox, ".taken", `${intake.id}-old.mp4`);
    mkdirSync(join(deps.folders.inbox, ".taken"), { recursive: true });
    writeFileSync(aside, "copy");
    await runAt(31);
    expect(existsSync(aside)).toBe(false);
  });

  test("that has the bytes of another one leaves them until the last of both is free", async () => {
    const bytes = randomBytes(3_000);
    const first = await footage.addClip(await footage.addSource(), captured, { bytes });
    const second = await footage.addClip(await footage.addSource(), daysAfter(captured, 5), { bytes });
    expect(second.sha256).toBe(first.sha256);
    await runAt(31);
    expect(await isThere(first.sha256)).toBe(true);
    expect(await deps.db.deletionCertificate.findFirst({ where: { clipId: first.id } })).toMatchObject({
      bytesOutcome: "shared",
    });
    await runAt(36);
    expect(await isThere(first.sha256)).toBe(false);
    expect(await deps.db.deletionCertificate.findFirst({ where: { clipId: second.id } })).toMatchObject({
      bytesOutcome: "removed",
    });
  });

  test("whose bytes the store will not give up keeps an open certificate, and is asked for again", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    nowAt = daysAfter(captured, 31);
    const locked = { ...deps.store, remove: () => Promise.reject(new Error("locked")) };
    expect(await runRetention({ ...deps, store: locked })).toEqual({ ...none, clips: 1 });
    expect(await deps.db.deletionCertificate.findFirst({ where: { clipId: clip.id } })).toMatchObject({
      bytesAt: null,
    });
    expect(await runAt(31)).toEqual({ ...none, bytes: 1 });
    expect(await isThere(clip.sha256)).toBe(false);
  });
});

describe("what is held is never deleted, ten years later either", () => {
  type Clip = Awaited<ReturnType<typeof footage.addClip>>;
  const person = async () =>
    (await deps.db.person.create({ data: { login: randomUUID(), name: "x", passwordHash: "-", duties: [] } })).id;
  const holds: [string, (clip: Clip) => Promise<unknown>][] = [
    ["a flag without its record", (clip) => footage.addAct(clip, null)],
    ["a record in technical review", (clip) => footage.addAct(clip, "TECH_REVIEW")],
    ["an admissible record", (clip) => footage.addAct(clip, "ADMISSIBLE")],
    ["a record that became a case", (clip) => footage.addAct(clip, "FILED")],
    [
      "a record merged into one on its way",
      async (clip) => {
        const elsewhere = await footage.addClip(clip.sourceId, daysAfter(captured, -3));
        const root = await footage.addAct(elsewhere, "LEGAL_REVIEW");
        return footage.addAct(clip, "MERGED", { mergedIntoId: root.clueId });
      },
    ],
    [
      "a discard that waits for its second look",
      async (clip) => {
        const { clueId } = await footage.addAct(clip, "DISCARDED");
        const data = {
          clueId: clueId ?? "",
          kind: "discard",
          round: 1,
          violation: "STALL",
          ofPersonId: await person(),
        };
        return deps.db.secondLook.create({
          data: { ...data, day: "2026-03-01", value: 0, rate: 1, drawn: true, dueAt: captured },
        });
      },
    ],
    [
      "a rejected record that is a known item",
      async (clip) => {
        const { clueId } = await footage.addAct(clip, "REJECTED");
        return deps.db.$transaction(async (tx) => {
          await tx.$executeRawUnsafe("set local session_replication_role = replica");
          return tx.seededItem.create({
            data: { clueId: clueId ?? "", stage: "technical", answer: "fail", why: "w", createdBy: await person() },
          });
        });
      },
    ],
    [
      "a rejection that a suppression in force rests on",
      async (clip) => {
        const { flag } = await footage.addAct(clip, "REJECTED");
        return deps.db.suppression.create({
          data: {
            sourceId: clip.sourceId,
            ruleKey: flag.ruleKey,
            violation: "STALL",
            zoneId: "z1",
            boxNorm: [0, 0, 1, 1],
            flagIds: [flag.id],
            reason: "r",
            validFrom: captured,
            validUntil: daysAfter(captured, 5_000),
            approvedBy: await person(),
          },
        });
      },
    ],
    [
      "a look after the time allowed by an order",
      async (clip) => {
        const other = await footage.addClip(clip.sourceId, daysAfter(captured, -3));
        const { clueId } = await footage.addAct(other, "DISSUADED");
        return deps.db.dissuasion.create({
          data: {
            clueId: clueId ?? "",
            channel: "sms",
            recipient: "x",
            text: "t",
            outcome: "sent",
            sentAt: captured,
            correctBy: captured,
            createdBy: await person(),
            lookClipId: clip.id,
            lookSha256: clip.sha256,
          },
        });
      },
    ],
    [
      "a legal hold",
      async (clip) =>
        deps.db.legalHold.create({
          data: {
            sourceId: clip.sourceId,
            from: captured,
            to: captured,
            reason: "r",
            until: daysAfter(captured, 5_000),
            setBy: await person(),
            setAt: captured,
          },
        }),
    ],
  ];
  test.each(holds)("%s", async (_, hold) => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    await hold(clip);
    const pictures = await deps.db.evidence.findMany({ where: { clipId: clip.id } });
    await runAt(3_650);
    expect((await clipRow(clip.id)).deletedAt).toBeNull();
    for (const { sha256 } of [clip, ...pictures]) expect(await isThere(sha256)).toBe(true);
  });

  test("a clip that nobody has looked at", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured, { state: "STORED" as never });
    await runAt(3_650);
    expect((await clipRow(clip.id)).deletedAt).toBeNull();
    await expect(deps.db.clip.update({ where: { id: clip.id }, data: { deletedAt: nowAt } })).rejects.toThrow(
      /clip_deleted_after_look/,
    );
  });

  test("a drawn look that waits for its answer, for as long as it is asked for", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    const draw = await deps.db.lookDraw.create({
      data: { sourceId: clip.sourceId, day: captured, key: "00", looks: 1, flagged: 0, wanted: 1, drawnAt: captured },
    });
    await deps.db.lookSample.create({
      data: { drawId: draw.id, clipId: clip.id, offsetMs: 0, capturedAt: captured, ordinal: 2 },
    });
    await runAt(59);
    expect((await clipRow(clip.id)).deletedAt).toBeNull();
    await runAt(61);
    expect((await clipRow(clip.id)).deletedAt).not.toBeNull();
  });

  test("goes once its hold is lifted", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    const [setBy, other] = [await person(), await person()];
    const hold = await deps.db.legalHold.create({
      data: {
        sourceId: clip.sourceId,
        from: captured,
        to: captured,
        reason: "r",
        until: daysAfter(captured, 900),
        setBy,
        setAt: captured,
      },
    });
    await runAt(100);
    expect((await clipRow(clip.id)).deletedAt).toBeNull();
    await expect(
      deps.db.legalHold.update({
        where: { id: hold.id },
        data: { liftProposedBy: setBy, liftedBy: setBy, liftedAt: nowAt },
      }),
    ).rejects.toThrow(/legal_hold_lifted_by_two/);
    await deps.db.legalHold.update({
      where: { id: hold.id },
      data: { liftProposedBy: setBy, liftedBy: other, liftedAt: nowAt },
    });
    await runAt(100);
    expect((await clipRow(clip.id)).deletedAt).not.toBeNull();
  });
});

describe("a record that was rejected", () => {
  test("keeps its row and a small picture; video and pictures go thirty days after the decision, the small picture after two years", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    const { picture, clueId } = await footage.addAct(clip, "REJECTED", { changedAt: daysAfter(captured, 10) });
    const id = picture?.id ?? "";
    await runAt(39);
    expect((await clipRow(clip.id)).deletedAt).toBeNull();
    expect(await runAt(41)).toEqual({ ...none, clips: 1, pictures: 1, bytes: 2 });
    expect(await isThere(clip.sha256)).toBe(false);
    expect(await isThere(picture?.sha256 ?? "")).toBe(false);
    const small = await deps.db.evidence.findUniqueOrThrow({ where: { id } });
    const bytes = await buffer(await deps.store.read(small.smallSha256 ?? ""));
    expect(bytes.length).toBeLessThan(20_000);
    expect(await deps.db.clue.findUnique({ where: { id: clueId ?? "" } })).toMatchObject({ state: "REJECTED" });
    expect(await deps.db.deletionCertificate.findFirst({ where: { evidenceId: id } })).toMatchObject({
      class: "rejected_record",
      verified: false,
    });
    await runAt(700);
    expect(await isThere(small.smallSha256 ?? "")).toBe(true);
    expect(await runAt(741)).toMatchObject({ smallPictures: 1 });
    expect(await isThere(small.smallSha256 ?? "")).toBe(false);
  });

  test("shares a clip with one that became a case: nothing of the clip goes", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    const rejected = await footage.addAct(clip, "REJECTED");
    const filed = await footage.addAct(clip, "FILED");
    await runAt(3_000);
    expect((await clipRow(clip.id)).deletedAt).toBeNull();
    expect(await isThere(filed.picture?.sha256 ?? "")).toBe(true);
    expect(await deps.db.evidence.findUnique({ where: { id: rejected.picture?.id ?? "" } })).toMatchObject({
      deletedAt: expect.any(Date),
    });
  });
});

describe("at the moment of deletion", () => {
  test("a flag that is being opened holds its clip: the job waits for it and leaves the clip alone", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    nowAt = daysAfter(captured, 31);
    let run: Promise<unknown> = Promise.resolve();
    await deps.db.$transaction(
      async (tx) => {
        await lockSource(tx, clip.sourceId);
        run = runRetention(deps);
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
    expect((await clipRow(clip.id)).deletedAt).toBeNull();
  });

  test("a record that is brought back to its reviews holds its clip, or the step finds the clip gone", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    const { clueId } = await footage.addAct(clip, "DISCARDED");
    nowAt = daysAfter(captured, 31);
    let run: Promise<unknown> = Promise.resolve();
    await deps.db.$transaction(
      async (tx) => {
        await tx.clue.update({ where: { id: clueId ?? "" }, data: { state: "TECH_REVIEW" } });
        run = runRetention(deps);
        await untilWaiting();
      },
      { timeout: 20_000 },
    );
    await run;
    expect((await clipRow(clip.id)).deletedAt).toBeNull();
  });

  test("in whatever order both come, no flag is left over a recording that is gone", async () => {
    const sourceId = await footage.addSource();
    const scene = await deps.db.scene.findFirstOrThrow({ where: { sourceId } });
    const clips = [];
    for (let n = 0; n < 24; n++)
      clips.push(await footage.addClip(sourceId, new Date(captured.getTime() + n * 3_600_000)));
    nowAt = daysAfter(captured, 40);
    // as the detector opens a flag: under the source's lock, refused where the recording is gone
    const openFlag = (at: Date) =>
      deps.db.$transaction(async (tx) => {
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
    await Promise.all([runRetention(deps), runRetention(deps), ...flags]);
    const over = await deps.db.$queryRaw<unknown[]>`
      select 1 from flag f join clip c on c.source_id = f.source_id and c.deleted_at is not null and f.from_at = c.started_at
      where f.source_id = ${sourceId}`;
    expect(over).toEqual([]);
    const left = await deps.db.clip.count({ where: { sourceId, deletedAt: null } });
    expect(left).toBe((await Promise.all(flags)).filter(Boolean).length);
    expect(await deps.db.deletionCertificate.count({ where: { sourceId } })).toBe(24 - left);
  });

  test("a picture or a sample of a recording that is gone is refused by the database", async () => {
    const clip = await footage.addClip(await footage.addSource(), captured);
    const { flag } = await footage.addAct(clip, "REJECTED", { withPicture: false });
    await runAt(41);
    expect((await clipRow(clip.id)).deletedAt).not.toBeNull();
    await expect(footage.addPicture(flag.id, clip)).rejects.toThrow(/deleted by rule/);
  });

  test("a certificate cannot be changed, deleted or emptied", async () => {
    await expect(deps.db.$executeRawUnsafe("update deletion_certificate set basis = 'x'")).rejects.toThrow(
      /append-only/,
    );
    await expect(deps.db.$executeRawUnsafe("delete from deletion_certificate")).rejects.toThrow(/append-only/);
    await expect(deps.db.$executeRawUnsafe("truncate deletion_certificate")).rejects.toThrow(/append-only/);
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
      const rows = await deps.db.$queryRaw<unknown[]>`
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
    server = await startMinio(join(data, "minio"));
  });
  afterAll(() => server.stop());

  test("bytes go with every version of them, and what is held stays", async () => {
    const { endpoint, accessKey, secretKey } = server;
    const store = await openS3Store({
      endpoint,
      accessKey,
      secretKey,
      bucket: "evidence",
      cacheFolder: join(data, "cache"),
    });
    const onS3 = createOldFootage({ db: deps.db, store });
    const sourceId = await onS3.addSource();
    const due = await onS3.addClip(sourceId, captured);
    const held = await onS3.addClip(sourceId, daysAfter(captured, 1));
    const act = await onS3.addAct(held, "LEGAL_REVIEW");
    nowAt = daysAfter(captured, 60);
    await runRetention({ ...deps, store });
    expect(await store.find(due.sha256)).toBeNull();
    expect(await store.verify(held.sha256)).toBe(true);
    expect(await store.verify(act.picture?.sha256 ?? "")).toBe(true);
  });
});
