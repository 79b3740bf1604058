import type { DeletionCertificateModel, Prisma } from "@mingcha/infra/db";
import type { certificateQuerySchema, DeletionCertificateView } from "@mingcha/models/http";
import { type RetentionClass, retentionClassCodes } from "@mingcha/models/retention";
import type { z } from "zod";
import type { Deps } from "../deps.ts";

type Query = z.output<typeof certificateQuerySchema>;

/**
 * Certificates, newest first; of one source or one hash. Of the whole bureau for everybody who may read them, on purpose: reading is bureau-wide
 * here as elsewhere; only acting, such as setting a hold, is limited to a person's districts.
 */
export async function listCertificates(
  deps: Pick<Deps, "db">,
  { cursor, limit, sourceId, sha256 }: Query,
): Promise<{ items: DeletionCertificateView[]; next: string | null }> {
  const where: Prisma.DeletionCertificateWhereInput = {
    ...(sourceId ? { sourceId } : {}),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(cursor !== undefined && /^\d{1,9}$/.test(cursor) ? { number: { lt: Number(cursor) } } : {}),
  };
  const rows = await deps.db.deletionCertificate.findMany({ where, orderBy: { number: "desc" }, take: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: await viewCertificates(deps, page), next: last === undefined ? null : String(last.number) };
}

export async function viewCertificates(
  { db }: Pick<Deps, "db">,
  rows: readonly DeletionCertificateModel[],
): Promise<DeletionCertificateView[]> {
  const sources = await db.source.findMany({ where: { id: { in: [...new Set(rows.map((row) => row.sourceId))] } } });
  return rows.map((row) => {
    const source = sources.find(({ id }) => id === row.sourceId);
    return {
      id: row.id,
      number: row.number,
      kind: row.kind as DeletionCertificateView["kind"],
      clipId: row.clipId,
      sourceId: row.sourceId,
      sourceName: source?.name || row.sourceId,
      timezone: source?.timezone ?? "Asia/Shanghai",
      name: row.name,
      sha256: row.sha256,
      sizeBytes: Number(row.sizeBytes),
      capturedFrom: row.capturedFrom.toISOString(),
      capturedTo: row.capturedTo.toISOString(),
      class: retentionClassCodes.find((code) => code === row.class) ?? ("public_video" satisfies RetentionClass),
      basis: row.basis,
      verified: row.verified,
      ruleVersion: row.ruleVersion,
      keepUntil: row.keepUntil.toISOString(),
      decidedAt: row.decidedAt.toISOString(),
      machine: row.machine,
      custodySeq: Number(row.custodySeq),
      bytes:
        row.bytesAt === null
          ? null
          : { outcome: row.bytesOutcome === "shared" ? "shared" : "removed", at: row.bytesAt.toISOString() },
    };
  });
}
