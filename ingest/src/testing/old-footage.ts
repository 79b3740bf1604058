import { randomBytes, randomUUID } from "node:crypto";
import type { Database, DbClueState } from "@mingcha/infra/db";
import type { ObjectStore } from "@mingcha/infra/storage";
import { takePhoto } from "@mingcha/infra/testing";

const dayMs = 86_400_000;

/** A camera and recordings of it that are already looked at, with acts and records on them, as the other processes write them. */
export function createOldFootage({ db, store }: { db: Database; store: ObjectStore }) {
  async function addSource(id: string = `cam-${randomUUID().slice(0, 8)}`, kind = "fixed"): Promise<string> {
    await db.source.create({ data: { id, name: id, kind, place: "示例路1号" } });
    await db.scene.create({
      data: { sourceId: id, version: 1, document: {}, sha256: "0".repeat(64), validFrom: new Date(0) },
    });
    return id;
  }

  async function addClip(sourceId: string, at: Date, { bytes = randomBytes(2_000), state = "DETECTED" as const } = {}) {
    const { sha256, sizeBytes } = await store.putBytes(bytes);
    const clip = await db.clip.create({
      data: {
        sourceId,
        fileName: "old.mp4",
        sha256,
        sizeBytes,
        container: "mov",
        codec: "h264",
        widthPx: 640,
        heightPx: 360,
        durationMs: 10_000,
        startedAt: at,
        startMethod: "uploader",
        startUncertaintyMs: 1_000,
        receivedAt: at,
        state,
        looks: {
          create: {
            offsetMs: 0,
            sourceId,
            capturedAt: at,
            status: "seen",
            modelId: "m",
            modelSha256: "a".repeat(64),
            detections: {},
          },
        },
        telemetry: { create: { offsetMs: 0, heightM: 50 } },
      },
    });
    return clip;
  }

  /** An act on a clip with its wide picture; `state` null: no record of it yet. */
  async function addAct(
    clip: { id: string; sourceId: string; sha256: string; startedAt: Date },
    state: DbClueState | null,
    { changedAt = clip.startedAt, withPicture = true, mergedIntoId = null as string | null } = {},
  ) {
    const scene = await db.scene.findFirstOrThrow({ where: { sourceId: clip.sourceId } });
    const from = clip.startedAt;
    const to = new Date(from.getTime() + 5_000);
    const flag = await db.flag.create({
      data: {
        sourceId: clip.sourceId,
        sceneId: scene.id,
        ruleKey: `STALL/z1/${randomUUID().slice(0, 4)}`,
        violation: "STALL",
        zoneId: "z1",
        place: "示例路1号",
        from,
        to,
        ended: true,
        dwellS: 5,
        score: 0.8,
        boxNorm: [0.2, 0.2, 0.2, 0.2],
        intervals: [],
        trace: [],
        modelId: "m",
        modelSha256: "a".repeat(64),
        evidenceTo: to,
      },
    });
    const picture = withPicture ? await addPicture(flag.id, clip) : null;
    if (state === null) return { flag, picture, clueId: null };
    const clueId = randomUUID();
    // rows as they are after their reviews; the triggers that ask for those have tests of their own
    await db.$transaction(async (tx) => {
      await tx.$executeRawUnsafe("set local session_replication_role = replica");
      await tx.clue.create({
        data: {
          id: clueId,
          flagId: flag.id,
          state,
          violation: "STALL",
          sourceId: clip.sourceId,
          place: "示例路1号",
          from,
          to,
          dueAt: from,
          queueAt: from,
          mergedIntoId,
        },
      });
      await tx.$executeRaw`update clue set updated_at = ${changedAt} where id = ${clueId}::uuid`;
    });
    return { flag, picture, clueId };
  }

  async function addPicture(flagId: string, clip: { id: string; sha256: string; startedAt: Date }) {
    const bytes = await takePhoto();
    const { sha256, sizeBytes } = await store.putBytes(bytes);
    return db.evidence.create({
      data: {
        flagId,
        kind: "wide",
        clipId: clip.id,
        offsetMs: 0,
        capturedAt: clip.startedAt,
        sha256,
        parentSha256: clip.sha256,
        mediaType: "image/jpeg",
        sizeBytes,
        widthPx: 640,
        heightPx: 360,
        madeBy: {},
        createdAt: clip.startedAt,
      },
    });
  }

  return { addSource, addClip, addAct, addPicture };
}

export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * dayMs);
