import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { holdObjects } from "@mingcha/infra/retention";
import { AppError } from "@mingcha/models";
import { type DeviceRecordCode, deviceRecordKinds } from "@mingcha/models/device";
import { deviceAttachmentMaxBytes, deviceAttachmentsMax } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { receivePhoto } from "../on-site/receive-photo.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertDuty } from "../plugins/access.ts";
import { readScan, type Scan } from "./read-scan.ts";

interface Place {
  readonly sourceId: string;
  readonly recordId: string;
}
interface Added {
  readonly id: string;
  readonly sha256: string;
  readonly added: boolean;
}

/** The record, for whoever may enter its kind in the source's district. Throws NOT_FOUND, WRONG_ROLE, WRONG_DISTRICT. */
export async function assertMayAttach(
  db: DatabaseOrTransaction,
  { profile }: Pick<Deps, "profile">,
  { sourceId, recordId }: Place,
  person: SignedIn,
) {
  const record = await db.deviceRecord.findFirst({ where: { id: recordId, sourceId } });
  if (record === null) throw new AppError("NOT_FOUND", {}, { detail: `device record ${recordId}` });
  const { by } = deviceRecordKinds[record.kind as DeviceRecordCode];
  assertDuty(person, by);
  await assertSourceDistrict(db, { profile, sourceId, person, needs: [by] });
  return record;
}

/** Keeps a scan or photo of what a record names, bit by bit; the same bytes again are the same attachment. */
export async function addAttachment(
  deps: Deps,
  place: Place,
  body: NodeJS.ReadableStream,
  person: SignedIn,
): Promise<Added> {
  await assertMayAttach(deps.db, deps, place, person);
  return receivePhoto(
    deps,
    body,
    async ({ path, sha256, sizeBytes }) => {
      const scan = await readScan(path);
      if (scan.kind === "refused") throw new AppError("MEDIA_REFUSED", { zh: scan.zh, en: scan.en });
      await deps.store.putFile(path, { expectedSha256: sha256, ours: true });
      const view = scan.view === null ? null : await deps.store.putBytes(scan.view.bytes);
      return keepRow(deps, place, { sha256, sizeBytes, scan, viewSha256: view?.sha256 ?? null }, person);
    },
    { maxBytes: deviceAttachmentMaxBytes, staging: "device" },
  );
}

interface Kept {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly scan: Scan;
  readonly viewSha256: string | null;
}

function keepRow(deps: Deps, place: Place, { sha256, sizeBytes, scan, viewSha256 }: Kept, person: SignedIn) {
  return deps.db.$transaction(async (tx): Promise<Added> => {
    // one at a time per record: of one file sent twice at once the second finds the first
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`attachment:${place.recordId}`}, 0))`;
    const record = await assertMayAttach(tx, deps, place, person);
    if (record.withdrawnAt !== null) throw new AppError("STALE");
    const rows = await tx.deviceAttachment.findMany({ where: { recordId: place.recordId } });
    const twin = rows.find((row) => row.sha256 === sha256);
    if (twin?.withdrawnAt)
      throw new AppError("MEDIA_REFUSED", {
        zh: "该文件已从本登记撤回",
        en: "this file was withdrawn from the record",
      });
    if (twin !== undefined) return { id: twin.id, sha256, added: false };
    if (rows.length >= deviceAttachmentsMax)
      throw new AppError("MEDIA_REFUSED", {
        zh: `一项登记最多 ${deviceAttachmentsMax} 个附件`,
        en: `a record has at most ${deviceAttachmentsMax} attachments`,
      });
    await holdObjects(tx, deps.store, [sha256, viewSha256]);
    const row = await tx.deviceAttachment.create({
      data: {
        recordId: place.recordId,
        sha256,
        sizeBytes,
        mediaType: scan.mediaType,
        viewSha256,
        ...(scan.view === null ? {} : { viewMadeBy: scan.view.madeBy }),
        createdBy: person.id,
        createdAt: deps.now(),
      },
    });
    await appendCustody(tx, {
      action: "device.attached",
      subject: `source:${place.sourceId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: {
        recordId: place.recordId,
        attachmentId: row.id,
        sha256,
        sizeBytes,
        mediaType: scan.mediaType,
        viewSha256,
      },
    });
    return { id: row.id, sha256, added: true };
  });
}

/** Takes back a file that was attached wrongly; it stays in the store and in the log, and is not given out any more. */
export async function withdrawAttachment(
  deps: Deps,
  { attachmentId, reason, ...place }: Place & { readonly attachmentId: string; readonly reason: string },
  person: SignedIn,
): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    await assertMayAttach(tx, deps, place, person);
    const row = await tx.deviceAttachment.findFirst({ where: { id: attachmentId, recordId: place.recordId } });
    if (row === null) throw new AppError("NOT_FOUND", {}, { detail: `device attachment ${attachmentId}` });
    const done = await tx.deviceAttachment.updateMany({
      where: { id: attachmentId, withdrawnAt: null },
      data: { withdrawnAt: deps.now(), withdrawnBy: person.id, withdrawnReason: reason },
    });
    if (done.count !== 1) throw new AppError("STALE");
    await appendCustody(tx, {
      action: "device.attachment_withdrawn",
      subject: `source:${place.sourceId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { recordId: place.recordId, attachmentId, sha256: row.sha256, noted: true },
    });
  });
}
