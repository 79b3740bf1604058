import { appendCustody } from "@mingcha/infra/custody";
import type { ClipModel, DatabaseOrTransaction, IntakeModel, SourceModel } from "@mingcha/infra/db";
import type { StoredObject } from "@mingcha/infra/storage";
import type { Telemetry } from "../telemetry/telemetry.ts";
import { type ChosenStart, chooseStartTime } from "../time/choose-start-time.ts";
import { findClip } from "./find-siblings.ts";
import { type IntakeDeps, machine } from "./intake-deps.ts";
import { joinTelemetry } from "./join-telemetry.ts";
import { lockFor } from "./lock-for.ts";
import { readTelemetry } from "./read-telemetry.ts";
import { startClue } from "./start-clue.ts";

/** Telemetry is stored as an object; its video may be here already or still to come. */
export async function commitTelemetry(deps: IntakeDeps, intake: IntakeModel, stored: StoredObject): Promise<void> {
  const early = await findClip(deps.db, intake);
  const source = early ? await deps.db.source.findUnique({ where: { id: early.sourceId } }) : null;
  const beside = await readTelemetry(deps, stored.sha256, source);
  const { content } = beside;
  await deps.db.$transaction(async (transaction) => {
    await lockFor(transaction, `group:${intake.groupId ?? intake.id}`);
    const clip = await findClip(transaction, intake);
    const taken = await transaction.intake.updateMany({
      where: { id: intake.id, state: "WAITING" },
      data: {
        state: "STORED",
        sha256: stored.sha256,
        sizeBytes: BigInt(stored.sizeBytes),
        reasonCode: null,
        reasonZh: null,
        reasonEn: null,
      },
    });
    if (taken.count === 0) return;
    if (clip) {
      const owner =
        source?.id === clip.sourceId
          ? source
          : await transaction.source.findUniqueOrThrow({ where: { id: clip.sourceId } });
      const dated = await dateClip(transaction, clip, owner, content);
      await joinTelemetry(transaction, dated, owner, beside);
    }
    await appendCustody(transaction, {
      action: "telemetry.stored",
      subject: `intake:${intake.id}`,
      actor: machine,
      detail: { via: intake.via, sha256: stored.sha256, sizeBytes: stored.sizeBytes, format: content.format },
    });
  });
}

/**
 * Late telemetry dates a clip that had no better clue and that nobody has begun to analyse; once looks may exist its time stands, and
 * the disagreement is written down.
 */
async function dateClip(
  transaction: DatabaseOrTransaction,
  clip: ClipModel,
  source: SourceModel,
  telemetry: Telemetry,
): Promise<ClipModel> {
  const start = chooseStartTime({
    live: null,
    uploaderMs: clip.startMethod === "uploader" ? clip.startedAt.getTime() : null,
    // what the video itself carries was there first and knows its own time
    telemetry: clip.startMethod === "telemetry" ? null : startClue(telemetry),
    fileName: clip.fileName,
    containerMs: clip.startMethod === "container" ? clip.startedAt.getTime() : null,
    receivedMs: clip.receivedAt.getTime(),
    durationMs: clip.durationMs,
    timezone: source.timezone,
  });
  if (start.method !== "telemetry") return clip;
  const dated = {
    startedAt: new Date(start.atMs),
    startMethod: start.method,
    startUncertaintyMs: start.uncertaintyMs,
  };
  const changed = await transaction.clip.updateMany({
    where: { id: clip.id, state: "STORED", leaseToken: null, detectAttempts: 0 },
    data: dated,
  });
  const isChanged = changed.count > 0;
  await noteTime(transaction, clip, start, isChanged);
  return isChanged ? { ...clip, ...dated } : clip;
}

async function noteTime(
  transaction: DatabaseOrTransaction,
  clip: ClipModel,
  start: ChosenStart,
  isChanged: boolean,
): Promise<void> {
  await appendCustody(transaction, {
    action: isChanged ? "clip.start-corrected" : "clip.start-disputed",
    subject: `clip:${clip.id}`,
    actor: machine,
    detail: {
      startedAt: clip.startedAt.toISOString(),
      startMethod: clip.startMethod,
      telemetryStart: new Date(start.atMs).toISOString(),
      reason: isChanged ? "telemetry arrived after the video" : "telemetry arrived after analysis had begun",
    },
  });
}
