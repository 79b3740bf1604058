import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DockFileModel } from "@mingcha/infra/db";
import type { Fetched, SeenObject, UploadBucket } from "@mingcha/infra/dock";
import { dockFileBytesMax, dockLimits, saidSchema } from "@mingcha/models/dock";
import { roomAfter } from "../../intake/room.ts";
import type { DockDeps } from "../dock-deps.ts";
import { noteInCustody, setAside } from "./move-file.ts";

/** Where the bytes of a dock's file wait; those of another attempt elsewhere, since what was refused may still be on its way to quarantine. */
export const stagedPathOf = (
  { dockFolder }: Pick<DockDeps, "dockFolder">,
  { id, attempt }: Pick<DockFileModel, "id" | "attempt">,
): string => join(dockFolder, attempt === 1 ? id : `${id}.${attempt}`);

/** A file that was announced or found: the object is looked at, compared with what was said, fetched and hashed. */
export async function verifyFile(
  deps: DockDeps,
  bucket: UploadBucket,
  file: DockFileModel,
): Promise<"later" | undefined> {
  const seen = await bucket.see(file.objectKey);
  if (seen === null) return absent(deps, file);
  if (file.etag !== null && file.etag !== seen.etag)
    return setAside(deps, file, "mismatch", "overwritten", { laterEtag: seen.etag });
  if (seen.sizeBytes === 0) return setAside(deps, file, "mismatch", "empty", { judged: seen });
  if (seen.sizeBytes > dockFileBytesMax) return setAside(deps, file, "mismatch", "too_large", { judged: seen });
  // on a person's word it is taken in whatever its message said
  const saidBytes = file.said === null || file.admission !== null ? null : saidSchema.parse(file.said).sizeBytes;
  if (saidBytes !== null && saidBytes !== seen.sizeBytes)
    return setAside(deps, file, "mismatch", "size_differs", { judged: seen });
  // it lies well where it lies: the room goes to what cannot wait
  if (!(await roomAfter(deps, seen.sizeBytes)).takesLowValue) return "later";
  const fetched = await fetchTo(deps, bucket, file, seen);
  if (fetched === null) return setLost(deps, bucket, file, seen);
  if (!agrees(fetched, seen)) {
    await rm(stagedPathOf(deps, file), { force: true });
    return setAside(deps, file, "mismatch", "hash_differs", { judged: seen });
  }
  await deps.db.$transaction(async (tx) => {
    const { etag, sizeBytes } = seen;
    const { count } = await tx.dockFile.updateMany({
      where: { id: file.id, state: "noticed" },
      data: {
        state: "verified",
        stateAt: deps.now(),
        etag,
        sizeBytes: BigInt(sizeBytes),
        sha256: fetched.sha256,
        lookedAt: null,
        reasonCode: null,
        reasonZh: null,
        reasonEn: null,
      },
    });
    if (count === 0) return;
    await noteInCustody(tx, file, "dock.file_verified", { etag, sizeBytes, sha256: fetched.sha256 });
  });
  return undefined;
}

/** An object that had been looked at is not to be had any more: it is gone, or another one lies there. */
export async function setLost(
  deps: DockDeps,
  bucket: UploadBucket,
  file: DockFileModel,
  judged?: SeenObject,
): Promise<undefined> {
  const later = await bucket.see(file.objectKey);
  const found = { ...(judged === undefined ? {} : { judged }), laterEtag: later?.etag ?? null };
  return setAside(deps, file, "mismatch", later === null ? "object_gone" : "overwritten", found);
}

const agrees = (fetched: Fetched, seen: SeenObject): boolean =>
  fetched.sizeBytes === seen.sizeBytes && (seen.md5 === null || seen.md5 === fetched.md5);

async function absent(deps: DockDeps, file: DockFileModel): Promise<"later" | undefined> {
  if (file.etag !== null) return setAside(deps, file, "mismatch", "object_gone");
  if (deps.now().getTime() - file.stateAt.getTime() < dockLimits.missingMs) return "later";
  return setAside(deps, file, "missing", "object_missing");
}

/** Half a download never has the right name. */
export async function fetchTo(
  deps: Pick<DockDeps, "dockFolder">,
  bucket: UploadBucket,
  file: DockFileModel,
  { etag }: Pick<SeenObject, "etag">,
): Promise<Fetched | null> {
  await mkdir(deps.dockFolder, { recursive: true, mode: 0o700 });
  const half = `${stagedPathOf(deps, file)}.${randomUUID()}.part`;
  try {
    const fetched = await bucket.fetch(file.objectKey, etag, half);
    if (fetched === null) return null;
    await rename(half, stagedPathOf(deps, file));
    return fetched;
  } finally {
    await rm(half, { force: true });
  }
}
