import { stat } from "node:fs/promises";
import { join } from "node:path";
import { takeUpload } from "@mingcha/models/jobs";
import type { Deps } from "../deps.ts";
import type { HashingFileStore } from "./hashing-file-store.ts";

/** Where bytes arrive. Ingest finds them by the same rule: <data>/staging/uploads/<upload id>. */
export const uploadsFolder = ({ environment }: Pick<Deps, "environment">): string =>
  join(environment.MINGCHA_DATA, "staging", "uploads");

/** As ingest takes them (ingest/src/intake/examine-file.ts). */
export const uploadBytesMax = 64 * 1024 ** 3;

/** Room that uploads under way will still take: several begun at once must not count on the same. */
export async function expectedBytes(deps: Pick<Deps, "db" | "environment">): Promise<number> {
  const receiving = await deps.db.upload.findMany({
    where: { state: "RECEIVING" },
    select: { id: true, sizeBytes: true },
  });
  const left = await Promise.all(
    receiving.map(async ({ id, sizeBytes }) => {
      const staged = await stat(join(uploadsFolder(deps), id)).catch(() => null);
      return staged === null ? 0 : Math.max(0, Number(sizeBytes) - staged.size);
    }),
  );
  return left.reduce((sum, bytes) => sum + bytes, 0);
}

/** All bytes are there: hash and state are written, and ingest's bell is rung. Repeating changes nothing. */
export async function finishUpload(
  { db, queues }: Pick<Deps, "db" | "queues">,
  files: Pick<HashingFileStore, "finish">,
  id: string,
): Promise<void> {
  const sha256 = await files.finish(id);
  const { count } = await db.upload.updateMany({
    where: { id, state: "RECEIVING" },
    data: { state: "RECEIVED", sha256 },
  });
  if (count === 1) await queues.ring(takeUpload, { uploadId: id });
}

/** A whole upload this long untouched was not finished by who received it: killed in between, or the database could not be asked. */
const wholeForMs = 10_000;
/** An upload of which nothing came for so long is given up, and its place on the disk with it (house rule). */
const abandonedAfterMs = 7 * 24 * 3_600_000;

/**
 * What uploads that stopped on their way become: finished where all bytes are there, given up where nobody went on for a week. A file that is
 * sent again after that begins anew.
 */
export async function settleUploads(
  deps: Pick<Deps, "db" | "queues" | "environment" | "now">,
  files: Pick<HashingFileStore, "finish" | "remove">,
): Promise<void> {
  const receiving = await deps.db.upload.findMany({
    where: { state: "RECEIVING" },
    select: { id: true, sizeBytes: true, createdAt: true },
  });
  // one that cannot be finished keeps no other from it
  const failed: unknown[] = [];
  const settle = async ({ id, sizeBytes, createdAt }: (typeof receiving)[number]) => {
    const staged = await stat(join(uploadsFolder(deps), id)).catch(() => null);
    const quietMs = deps.now().getTime() - (staged?.mtimeMs ?? createdAt.getTime());
    if (staged !== null && BigInt(staged.size) === sizeBytes) {
      if (quietMs >= wholeForMs) await finishUpload(deps, files, id);
    } else if (quietMs >= abandonedAfterMs) {
      // the bytes first: killed in between, the next sweep finds a row without bytes and writes the end down
      if (staged !== null) await files.remove(id);
      await deps.db.upload.updateMany({ where: { id, state: "RECEIVING" }, data: { state: "ABANDONED" } });
    }
  };
  for (const upload of receiving) await settle(upload).catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw failed[0];
}
