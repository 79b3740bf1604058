import { fieldTargetKindCodes, foldDecisions } from "@mingcha/models/field";
import type { ClueRecordings } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { namesOf } from "../people/names-of.ts";
import { loadCarriers } from "./load-clip.ts";
import { loadTargets } from "./load-targets.ts";
import { rowOf } from "./match-clip.ts";

/** A record and those that were joined to it, at whatever remove. */
async function withJoined(db: Deps["db"], clueId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    with recursive joined (id) as (
      select ${clueId}::uuid union select c.id from clue c join joined j on c.merged_into_id = j.id
    ) select id::text as id from joined`;
  return rows.map(({ id }) => id);
}

/** Recordings that people linked with the steps of a record and of those joined to it, in the order in which they were taken, and those that wait for a person. */
export async function viewClueRecordings(
  { db, profile }: Pick<Deps, "db" | "profile">,
  clueId: string,
): Promise<ClueRecordings> {
  const clueIds = await withJoined(db, clueId);
  const named = await db.fieldDecision.findMany({
    where: { clueId: { in: clueIds } },
    select: { clipId: true },
    distinct: ["clipId"],
  });
  const ids = named.map(({ clipId }) => clipId);
  const [rows, clips] = await Promise.all([
    db.fieldDecision.findMany({ where: { clipId: { in: ids } }, orderBy: { ordinal: "asc" } }),
    db.clip.findMany({ where: { id: { in: ids } }, include: { source: true }, orderBy: { startedAt: "asc" } }),
  ]);
  const said = rows.map(rowOf);
  const [targets, names] = await Promise.all([
    loadTargets(db, said),
    namesOf(
      db,
      said.map(({ personId }) => personId),
    ),
  ]);
  const items: ClueRecordings["items"] = [];
  const waiting: ClueRecordings["waiting"] = [];
  for (const clip of clips) {
    const folded = foldDecisions(said.filter(({ clipId }) => clipId === clip.id));
    const fromMs = clip.startedAt.getTime();
    for (const [key, { state, rule, person }] of folded.targets) {
      const row = person ?? rule;
      const kind = fieldTargetKindCodes.find((code) => key.startsWith(`${code}:`));
      if (!row?.clueId || !clueIds.includes(row.clueId) || row.targetId === null || kind === undefined) continue;
      if (state === "proposed")
        waiting.push({ clipId: clip.id, certainty: rule?.certainty === "certain" ? "certain" : "possible" });
      if (state !== "linked" || person === null) continue;
      const carriers = await loadCarriers(db, clip.sourceId, {
        fromMs,
        toMs: fromMs + clip.durationMs,
        uncertaintyMs: clip.startUncertaintyMs,
      });
      items.push({
        clipId: clip.id,
        kind,
        stepId: row.targetId,
        stepAt: targets.get(key)?.from ?? null,
        sourceName: clip.source.name || clip.sourceId,
        sourceKind: clip.source.kind,
        timezone: clip.source.timezone || profile.timezone,
        startedAt: clip.startedAt.toISOString(),
        durationMs: clip.durationMs,
        carriers: carriers.map(({ name }) => name),
        by: names.get(person.personId ?? "") ?? "",
        at: person.createdAt.toISOString(),
        reason: person.reason,
        isGone: clip.deletedAt !== null,
      });
    }
  }
  return { items, waiting };
}
