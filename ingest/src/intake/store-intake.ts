import { stat } from "node:fs/promises";
import type { IntakeModel } from "@mingcha/infra/db";
import type { MediaInfo } from "@mingcha/infra/media";
import type { PutObject } from "@mingcha/infra/storage";
import { AppError, publicText } from "@mingcha/models";
import { detectClip, storeIntake } from "@mingcha/models/jobs";
import { chooseStartTime } from "../time/choose-start-time.ts";
import { chooseSource } from "./choose-source.ts";
import { commitClip } from "./commit-clip.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { type Examined, examineFile } from "./examine-file.ts";
import { findTelemetry, isTelemetryComing } from "./find-siblings.ts";
import type { IntakeDeps } from "./intake-deps.ts";
import { isOutage } from "./is-outage.ts";
import { readTelemetry } from "./read-telemetry.ts";
import { type IntakeRefusal, refuseIntake } from "./refusal.ts";
import { refuseFile } from "./refuse-file.ts";
import { roomAfter } from "./room.ts";
import { compareSaid, dockFileOf, saidOfDock } from "./said-of-dock.ts";
import { settleIntake } from "./settle-intake.ts";
import { chooseTelemetry, type Inside, insideOf, settleTelemetry, unreadableTracks } from "./settle-telemetry.ts";
import { startClue } from "./start-clue.ts";
import { startHintSchema } from "./start-hint.ts";
import type { UsedTelemetry } from "./used-telemetry.ts";
import { isVia, vias } from "./via.ts";

/** A file whose processing broke off this often without a reason is set aside. */
const attemptsMax = 3;

/**
 * Brings one waiting file in: examine, store, commit, settle, ring. Every step may be repeated after a kill at any moment with the same
 * result; refusals are rows with a reason, and only the unexpected is thrown.
 */
export async function storeIntakeNow(deps: IntakeDeps, intakeId: string): Promise<void> {
  const intake = await deps.db.intake.findUnique({ where: { id: intakeId } });
  if (!intake) return;
  if (intake.state === "WAITING") {
    if (await isTelemetryComing(deps.db, intake)) return;
    if (!(await hasRoom(deps, intake))) return;
    const { attempts } = await deps.db.intake.update({
      where: { id: intake.id },
      data: { attempts: { increment: 1 } },
    });
    if (attempts > attemptsMax)
      await refuseFile(deps, intake, refuseIntake("too_many_attempts", intake.reasonEn ?? ""));
    else await attempt(deps, intake);
  }
  await finish(deps, intakeId);
}

/**
 * One try. What goes wrong unexpectedly is noted in the row. A try counts while the file is being examined, which only a hostile file can
 * break, and when it ends in a bug; being killed while bytes are copied, or an outage, does not count against the file.
 */
async function attempt(deps: IntakeDeps, intake: IntakeModel): Promise<void> {
  const progress = { isExamined: false };
  try {
    const refusal = await takeIn(deps, intake, progress);
    if (refusal) await refuseFile(deps, intake, refusal);
  } catch (error) {
    const isFull = (error instanceof AppError && error.code === "STORE_FULL") || isNoSpace(error);
    const counted = Number(!progress.isExamined);
    const due = Number(!isOutage(error));
    await deps.db.intake.updateMany({
      where: { id: intake.id, state: "WAITING" },
      data: { attempts: { increment: due - counted }, ...waitingReason(isFull ? "STORE_FULL" : "INTERNAL") },
    });
    throw error;
  }
}

async function takeIn(
  deps: IntakeDeps,
  intake: IntakeModel,
  progress: { isExamined: boolean },
): Promise<IntakeRefusal | null> {
  const before = await stat(intake.stagedPath).catch(() => null);
  if (!before) return refuseIntake("file_gone");
  const examined = await examineFile(deps.tools, intake.stagedPath, intake.fileName);
  if (examined.kind === "refused") return examined;
  // it would place other recordings, which do not say on whose word
  if (examined.kind === "telemetry" && ((await dockFileOf(deps.db, intake))?.admission ?? null) !== null)
    return refuseIntake("telemetry_on_word");
  await deps.db.intake.updateMany({
    where: { id: intake.id, state: "WAITING" },
    data: { attempts: { decrement: 1 } },
  });
  progress.isExamined = true;
  // asked before a byte is stored: an object that belongs to nothing would never go again
  const named = intake.sourceId === null ? 1 : await deps.db.source.count({ where: { id: intake.sourceId } });
  if (named === 0) return refuseIntake("unknown_source", intake.sourceId ?? "");
  const stored = await putOriginal(deps, intake);
  if (stored === null) return refuseIntake("hash_mismatch", `SHA-256 ${intake.sha256?.slice(0, 16)}…`);
  const after = await stat(intake.stagedPath).catch(() => null);
  if (after?.size !== before.size || after.mtimeMs !== before.mtimeMs || stored.sizeBytes !== before.size)
    throw new Error("the file changed while it was being stored");
  return commit(deps, intake, stored, examined);
}

/** Stores the bytes as they are; null where they differ from what the uploader's bytes hashed to. */
async function putOriginal({ store }: IntakeDeps, intake: IntakeModel): Promise<PutObject | null> {
  try {
    return await store.putFile(intake.stagedPath, {
      ...(intake.sha256 === null ? {} : { expectedSha256: intake.sha256.toLowerCase() }),
      ours: isVia(intake.via) && vias[intake.via].afterStored === "delete",
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "HASH_MISMATCH" && intake.sha256 !== null) return null;
    throw error;
  }
}

async function commit(
  deps: IntakeDeps,
  intake: IntakeModel,
  stored: PutObject,
  examined: Exclude<Examined, IntakeRefusal>,
): Promise<IntakeRefusal | null> {
  if (examined.kind === "telemetry") {
    await commitTelemetry(deps, intake, stored);
    return null;
  }
  return commitMedia(deps, intake, stored, examined);
}

async function commitMedia(
  deps: IntakeDeps,
  intake: IntakeModel,
  stored: PutObject,
  { media, inside }: { readonly media: MediaInfo; readonly inside: Inside },
): Promise<IntakeRefusal | null> {
  const within = insideOf(inside, stored.sha256);
  for (;;) {
    const sibling = await findTelemetry(deps.db, intake);
    const besideSha256 = sibling?.sha256 ?? null;
    const { sourceId, fileName } = intake;
    const hasTelemetry = besideSha256 !== null || within?.content.isAircraft === true;
    const source = await chooseSource(deps.db, { sourceId, fileName, hasTelemetry });
    if (!source) return refuseIntake("unknown_source", sourceId ?? "");
    const beside = besideSha256 === null ? null : await readTelemetry(deps, besideSha256, source);
    const hint = intake.startHint === null ? null : startHintSchema.parse(intake.startHint);
    const start = chooseStartTime({
      live: hint,
      uploaderMs: intake.startedAtHint?.getTime() ?? null,
      telemetry: clueOf(within) ?? clueOf(beside),
      fileName,
      containerMs: media.createdAtMs,
      receivedMs: intake.createdAt.getTime(),
      durationMs: media.durationMs,
      timezone: source.timezone,
    });
    const times = {
      startedAt: new Date(start.atMs),
      startMethod: start.method,
      startUncertaintyMs: start.uncertaintyMs,
      durationMs: media.durationMs,
      containerMs: media.createdAtMs,
    };
    const { used, checks: compared } = chooseTelemetry(within, beside, times, source.timezone);
    const earlier = [...unreadableTracks(inside), ...compared];
    const settled = used === null ? null : settleTelemetry(used, times, earlier, source.timezone);
    const said = await saidOfDock(deps.db, intake);
    const words = said === null ? [] : compareSaid(said, settled?.points ?? [], times, source.timezone);
    const committed = await commitClip(deps, {
      intake,
      source,
      stored,
      media,
      start,
      deviceMs: hint?.deviceMs ?? null,
      besideSha256,
      telemetry: settled === null ? null : { ...settled, checks: [...settled.checks, ...words] },
      checks: [...earlier, ...words],
      said,
      words,
    });
    if (committed.kind === "bytes_gone") await putOriginal(deps, intake);
    if (committed.kind === "bytes_gone" || committed.kind === "again") continue;
    // which machine did it stands in its log alone
    if (committed.kind !== "done") deps.log.info({ intakeId: intake.id, clipId: committed.clipId }, "clip stored");
    return null;
  }
}

const clueOf = (telemetry: UsedTelemetry | null) => (telemetry === null ? null : startClue(telemetry.content));

/** After the decision: waiting bytes go where they belong, and a new clip's bell is rung. */
async function finish(deps: IntakeDeps, intakeId: string): Promise<void> {
  const intake = await deps.db.intake.findUnique({ where: { id: intakeId } });
  if (!intake || intake.state === "WAITING") return;
  if (intake.state === "STORED" && intake.clipId !== null)
    await deps.queues.ring(detectClip, { clipId: intake.clipId });
  if (intake.state === "STORED" && intake.clipId === null && intake.groupId !== null)
    await ringVideos(deps, intake.groupId);
  await settleIntake(deps, intake);
}

/** Videos of a flight wait for their telemetry; here it is. */
async function ringVideos({ db, queues }: IntakeDeps, groupId: string): Promise<void> {
  const waiting = await db.intake.findMany({ where: { groupId, state: "WAITING" }, select: { id: true } });
  for (const { id } of waiting) await queues.ring(storeIntake, { intakeId: id });
}

/** Room for the object and the reserve besides; else the row says why it waits, and the sweep asks again. What may wait leaves more. */
async function hasRoom(deps: IntakeDeps, intake: IntakeModel): Promise<boolean> {
  const room = await roomAfter(deps, Number(intake.sizeBytes));
  const mayWait = isVia(intake.via) && vias[intake.via].mayWait;
  if (room.takesNew && (room.takesLowValue || !mayWait)) return true;
  const data = waitingReason(room.takesNew ? "STORE_LOW" : "STORE_FULL");
  await deps.db.intake.updateMany({ where: { id: intake.id, state: "WAITING" }, data });
  return false;
}

function waitingReason(code: "STORE_FULL" | "STORE_LOW" | "INTERNAL") {
  const { zh, en } = publicText(code);
  return { reasonCode: code, reasonZh: zh, reasonEn: en };
}

const isNoSpace = (error: unknown): boolean => (error as NodeJS.ErrnoException | undefined)?.code === "ENOSPC";
