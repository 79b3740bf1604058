import { rm } from "node:fs/promises";
import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { findReference, lockObjects } from "@mingcha/infra/retention";
import { machine } from "../intake/intake-deps.ts";
import { asidePath } from "../intake/kept-bytes.ts";
import type { RetentionDeps } from "./retention-deps.ts";

const certificatesAtOnce = 20;

/**
 * Removes the bytes of what has a certificate: those that nothing else relies on any more. Killed in between, the next run finds the certificate
 * without its bytes' end and does it again; what is gone already is gone. A store that refuses is asked again at the next run.
 * @returns how many certificates were settled.
 */
export async function removeBytes(deps: RetentionDeps): Promise<number> {
  let settled = 0;
  for (let after = 0; ; ) {
    const page = await deps.db.deletionCertificate.findMany({
      where: { bytesAt: null, number: { gt: after } },
      orderBy: { number: "asc" },
      take: certificatesAtOnce,
    });
    if (page.length === 0) return settled;
    after = page.at(-1)?.number ?? after;
    settled += await settlePage(deps, page);
  }
}

interface Certificate {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly clipId: string;
  readonly sha256: string;
}

function settlePage(deps: RetentionDeps, page: readonly Certificate[]): Promise<number> {
  return deps.db.$transaction(
    async (tx) => {
      await lockObjects(
        tx,
        page.map(({ sha256 }) => sha256),
      );
      const done: { number: number; outcome: string; reference?: string }[] = [];
      for (const certificate of page) {
        const reference = await findReference(tx, certificate.sha256);
        if (!(await removeAll(tx, deps, certificate, reference === null))) continue;
        const outcome = reference === null ? "removed" : "shared";
        const { count } = await tx.deletionCertificate.updateMany({
          where: { id: certificate.id, bytesAt: null },
          data: { bytesAt: deps.now(), bytesOutcome: outcome },
        });
        if (count === 1)
          done.push({ number: certificate.number, outcome, ...(reference === null ? {} : { reference }) });
      }
      if (done.length > 0)
        await appendCustody(tx, {
          action: "retention.bytes_removed",
          subject: "retention:bytes",
          actor: machine,
          detail: { certificates: done, machine: deps.machine },
        });
      return done.length;
    },
    { timeout: 120_000 },
  );
}

/**
 * The object where it is free, and the file that was put aside in the watched folder when the clip was taken in: that is a copy of this clip's own,
 * whoever else has the same bytes. A clip that was brought in again meanwhile keeps its copies.
 */
async function removeAll(
  tx: DatabaseOrTransaction,
  { store, folders, log }: RetentionDeps,
  { number, kind, clipId, sha256 }: Certificate,
  isFree: boolean,
): Promise<boolean> {
  try {
    if (isFree) await store.remove(sha256);
    if (kind !== "clip" || (await tx.clip.count({ where: { id: clipId, deletedAt: null } })) > 0) return true;
    const intakes = await tx.intake.findMany({
      where: { clipId, via: "folder" },
      select: { id: true, via: true, fileName: true, stagedPath: true },
    });
    for (const intake of intakes) await rm(asidePath(folders, intake, "taken"), { force: true });
    return true;
  } catch (error) {
    log.warn({ err: error, certificate: number }, "the store kept bytes that are to go; it is asked again");
    return false;
  }
}
