import { appendCustody } from "@mingcha/infra/custody";
import { captureInstant, describePhoto, type PhotoDescription } from "@mingcha/infra/photos";
import { holdObjects } from "@mingcha/infra/retention";
import { AppError } from "@mingcha/models";
import type { onSitePhotoQuerySchema } from "@mingcha/models/http";
import { isoInZone } from "@mingcha/models/scene";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { applyChange, assertOfficer, lockCheck } from "./change-check.ts";
import { loadCheck } from "./load-check.ts";
import { receivePhoto } from "./receive-photo.ts";

type Query = z.output<typeof onSitePhotoQuerySchema>;
export interface Added {
  readonly id: string;
  readonly sha256: string;
  /** False: these bytes were there before. */
  readonly added: boolean;
}

/**
 * Takes a photo as the phone sent it. The original goes into the store bit by bit; beside it an upright JPEG to look at. The same bytes
 * sent again, after an answer that got lost, are the same photo. A new one undoes the signatures that stood.
 */
export async function addPhoto(
  deps: Deps,
  checkId: string,
  query: Query,
  body: NodeJS.ReadableStream,
  person: SignedIn,
): Promise<Added> {
  await assertOfficer(deps.db, await loadCheck(deps.db, checkId), person);
  return receivePhoto(deps, body, async ({ path, sha256, sizeBytes }) => {
    if (query.sha256 !== undefined && query.sha256 !== sha256) throw new AppError("HASH_MISMATCH");
    const known = await findKnown(deps, checkId, sha256);
    if (known !== null) return known;
    const photo = await describePhoto(path);
    if (photo.kind === "refused") throw new AppError("MEDIA_REFUSED", { zh: photo.zh, en: photo.en });
    await deps.store.putFile(path, { expectedSha256: sha256, ours: true });
    const view = await deps.store.putBytes(photo.view.bytes);
    return keepRow(deps, { checkId, query, sha256, sizeBytes, photo, viewSha256: view.sha256, person });
  });
}

/** The photo with these bytes in this check; refused where they stand for another check: who goes again takes photos again. */
async function findKnown({ db }: Deps, checkId: string, sha256: string): Promise<Added | null> {
  const same = await db.onSitePhoto.findMany({ where: { sha256 } });
  if (same.some((row) => row.checkId !== checkId))
    throw new AppError("MEDIA_REFUSED", {
      zh: "这张照片已用于另一次现场核查",
      en: "this photo already belongs to another on-site check",
    });
  const here = same.find((row) => row.checkId === checkId);
  if (here?.withdrawnAt)
    throw new AppError("MEDIA_REFUSED", { zh: "这张照片已撤回", en: "this photo was withdrawn from the check" });
  return here === undefined ? null : { id: here.id, sha256, added: false };
}

interface Described {
  readonly checkId: string;
  readonly query: Query;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly photo: PhotoDescription;
  readonly viewSha256: string;
  readonly person: SignedIn;
}

async function keepRow(
  deps: Deps,
  { checkId, query, sha256, sizeBytes, photo, viewSha256, person }: Described,
): Promise<Added> {
  const receivedAt = deps.now();
  const captured = captureInstant(photo.exif, isoInZone(receivedAt.getTime(), deps.profile.timezone).slice(-6));
  const { longitude, latitude, accuracyM = null } = query;
  return deps.db.$transaction(async (tx) => {
    const check = await lockCheck(tx, checkId);
    // two tries of one photo at once: the second finds the first
    const twin = check.photos.find((row) => row.sha256 === sha256);
    if (twin !== undefined) return { id: twin.id, sha256, added: false };
    await holdObjects(tx, deps.store, [sha256, viewSha256]);
    const row = await tx.onSitePhoto.create({
      data: {
        checkId,
        kind: query.kind,
        sha256,
        sizeBytes,
        mediaType: photo.mediaType,
        widthPx: photo.widthPx,
        heightPx: photo.heightPx,
        viewSha256,
        viewWidthPx: photo.view.widthPx,
        viewHeightPx: photo.view.heightPx,
        viewMadeBy: photo.view.madeBy,
        takenBy: person.id,
        takenAt: query.takenAt === undefined ? null : new Date(query.takenAt),
        receivedAt,
        capturedAt: captured.at,
        capturedBy: captured.by,
        exif: photo.exif,
        ...(longitude === undefined || latitude === undefined ? {} : { position: { longitude, latitude, accuracyM } }),
      },
    });
    await applyChange(tx, deps, check, { why: "photo_added", person });
    await appendCustody(tx, {
      action: "on_site.photo_added",
      subject: `clue:${check.clueId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: {
        checkId,
        photoId: row.id,
        kind: query.kind,
        sha256,
        sizeBytes,
        viewSha256,
        capturedAt: captured.at?.toISOString() ?? null,
      },
    });
    return { id: row.id, sha256, added: true };
  });
}
