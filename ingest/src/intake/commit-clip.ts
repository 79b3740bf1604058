import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, IntakeModel, SourceModel } from "@mingcha/infra/db";
import type { MediaInfo } from "@mingcha/infra/media";
import type { PutObject } from "@mingcha/infra/storage";
import type { Said } from "@mingcha/models/dock";
import type { ChosenStart } from "../time/choose-start-time.ts";
import { findTelemetry } from "./find-siblings.ts";
import { type IntakeDeps, machine } from "./intake-deps.ts";
import { linkTelemetry } from "./link-telemetry.ts";
import { lockFor } from "./lock-for.ts";
import { isStillStored, reviveClip } from "./revive-clip.ts";
import { addChecks, saidOfDock } from "./said-of-dock.ts";
import type { SettledTelemetry } from "./settle-telemetry.ts";
import type { TelemetryCheck } from "./telemetry-check.ts";

export interface ClipToCommit {
  readonly intake: IntakeModel;
  readonly source: SourceModel;
  readonly stored: PutObject;
  readonly media: MediaInfo;
  readonly start: ChosenStart;
  /** What the device's own clock said of the start, where it said anything. */
  readonly deviceMs: number | null;
  /** Telemetry beside the recording that was there when the rest was decided: hash of its object. */
  readonly besideSha256: string | null;
  readonly telemetry: SettledTelemetry | null;
  /** What has to be said of its telemetry even where none of it can be used. */
  readonly checks: readonly TelemetryCheck[];
  /** What a dock's message said of the file when the rest was decided, and how that compares. */
  readonly said: Said | null;
  readonly words: readonly TelemetryCheck[];
}

export type Committed =
  | { readonly kind: "stored" | "duplicate"; readonly clipId: string }
  /** Telemetry or a dock's message arrived in between: decide again with it. */
  | { readonly kind: "again" }
  /** The same bytes were deleted in between, their time with another clip being over: store them again. */
  | { readonly kind: "bytes_gone" }
  /** Somebody else has finished this intake. */
  | { readonly kind: "done" };

/** One transaction: clip, flight, telemetry points, custody entries, and the intake's new state. All or nothing. */
export function commitClip(
  { db, tools, store }: Pick<IntakeDeps, "db" | "tools" | "store">,
  clip: ClipToCommit,
): Promise<Committed> {
  const { intake, source, stored, telemetry, besideSha256 } = clip;
  return db.$transaction(async (transaction): Promise<Committed> => {
    await lockFor(transaction, `group:${intake.groupId ?? intake.id}`, `object:${stored.sha256}`);
    const sibling = await findTelemetry(transaction, intake);
    if ((sibling?.sha256 ?? null) !== besideSha256) return { kind: "again" };
    // said once, and never anew
    if ((clip.said === null) !== ((await saidOfDock(transaction, intake)) === null)) return { kind: "again" };
    if (!(await isStillStored(store, stored))) return { kind: "bytes_gone" };

    const existing = await transaction.clip.findFirst({
      // Without a source of its own the same recording is the same clip, wherever it lies.
      where: { sha256: stored.sha256, ...(intake.sourceId === null ? {} : { sourceId: source.id }) },
      orderBy: { receivedAt: "asc" },
    });
    const clipId = existing?.id ?? crypto.randomUUID();
    const isGone = existing !== null && existing.deletedAt !== null;
    const taken = await transaction.intake.updateMany({
      where: { id: intake.id, state: "WAITING" },
      data: {
        state: existing && !isGone ? "DUPLICATE" : "STORED",
        clipId,
        sha256: stored.sha256,
        sizeBytes: BigInt(stored.sizeBytes),
        sourceId: existing?.sourceId ?? source.id,
        reasonCode: null,
        reasonZh: null,
        reasonEn: null,
      },
    });
    if (taken.count === 0) return { kind: "done" };
    const row = isGone
      ? await reviveClip(transaction, clipId, intake)
      : (existing ?? (await createClip(transaction, clipId, clip)));
    if (telemetry && (row.telemetryFormat === null || isGone)) await linkTelemetry(transaction, row, source, telemetry);
    if (existing && !isGone) await addChecks(transaction, clipId, clip.words);
    await appendCustody(transaction, {
      action: existing && !isGone ? "clip.received-again" : "clip.stored",
      subject: `clip:${clipId}`,
      actor: machine,
      detail: { ...custodyDetail(clip, tools.ffprobe.version), ...(isGone ? { afterDeletion: true } : {}) },
    });
    return { kind: existing && !isGone ? "duplicate" : "stored", clipId };
  });
}

function createClip(
  transaction: DatabaseOrTransaction,
  id: string,
  { intake, source, stored, media, start, deviceMs, checks }: ClipToCommit,
) {
  return transaction.clip.create({
    data: {
      id,
      sourceId: source.id,
      intakeId: intake.id,
      collectorId: intake.personId,
      fileName: intake.fileName,
      sha256: stored.sha256,
      sizeBytes: BigInt(stored.sizeBytes),
      container: media.demuxer,
      codec: media.codec,
      widthPx: media.widthPx,
      heightPx: media.heightPx,
      durationMs: media.durationMs,
      startedAt: new Date(start.atMs),
      startMethod: start.method,
      startUncertaintyMs: start.uncertaintyMs,
      deviceStartedAt: deviceMs === null ? null : new Date(deviceMs),
      receivedAt: intake.createdAt,
      telemetryChecks: [...checks],
    },
  });
}

const custodyDetail = ({ intake, source, stored, media, start, deviceMs }: ClipToCommit, ffprobe: string) => ({
  intakeId: intake.id,
  via: intake.via,
  sourceId: source.id,
  sha256: stored.sha256,
  sizeBytes: stored.sizeBytes,
  container: media.demuxer,
  codec: media.codec,
  durationMs: media.durationMs,
  startedAt: new Date(start.atMs).toISOString(),
  startMethod: start.method,
  startUncertaintyMs: start.uncertaintyMs,
  ...(deviceMs === null ? {} : { deviceStartedAt: new Date(deviceMs).toISOString() }),
  disagreements: start.disagreements.map(({ method, atMs, reason }) => ({
    method,
    at: new Date(atMs).toISOString(),
    reason,
  })),
  ...(intake.personId === null ? {} : { collectorId: intake.personId }),
  // the object that was there under this name was not what it had been
  ...(stored.isMended ? { replacedDamagedObject: true } : {}),
  probedWith: ffprobe,
});
