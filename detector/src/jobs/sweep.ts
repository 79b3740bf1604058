import type { Queues } from "@mingcha/infra/queue";
import { detectClip } from "@mingcha/models/jobs";
import { cutEvidence } from "./cut-evidence.ts";
import type { DetectorDeps } from "./deps.ts";

/**
 * Finds what was left behind, from the database alone: stored clips without looks whose lease has run out get their doorbell
 * rung again; flags whose pictures do not reach their end get them cut. A lost queue therefore loses nothing.
 */
export async function sweep(deps: DetectorDeps, queues: Pick<Queues, "ring">): Promise<void> {
  const waiting = await deps.db.clip.findMany({
    where: { state: "STORED", OR: [{ leaseUntil: null }, { leaseUntil: { lt: new Date() } }] },
    orderBy: { receivedAt: "asc" },
    take: 500,
    select: { id: true },
  });
  for (const { id } of waiting) await queues.ring(detectClip, { clipId: id });

  // Half a minute of patience: the job that opened the flag is probably cutting right now.
  const behind = await deps.db.$queryRaw<{ id: string }[]>`
    select id from flag where (evidence_to is null or (ended and evidence_to <> to_at)) and updated_at < now() - interval '30 seconds' order by updated_at limit 20`;
  for (const { id } of behind) await cutEvidence(deps, id);
}
