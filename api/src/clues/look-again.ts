import { appendCustody } from "@mingcha/infra/custody";
import type { Deps } from "../deps.ts";
import { type CutDeps, cutLook } from "./look-picture.ts";

/** A look so long after the time allowed is no longer the looking again. */
const reachMs = 24 * 3_600_000;

type Due = { id: string; clueId: string; sourceId: string; ruleKey: string; correctBy: Date };

/**
 * Finds, for every order to correct whose time has passed, the first look of its camera after it and what the rule saw then, and keeps it as
 * evidence: the hash of the original, the instant, the picture cut from it, with its custody entry. Nothing is decided: a person looks at it.
 * @returns how many were found.
 */
export async function lookAgain(deps: CutDeps & Pick<Deps, "now">): Promise<number> {
  const { db, now } = deps;
  const due = await db.$queryRaw<Due[]>`
    select d.id, d.clue_id as "clueId", c.source_id as "sourceId", f.rule_key as "ruleKey", d.correct_by as "correctBy"
    from dissuasion d join clue c on c.id = d.clue_id join flag f on f.id = c.flag_id
    where d.looked_at is null and d.correct_by <= ${now()} and d.correct_by > ${new Date(now().getTime() - reachMs)}
    order by d.correct_by limit 50`;
  let found = 0;
  for (const one of due) if (await keepFirstLook(deps, one)) found++;
  return found;
}

/** Whether a look was there and this call kept it. */
async function keepFirstLook(deps: CutDeps, { id, clueId, sourceId, ruleKey, correctBy }: Due): Promise<boolean> {
  const { db } = deps;
  const look = await db.look.findFirst({
    where: { sourceId, status: "seen", capturedAt: { gte: correctBy } },
    orderBy: { capturedAt: "asc" },
    include: { clip: true },
  });
  if (look === null) return false;
  const { capturedAt: at, clip, offsetMs } = look;
  // written in one transaction with the look
  const seen = await db.occupancy.findFirst({
    where: { sourceId, ruleKey, from: { lte: at }, to: { gte: at } },
    orderBy: { from: "desc" },
  });
  const state = seen?.state ?? null;
  const picture = await cutLook(deps, look);
  return db.$transaction(async (tx) => {
    const { count } = await tx.dissuasion.updateMany({
      where: { id, lookedAt: null },
      data: {
        lookedAt: at,
        lookState: state,
        lookClipId: clip.id,
        lookOffsetMs: offsetMs,
        lookSha256: clip.sha256,
        ...(picture === null ? {} : { lookPicture: picture }),
      },
    });
    // another server was first
    if (count === 0) return false;
    await appendCustody(tx, {
      action: "dissuasion.looked_again",
      subject: `clue:${clueId}`,
      actor: { kind: "machine", id: "api", name: "api" },
      detail: {
        dissuasionId: id,
        clipId: clip.id,
        clipSha256: clip.sha256,
        offsetMs,
        at: at.toISOString(),
        state,
        pictureSha256: picture?.sha256 ?? null,
      },
    });
    return true;
  });
}
