import type { MostPerDay, RetentionDeps } from "./retention-deps.ts";

const dayMs = 86_400_000;
/** Other machines' runs began at other instants. */
const besideMs = 3_600_000;

/**
 * House rule: three times what goes in a day where everything is kept for the shortest term, thirty days. Whatever a wrong clock, term or row makes
 * due all at once goes over many days, in which a person sees it; what remains is due at the next runs.
 */
export const mostPerDay: MostPerDay = { share: 0.1, items: 1_000 };

/** How many more may go now, asked batch by batch: certificates of the last 24 hours, by whichever machine, count against the limit. */
export async function openDayLimit({
  db,
  now,
  mostPerDay: { share, items },
}: Pick<RetentionDeps, "db" | "now" | "mostPerDay">): Promise<() => Promise<number>> {
  const at = now().getTime();
  const decidedAt = { gt: new Date(at - dayMs), lte: new Date(at + besideMs) };
  const gone = () => db.deletionCertificate.count({ where: { decidedAt } });
  const kept =
    (await db.clip.count({ where: { deletedAt: null } })) + (await db.evidence.count({ where: { deletedAt: null } }));
  const limit = Math.max(items, Math.floor(share * (kept + (await gone()))));
  return async () => Math.max(0, limit - (await gone()));
}
