import type { Queues } from "@mingcha/infra/queue";
import { detectClip } from "@mingcha/models/jobs";
import { sessionGapMs } from "@mingcha/models/scene";
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

  await closeLeftOpen(deps);

  // Half a minute of patience: the job that opened the flag is probably cutting right now.
  let failed: unknown;
  const behind = await deps.db.$queryRaw<{ id: string }[]>`
    select id from flag where (evidence_to is null or (ended and evidence_to <> to_at)) and updated_at < now() - interval '30 seconds' order by updated_at limit 20`;
  // In an order of its own: machines that sweep at the same time seldom cut the same, and one that fails holds up nobody.
  for (const { id } of shuffled(behind))
    await cutEvidence(deps, id).catch((error: unknown) => {
      failed ??= error;
    });
  if (failed !== undefined) throw failed;
}

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/**
 * Acts nobody can still be watching: their source has brought nothing for as long as parts two sessions, and nothing waits. They end at
 * the last look that saw them. Footage that comes after all takes them up again.
 */
async function closeLeftOpen({ db }: DetectorDeps): Promise<void> {
  await db.$executeRaw`
    update flag set ended = true, updated_at = now()
    where not ended and updated_at < now() - ${sessionGapMs} * interval '1 millisecond' and not exists (
      select 1 from clip c where c.source_id = flag.source_id
        and (c.state = 'STORED' or c.detected_at > now() - ${sessionGapMs} * interval '1 millisecond'))`;
}
