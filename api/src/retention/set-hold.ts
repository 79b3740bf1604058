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
import { inStretch } from "./in-stretch.ts";

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
  const stretch = await stretchOf(deps.db, body);
  const { sourceId, from, to, clueId } = stretch;
  return deps.db.$transaction(async (tx) => {
    await lockSource(tx, sourceId);
    await assertSourceDistrict(tx, { profile: deps.profile, sourceId, person, needs: [retentionDuties.hold] });
    // records of other sources may be merged into this one: whoever deletes what they rest on asks for this row
    if (clueId !== null) await tx.$queryRaw`select 1 from clue where id = ${clueId}::uuid for update`;
    const { clips, gone } = await countClips(tx, stretch);
    if (clips === 0 && gone > 0 && !(await hasPicture(tx, stretch))) throw new AppError("HOLD_EMPTY");
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

interface Stretch {
  readonly sourceId: string;
  readonly from: Date;
  readonly to: Date;
  readonly clueId: string | null;
}

async function stretchOf(db: DatabaseOrTransaction, body: Body): Promise<Stretch> {
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

async function countClips(tx: DatabaseOrTransaction, { sourceId, from, to }: Stretch) {
  const [row] = await tx.$queryRaw<{ clips: number; gone: number }[]>`
    select (count(*) filter (where deleted_at is null))::int as clips, (count(*) filter (where deleted_at is not null))::int as gone
    from clip where source_id = ${sourceId} and ${inStretch({ from, to })}`;
  return row ?? { clips: 0, gone: 0 };
}

/** Whether a picture of it is left, whole or small: of the stretch, or of a record and those that were merged into it, whichever source saw them. */
async function hasPicture(tx: DatabaseOrTransaction, { sourceId, from, to, clueId }: Stretch): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    with recursive chain(flag_id, id) as (
      select flag_id, id from clue where id = ${clueId}::uuid
      union select c.flag_id, c.id from clue c join chain on c.merged_into_id = chain.id
    )
    select 1 from evidence e join flag f on f.id = e.flag_id join clip on clip.id = e.clip_id
    where (e.deleted_at is null or e.small_sha256 is not null)
      and (f.id in (select flag_id from chain) or (f.source_id = ${sourceId} and ${inStretch({ from, to })}))
    limit 1`;
  return rows.length > 0;
}
