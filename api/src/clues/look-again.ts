import type { Deps } from "../deps.ts";

/** A look so long after the time allowed is no longer the looking again. */
const reachMs = 24 * 3_600_000;

type Due = { id: string; sourceId: string; ruleKey: string; correctBy: Date };

/**
 * Finds, for every order to correct whose time has passed, the first look of its camera after it and what the rule saw then. Nothing is
 * decided: a person looks at it.
 * @returns how many were found.
 */
export async function lookAgain({ db, now }: Pick<Deps, "db" | "now">): Promise<number> {
  const due = await db.$queryRaw<Due[]>`
    select d.id, c.source_id as "sourceId", f.rule_key as "ruleKey", d.correct_by as "correctBy"
    from dissuasion d join clue c on c.id = d.clue_id join flag f on f.id = c.flag_id
    where d.looked_at is null and d.correct_by <= ${now()} and d.correct_by > ${new Date(now().getTime() - reachMs)}
    order by d.correct_by limit 50`;
  let found = 0;
  for (const { id, sourceId, ruleKey, correctBy } of due) {
    const look = await db.look.findFirst({
      where: { sourceId, status: "seen", capturedAt: { gte: correctBy } },
      orderBy: { capturedAt: "asc" },
    });
    if (look === null) continue;
    // written in one transaction with the look
    const state = await db.occupancy.findFirst({
      where: { sourceId, ruleKey, from: { lte: look.capturedAt }, to: { gte: look.capturedAt } },
      orderBy: { from: "desc" },
    });
    await db.dissuasion.updateMany({
      where: { id, lookedAt: null },
      data: {
        lookedAt: look.capturedAt,
        lookState: state?.state ?? null,
        lookClipId: look.clipId,
        lookOffsetMs: look.offsetMs,
      },
    });
    found++;
  }
  return found;
}
