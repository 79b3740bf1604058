import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { matchSuppression, readSuppression, type Suppression } from "@mingcha/models/suppression";
import type { Finding } from "@mingcha/models/violations";

export async function readSuppressions(
  tx: DatabaseOrTransaction,
  { sourceId, ruleKey }: { sourceId: string; ruleKey: string },
): Promise<Suppression[]> {
  const rows = await tx.suppression.findMany({ where: { sourceId, ruleKey }, orderBy: { approvedAt: "asc" } });
  return rows.map(readSuppression);
}

/**
 * An act that a person decided not to have flagged is written where it is counted and shown, with the same trace a flag would have.
 * @returns whether it was suppressed.
 */
export async function saveSuppressedAct(
  tx: DatabaseOrTransaction,
  suppressions: readonly Suppression[],
  { sourceId, ruleKey }: { sourceId: string; ruleKey: string },
  finding: Finding,
): Promise<boolean> {
  const suppression = matchSuppression(suppressions, finding);
  if (suppression === undefined) return false;
  const from = new Date(finding.fromMs);
  const ordinal = finding.number ?? 1;
  const known = {
    suppressionId: suppression.id,
    to: new Date(finding.toMs),
    boxNorm: [...finding.boxNorm],
    trace: finding.trace as unknown as Prisma.InputJsonValue,
  };
  await tx.suppressedAct.upsert({
    where: { sourceId_ruleKey_from_ordinal: { sourceId, ruleKey, from, ordinal } },
    create: { sourceId, ruleKey, from, ordinal, ...known },
    update: known,
  });
  return true;
}
