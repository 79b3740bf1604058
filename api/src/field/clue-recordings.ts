import { fieldTargetKindCodes, foldDecisions } from "@mingcha/models/field";
import type { ClueRecordings } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { namesOf } from "../people/names-of.ts";
import { loadCarriers } from "./load-clip.ts";
import { loadTargets } from "./load-targets.ts";
import { rowOf } from "./match-clip.ts";

/** Recordings that people linked with the steps of a record, in the order in which they were taken, and those that wait for a person. */
export async function viewClueRecordings(
  { db, profile }: Pick<Deps, "db" | "profile">,
  clueId: string,
): Promise<ClueRecordings> {
  const named = await db.fieldDecision.findMany({ where: { clueId }, select: { clipId: true }, distinct: ["clipId"] });
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
      if (row?.clueId !== clueId || row.targetId === null || kind === undefined) continue;
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
