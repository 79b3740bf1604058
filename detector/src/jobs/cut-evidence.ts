import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { probe } from "@mingcha/infra/media";
import { lockObjects } from "@mingcha/infra/retention";
import { masksAt } from "@mingcha/infra/scenes";
import { type BoxNorm, decodeLook, parseScene, storedLookSchema } from "@mingcha/models/scene";
import { z } from "zod";
import { chooseLooks, type WantedPicture } from "../evidence/choose-looks.ts";
import { machine } from "./claim-clip.ts";
import type { DetectorDeps } from "./deps.ts";
import { readAttributes } from "./read-attributes.ts";

/** An act that goes on gets another picture at most this often. */
const duringEveryMs = 60_000;
const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const intervalsSchema = z.array(z.object({ state: z.string(), from: z.string(), to: z.string() }));
const judgeSchema = z.object({ best: z.object({ at: z.string(), boxNorm: boxSchema }) });

/**
 * Cuts the pictures of a flag from its originals: wide, close, before, during (first and last), after. Derivatives name their
 * parent's hash and how they were made; originals stay untouched. Pictures that are already there stay: twice changes nothing.
 */
export async function cutEvidence(deps: DetectorDeps, flagId: string): Promise<void> {
  const { db } = deps;
  const flag = await db.flag.findUnique({ where: { id: flagId }, include: { evidence: true } });
  if (flag === null) return;
  const sceneRow = await db.scene.findUniqueOrThrow({ where: { id: flag.sceneId } });
  const parsed = parseScene(sceneRow.document);
  if (parsed.kind === "bad") throw new Error(`scene ${flag.sceneId}: ${parsed.text.en}`);
  const rows = await db.look.findMany({
    where: {
      sourceId: flag.sourceId,
      capturedAt: { gte: new Date(flag.from.getTime() - 120_000), lte: new Date(flag.to.getTime() + 120_000) },
    },
    orderBy: { capturedAt: "asc" },
    include: { clip: true },
  });
  const clipAt = new Map(rows.map((row) => [row.capturedAt.getTime(), row.clip]));
  const looks = rows.map((row) => decodeLook(storedLookSchema.parse(row.detections)));
  const { best } = judgeSchema.parse(flag.judge);
  const act = {
    fromMs: flag.from.getTime(),
    toMs: flag.to.getTime(),
    isOpen: !flag.ended,
    intervals: intervalsSchema
      .parse(flag.intervals)
      .map(({ state, from, to }) => ({ state, fromMs: Date.parse(from), toMs: Date.parse(to) })),
    boxNorm: boxSchema.parse(flag.boxNorm) as BoxNorm,
    best: { capturedAtMs: Date.parse(best.at), boxNorm: best.boxNorm as BoxNorm },
  };
  const wanted = chooseLooks(act, looks).filter((picture) => isNew(picture, flag.evidence, flag.ended));
  for (const { kind, look, cropNorm } of wanted) {
    const clip = clipAt.get(look.capturedAtMs);
    // one that was deleted in time was looked at by a person long ago, or shows an act that became no flag
    if (clip === undefined || clip.deletedAt !== null) continue;
    await deps.store.withFile(clip.sha256, async (file) => {
      const media = await probe(deps.tools, file);
      if (media.kind === "refused") throw new Error(`evidence of flag ${flagId}: ${media.text.en}`);
      const { demuxer, isPhoto } = media.media;
      const still = await deps.renderStill({
        original: { file, demuxer, isPhoto },
        offsetMs: look.offsetMs,
        scene: { zones: [...parsed.scene.zones, ...(await masksAt(db, momentOf(clip, look)))] },
        ...(cropNorm === undefined ? {} : { cropNorm }),
      });
      if (still.kind === "refused") throw new Error(`evidence of flag ${flagId}: ${still.text.en}`);
      const { bytes, widthPx, heightPx } = still;
      const stored = await deps.store.putBytes(bytes);
      const madeBy = {
        tool: "ffmpeg",
        version: deps.tools.ffmpeg.version,
        steps: [
          "frame of the original at offsetMs, lossless",
          ...(cropNorm === undefined ? [] : [`crop ${cropNorm.map((edge) => edge.toFixed(5)).join(",")}`]),
          "JPEG quality 92, 4:4:4, no metadata, privacy zones blackened",
        ],
        offsetMs: look.offsetMs,
      };
      await db
        .$transaction(async (tx) => {
          // Two machines may cut for one flag, each with its own idea of the best look: who comes second looks again.
          await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`evidence:${flagId}`}, 0))`;
          const already = await tx.evidence.findMany({ where: { flagId }, select: { kind: true, capturedAt: true } });
          if (!isNew({ kind, look }, already, flag.ended)) return;
          await lockObjects(tx, [stored.sha256]);
          // the same picture of another flag may have gone in between
          if ((await deps.store.find(stored.sha256)) === null) await deps.store.putBytes(bytes);
          const made = await tx.evidence.create({
            data: {
              flagId,
              kind,
              clipId: clip.id,
              offsetMs: look.offsetMs,
              capturedAt: new Date(look.capturedAtMs),
              sha256: stored.sha256,
              parentSha256: clip.sha256,
              mediaType: "image/jpeg",
              sizeBytes: stored.sizeBytes,
              widthPx,
              heightPx,
              madeBy,
            },
          });
          await appendCustody(tx, {
            action: "evidence.cut",
            subject: `flag:${flagId}`,
            actor: machine,
            detail: { evidenceId: made.id, kind, sha256: stored.sha256, parentSha256: clip.sha256 },
          });
        })
        .catch((error: unknown) => {
          if (!isDuplicate(error)) throw error;
        });
    });
  }
  if (flag.readings === null) {
    const bestClip = clipAt.get(act.best.capturedAtMs);
    const clipSha256 = bestClip?.deletedAt === null ? bestClip.sha256 : undefined;
    await readAttributes(deps, flag, act.best, { looks, clipSha256 });
  }
  await db.flag.updateMany({ where: { id: flagId, to: flag.to, ended: flag.ended }, data: { evidenceTo: flag.to } });
}

const momentOf = (clip: { sourceId: string; receivedAt: Date }, look: { capturedAtMs: number }) => ({
  sourceId: clip.sourceId,
  receivedAt: clip.receivedAt,
  capturedAt: new Date(look.capturedAtMs),
});

type Existing = { kind: string; capturedAt: Date };

/** Wide, close, before and after exist once; "during" at the beginning, at the end, and once a minute while the act goes on. */
function isNew(picture: Pick<WantedPicture, "kind" | "look">, existing: readonly Existing[], ended: boolean): boolean {
  const same = existing.filter((item) => item.kind === picture.kind);
  if (same.some((item) => item.capturedAt.getTime() === picture.look.capturedAtMs)) return false;
  if (picture.kind !== "during") return same.length === 0;
  const newest = Math.max(...same.map((item) => item.capturedAt.getTime()), Number.NEGATIVE_INFINITY);
  return same.length < 2 || ended || picture.look.capturedAtMs - newest >= duringEveryMs;
}
