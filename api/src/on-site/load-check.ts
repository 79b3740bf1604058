import { createHash } from "node:crypto";
import { canonicalJson } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { type OnSitePhotoKind, onSiteFindingsSchema, positionSchema, signedContent } from "@mingcha/models/on-site";

export const checkInclude = {
  photos: { orderBy: [{ receivedAt: "asc" }, { id: "asc" }] },
  signatures: { orderBy: { signedAt: "asc" } },
} as const satisfies Prisma.OnSiteCheckInclude;

export type LoadedCheck = Prisma.OnSiteCheckGetPayload<{ include: typeof checkInclude }>;

export async function loadCheck(db: DatabaseOrTransaction, id: string): Promise<LoadedCheck> {
  const check = await db.onSiteCheck.findUnique({ where: { id }, include: checkInclude });
  if (check === null) throw new AppError("NOT_FOUND", {}, { detail: `on-site check ${id}` });
  return check;
}

/** Every check of a record, newest first. */
export function loadChecks(db: DatabaseOrTransaction, clueId: string): Promise<LoadedCheck[]> {
  return db.onSiteCheck.findMany({ where: { clueId }, include: checkInclude, orderBy: { createdAt: "desc" } });
}

/** The check that counts: the newest of the record's present round. One that was withdrawn does not bring back the one before it. */
export function checkInForce(checks: readonly LoadedCheck[], round: number): LoadedCheck | undefined {
  const newest = checks.find((check) => check.round === round);
  return newest?.state === "WITHDRAWN" ? undefined : newest;
}

export const officerIdsOf = (check: LoadedCheck): [string, string] => [check.firstOfficerId, check.secondOfficerId];
export const photosInForce = (check: LoadedCheck): LoadedCheck["photos"] =>
  check.photos.filter(({ withdrawnAt }) => withdrawnAt === null);

/** The bytes that a signature of the check as it stands is under, and their SHA-256. */
export function contentOf(check: LoadedCheck): { bytes: Buffer; sha256: string } {
  const bytes = canonicalJson(
    signedContent({
      id: check.id,
      clueId: check.clueId,
      officerIds: officerIdsOf(check),
      dispatchedBy: check.dispatchedBy,
      findings: onSiteFindingsSchema.parse(check.findings),
      photos: photosInForce(check).map((photo) => ({
        sha256: photo.sha256,
        kind: photo.kind as OnSitePhotoKind,
        takenBy: photo.takenBy,
        capturedAt: photo.capturedAt?.toISOString() ?? null,
        receivedAt: photo.receivedAt.toISOString(),
        position: positionSchema.nullable().parse(photo.position),
      })),
    }),
  );
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Signatures under the content as it stands: not undone, and their hash is that of what is there now. */
export function signaturesInForce(check: LoadedCheck): LoadedCheck["signatures"] {
  const { sha256 } = contentOf(check);
  return check.signatures.filter((signature) => signature.voidedAt === null && signature.sha256 === sha256);
}
