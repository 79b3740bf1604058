import { appendCustody, lockCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { isVerifiedTerm, type Retention, retentionClasses, retentionRuleVersion } from "@mingcha/models/retention";
import { machine } from "../intake/intake-deps.ts";
import type { RetentionDeps } from "./retention-deps.ts";

export type Deleted = Pick<
  Prisma.DeletionCertificateUncheckedCreateInput,
  | "kind"
  | "clipId"
  | "evidenceId"
  | "flagId"
  | "sourceId"
  | "name"
  | "sha256"
  | "sizeBytes"
  | "capturedFrom"
  | "capturedTo"
  | "receivedAt"
>;

/** Says what is deleted, why and by which rule: an entry of the custody log and a certificate, in the transaction that marks it. No byte is touched yet. */
export async function writeCertificate(
  tx: DatabaseOrTransaction,
  deps: Pick<RetentionDeps, "settings" | "machine" | "now">,
  what: Deleted,
  retention: Retention,
): Promise<void> {
  const { because, keepUntilMs } = retention;
  if (keepUntilMs === null || retention.heldBy.length > 0) throw new Error("a certificate for what is kept");
  // a number is taken under the log's lock and goes back with the transaction: a sequence would leave holes, and a missing certificate looks like one
  await lockCustody(tx);
  const { _max } = await tx.deletionCertificate.aggregate({ _max: { number: true } });
  const next = { number: (_max.number ?? 0) + 1 };
  const row = retentionClasses[because];
  const term = deps.settings[row.term];
  const keepUntil = new Date(keepUntilMs);
  const { seq } = await appendCustody(tx, {
    action: what.kind === "clip" ? "clip.deleted" : "evidence.deleted",
    subject: what.kind === "clip" ? `clip:${what.clipId}` : `flag:${what.flagId}`,
    actor: machine,
    detail: {
      certificate: next.number,
      kind: what.kind,
      clipId: what.clipId,
      ...(what.evidenceId ? { evidenceId: what.evidenceId } : {}),
      sha256: what.sha256,
      sizeBytes: Number(what.sizeBytes),
      class: because,
      term: `${term} ${row.unit}`,
      keepUntil: keepUntil.toISOString(),
      ruleVersion: retentionRuleVersion,
      machine: deps.machine,
    },
  });
  await tx.deletionCertificate.create({
    data: {
      ...what,
      number: next.number,
      class: because,
      basis: row.basis,
      verified: isVerifiedTerm(because, deps.settings),
      ruleVersion: retentionRuleVersion,
      keepUntil,
      decidedAt: deps.now(),
      machine: deps.machine,
      custodySeq: seq,
    },
  });
}

/** Holds the rows of records until the transaction ends, so that none of them moves on meanwhile. */
export async function lockClues(tx: DatabaseOrTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$queryRaw`select 1 from clue where id = any(${[...new Set(ids)]}::uuid[]) order by id for share`;
}
