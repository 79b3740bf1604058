import { type Database, Prisma } from "@mingcha/infra/db";
import type { MissedLook } from "@mingcha/models/http";
import { statisticsDuties } from "@mingcha/models/statistics";
import { findViolation } from "@mingcha/models/violations";
import type { SignedIn } from "../people/sessions.ts";
import { sceneAt, zonesOf } from "./view-look.ts";

const missedMax = 50;

/**
 * Looks on which a person saw a violation that no flag covered, newest first: a hint to who watches and draws, no clue and no evidence.
 * Known looks are not among them, and who saw it is not told. A person who judges looks too is not shown those that this person has not judged.
 */
export async function listMissed(db: Database, person: SignedIn): Promise<MissedLook[]> {
  const mayJudge = person.duties.some((duty) => (statisticsDuties.answer as readonly string[]).includes(duty));
  const judged = mayJudge
    ? Prisma.sql`and exists (select 1 from look_answer own where own.sample_id = s.id and own.person_id = ${person.id}::uuid)`
    : Prisma.empty;
  type Row = { id: string; sourceId: string; violation: string; zoneId: string; seenAt: Date };
  const rows = await db.$queryRaw<Row[]>`
    select s.id::text as id, d.source_id as "sourceId", a.violation, a.zone_id as "zoneId", min(a.created_at) as "seenAt"
    from look_answer a join look_sample s on s.id = a.sample_id join look_draw d on d.id = s.draw_id join clip c on c.id = s.clip_id
    where a.answer = 'violation' and s.seeded_flag_id is null and c.deleted_at is null ${judged}
    group by s.id, d.source_id, a.violation, a.zone_id order by min(a.created_at) desc, s.id limit ${missedMax}`;
  const items: MissedLook[] = [];
  for (const { id, sourceId, violation, zoneId, seenAt } of rows) {
    const sample = await db.lookSample.findUniqueOrThrow({ where: { id } });
    const clip = await db.clip.findUniqueOrThrow({ where: { id: sample.clipId }, include: { source: true } });
    const scene = await sceneAt(db, sourceId, sample.capturedAt);
    items.push({
      id,
      sourceName: clip.source.name || clip.source.id,
      place: clip.source.place,
      timezone: clip.source.timezone,
      clipId: clip.id,
      offsetMs: sample.offsetMs,
      widthPx: clip.widthPx,
      heightPx: clip.heightPx,
      capturedAt: sample.capturedAt.toISOString(),
      violation,
      violationTitle: findViolation(violation)?.title ?? { zh: violation, en: violation },
      zone: scene === null ? null : (zonesOf(scene, new Set([zoneId]))[0] ?? null),
      seenAt: seenAt.toISOString(),
    });
  }
  return items;
}
