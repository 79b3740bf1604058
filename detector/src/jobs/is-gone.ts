import { appendCustody, type CustodyEntry } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { findDeletedClips } from "@mingcha/infra/retention";
import type { Finding } from "@mingcha/models/violations";

interface Place {
  readonly sourceId: string;
  readonly ruleKey: string;
  readonly actor: CustodyEntry["actor"];
}

/**
 * Whether an act lies, in whole or in part, in recordings that were deleted when their time was over: a late file can make one appear. Nobody could
 * look at it any more, so it becomes no flag and changes none; that is told in the custody log, once. Asked under the lock of the source, which
 * deleting takes too.
 */
export async function isGone(
  tx: DatabaseOrTransaction,
  { sourceId, ruleKey, actor }: Place,
  { fromMs, toMs }: Finding,
): Promise<boolean> {
  const gone = await findDeletedClips(tx, sourceId, { fromMs, toMs });
  if (gone.length === 0) return false;
  const subject = `act:${sourceId}:${ruleKey}:${new Date(fromMs).toISOString()}`;
  const told = await tx.custody.findFirst({ where: { subject, action: "flag.not_opened" }, select: { seq: true } });
  if (told === null)
    await appendCustody(tx, {
      action: "flag.not_opened",
      subject,
      actor,
      detail: { sourceId, ruleKey, to: new Date(toMs).toISOString(), clipIds: gone.map(({ id }) => id).slice(0, 20) },
    });
  return true;
}
