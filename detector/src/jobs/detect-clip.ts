import { appendCustody } from "@mingcha/infra/custody";
import type { Prisma } from "@mingcha/infra/db";
import type { Logger } from "@mingcha/infra/log";
import { probe } from "@mingcha/infra/media";
import { encodeLook, type Look, roundLook } from "@mingcha/models/scene";
import { maskPrivacy } from "@mingcha/models/violations";
import { completeLooks, forScene, isOtherShape, planLooks, plannedOffsetsMs } from "../runtime/plan-looks.ts";
import { type ClipLease, claimClip, machine, quarantineClip, releaseLease, renewLease } from "./claim-clip.ts";
import { cutEvidence } from "./cut-evidence.ts";
import type { DetectorDeps } from "./deps.ts";
import { evaluateSource } from "./evaluate-source.ts";
import { poseAt } from "./pose-at.ts";
import { findScene } from "./scene-versions.ts";
import { loadViewReference, saveViewReference } from "./view-reference.ts";

/** Cadence for a source that nobody has drawn a scene for yet: its looks are kept, so that rules can be tried on them later. */
const defaultLookEveryS = 5;
const renewEveryMs = 5_000;

/**
 * Job detect-clip: takes the looks of a clip, stores them, re-evaluates its source, then cuts evidence. Killed at any moment
 * and run again the result is the same: looks, occupancy and flags are written in one transaction that the lease fences.
 */
export async function detectClip(deps: DetectorDeps, clipId: string, log: Logger): Promise<void> {
  const lease = await claimClip(deps.db, clipId);
  if (lease === null) return;
  const timer = setInterval(() => {
    renewLease(deps.db, lease).catch((error: unknown) => log.warn({ err: error, clipId }, "could not renew the lease"));
  }, renewEveryMs);
  try {
    const changed = await takeAndStore(deps, lease, log);
    for (const flagId of changed) await cutEvidence(deps, flagId);
  } catch (error) {
    await releaseLease(deps.db, lease);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

async function takeAndStore(deps: DetectorDeps, lease: ClipLease, log: Logger): Promise<string[]> {
  const { db } = deps;
  const clip = await db.clip.findUniqueOrThrow({
    where: { id: lease.clipId },
    include: { telemetry: { orderBy: { offsetMs: "asc" } } },
  });
  const row = await findScene(db, clip.sourceId, clip.startedAt);
  const taken = await deps.store.withFile(clip.sha256, async (file) => {
    const probed = await probe(deps.tools, file, { keyframes: true });
    if (probed.kind === "refused") return probed;
    const plain = planLooks(probed.media, row?.scene.lookEveryS ?? defaultLookEveryS);
    const task = row === null ? plain : forScene(plain, row.scene, await loadViewReference(db, row.id));
    const outcome = await deps.inference.look(task);
    if (outcome.kind !== "ok") return outcome;
    const startMs = clip.startedAt.getTime();
    const otherShape = row !== null && isOtherShape(probed.media, row.scene);
    return {
      kind: "ok" as const,
      viewReference: otherShape ? undefined : outcome.viewReference,
      looks: completeLooks(outcome.looks, plannedOffsetsMs(probed.media, task), {
        startMs,
        everyMs: task.everyMs,
        reason: "decode_failed",
        otherShape,
      }),
    };
  });
  if (taken.kind === "refused") {
    await quarantineClip(db, lease, { code: taken.code, zh: taken.text.zh, en: taken.text.en });
    return [];
  }
  if (taken.kind === "failed") throw new Error(taken.text);

  const looks = taken.looks.map((look): Look => {
    const pose = poseAt(clip.telemetry, look.offsetMs);
    const placed = pose === undefined ? look : { ...look, pose };
    return roundLook(
      placed.status === "seen" && row !== null
        ? { ...placed, detections: maskPrivacy(placed.detections, row.scene) }
        : placed,
    );
  });
  const changed = await db.$transaction(
    async (tx) => {
      const fenced = await tx.clip.updateMany({
        where: { id: clip.id, leaseToken: lease.token, state: "STORED" },
        data: { state: "DETECTED", detectedAt: new Date(), leaseToken: null, leaseUntil: null },
      });
      if (fenced.count !== 1) {
        log.warn({ clipId: clip.id }, "another process took the clip over");
        return null;
      }
      await tx.look.createMany({ data: looks.map((look) => lookData(deps, clip, look)), skipDuplicates: true });
      if (row !== null && taken.viewReference !== undefined)
        await saveViewReference(tx, { sceneId: row.id, sourceId: clip.sourceId }, clip.startedAt, taken.viewReference);
      const first = looks[0]?.capturedAtMs ?? clip.startedAt.getTime();
      const last = looks.at(-1)?.capturedAtMs ?? first;
      const changed = await evaluateSource(tx, deps, clip.sourceId, { from: new Date(first), to: new Date(last) });
      // Last: the custody log has one end for all machines, and nobody holds it while rules are evaluated.
      await appendCustody(tx, {
        action: "clip.detected",
        subject: `clip:${clip.id}`,
        actor: machine,
        detail: {
          looks: looks.length,
          missing: looks.filter((look) => look.status === "missing").length,
          modelId: deps.model.id,
          modelSha256: deps.model.sha256,
          sceneId: row?.id ?? null,
        },
      });
      return changed;
    },
    { timeout: 60_000 },
  );
  if (changed !== null) log.info({ clipId: clip.id, looks: looks.length }, "clip detected");
  return changed ?? [];
}

function lookData(deps: DetectorDeps, clip: { id: string; sourceId: string }, look: Look): Prisma.LookCreateManyInput {
  return {
    clipId: clip.id,
    offsetMs: Math.round(look.offsetMs),
    sourceId: clip.sourceId,
    capturedAt: new Date(Math.round(look.capturedAtMs)),
    status: look.status,
    reason: look.status === "missing" ? look.reason : null,
    modelId: deps.model.id,
    modelSha256: deps.model.sha256,
    detections: encodeLook(look) as unknown as Prisma.InputJsonValue,
    ...(look.pose === undefined ? {} : { pose: { ...look.pose } }),
  };
}
