import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { lockSource } from "@mingcha/infra/retention";
import { AppError } from "@mingcha/models";
import type { legalHoldBodySchema } from "@mingcha/models/http";
import { legalHoldDaysMax, legalHoldSpanDaysMax, retentionDuties } from "@mingcha/models/retention";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";

type Body = z.output<typeof legalHoldBodySchema>;
const dayMs = 86_400_000;

/**
 * Keeps a stretch of a source, or what a record rests on, from being deleted until a date. It counts at once and under the lock that deleting takes:
 * what is there when this returns stays. Throws HOLD_TERM, or HOLD_EMPTY where everything of it is gone already.
 */
export async function setHold(
  deps: Deps,
  body: Body,
  person: SignedIn,
): Promise<{ id: string; clips: number; gone: number }> {
  const now = deps.now();
  const until = new Date(body.until);
  if (until <= now || until.getTime() > now.getTime() + legalHoldDaysMax * dayMs)
    throw new AppError("HOLD_TERM", { days: String(legalHoldDaysMax) });
  const { sourceId, from, to, clueId } = await stretchOf(deps.db, body);
  return deps.db.$transaction(async (tx) => {
    await lockSource(tx, sourceId);
    await assertSourceDistrict(tx, { profile: deps.profile, sourceId, person, needs: [retentionDuties.hold] });
    const { clips, gone } = await countClips(tx, sourceId, from, to);
    if (clips === 0 && gone > 0) throw new AppError("HOLD_EMPTY");
    const { id } = await tx.legalHold.create({
      data: { sourceId, from, to, clueId, reason: body.reason, until, setBy: person.id, setAt: now },
    });
    await appendCustody(tx, {
      action: "hold.set",
      subject: `hold:${id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: {
        sourceId,
        from: from.toISOString(),
        to: to.toISOString(),
        clueId,
        until: until.toISOString(),
        reason: body.reason,
        clips,
        gone,
      },
    });
    return { id, clips, gone };
  });
}

async function stretchOf(db: DatabaseOrTransaction, body: Body) {
  if ("clueId" in body) {
    const clue = await db.clue.findUnique({ where: { id: body.clueId } });
    if (clue === null) throw new AppError("NOT_FOUND", {}, { detail: `clue ${body.clueId}` });
    return { sourceId: clue.sourceId, from: clue.from, to: clue.to, clueId: clue.id };
  }
  const [from, to] = [new Date(body.from), new Date(body.to)];
  if (to < from || to.getTime() - from.getTime() > legalHoldSpanDaysMax * dayMs)
    throw new AppError("BAD_INPUT", {
      reason: `起止时间须先后有序且不超过 ${legalHoldSpanDaysMax} 天 / from before to, at most ${legalHoldSpanDaysMax} days apart`,
    });
  return { sourceId: body.sourceId, from, to, clueId: null };
}

async function countClips(tx: DatabaseOrTransaction, sourceId: string, from: Date, to: Date) {
  const [row] = await tx.$queryRaw<{ clips: number; gone: number }[]>`
    select (count(*) filter (where deleted_at is null))::int as clips, (count(*) filter (where deleted_at is not null))::int as gone
    from clip where source_id = ${sourceId} and started_at <= ${to} and started_at >= ${new Date(from.getTime() - dayMs)}
      and started_at + duration_ms * interval '1 millisecond' >= ${from}`;
  return row ?? { clips: 0, gone: 0 };
}
