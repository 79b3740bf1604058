import type { DatabaseOrTransaction, FieldDecisionModel } from "@mingcha/infra/db";
import {
  type FieldClip,
  type FieldDecision,
  type FieldMatch,
  fieldRuleVersion,
  fieldSettings,
  fixesOf,
  foldDecisions,
  matchField,
  stateOf,
} from "@mingcha/models/field";
import type { Deps } from "../deps.ts";
import { loadFieldClip } from "./load-clip.ts";
import { fieldStepKinds } from "./steps/index.ts";
import type { Around } from "./steps/provider.ts";

/** A row of what was said, with the key its target has. */
export const rowOf = (row: FieldDecisionModel) => ({
  ...row,
  decision: row.decision as FieldDecision,
  targetKey: row.targetKind === null ? null : `${row.targetKind}:${row.targetId}`,
});
export type SaidRow = ReturnType<typeof rowOf>;

/** Everything said of a recording, oldest first. */
export const loadSaid = async (db: DatabaseOrTransaction, clipId: string): Promise<SaidRow[]> =>
  (await db.fieldDecision.findMany({ where: { clipId }, orderBy: { ordinal: "asc" } })).map(rowOf);

/** What a recording may belong to by the facts as they are now. */
export async function matchNow(db: DatabaseOrTransaction, clip: FieldClip): Promise<FieldMatch[]> {
  const reachMs = clip.uncertaintyMs + fieldSettings.slackMs;
  const around: Around = {
    sourceId: clip.sourceId,
    from: new Date(clip.fromMs - reachMs),
    to: new Date(clip.toMs + reachMs),
    box: boxOf(clip),
    personIds: clip.carriers.flatMap(({ personId }) => personId ?? []),
  };
  const candidates = [];
  for (const steps of fieldStepKinds) candidates.push(...(await steps.around(db, around)));
  return matchField(clip, candidates);
}

/** A tenth of a degree is 10 km: more than any site's radius, and few sources. */
const boxMarginDeg = 0.06;

function boxOf(clip: FieldClip): Around["box"] {
  const points = clip.standsAt === null ? fixesOf(clip.track) : [clip.standsAt];
  const [first] = points;
  if (first === undefined) return null;
  const box = { west: first.longitude, east: first.longitude, south: first.latitude, north: first.latitude };
  for (const { longitude, latitude } of points) {
    box.west = Math.min(box.west, longitude);
    box.east = Math.max(box.east, longitude);
    box.south = Math.min(box.south, latitude);
    box.north = Math.max(box.north, latitude);
  }
  return {
    west: box.west - boxMarginDeg,
    east: box.east + boxMarginDeg,
    south: box.south - boxMarginDeg,
    north: box.north + boxMarginDeg,
  };
}

/** Changes committed within this of the look at them make the rule look again: longer than any transaction takes. */
const overlap = "1 minute";

/**
 * Lays one stored recording beside everything it may belong to and writes down what is new: one transaction, and the same again writes nothing.
 * What a person has decided is not the rule's any more.
 */
export async function matchClip({ db }: Pick<Deps, "db">, clipId: string): Promise<void> {
  await db.$transaction(
    async (tx) => {
      const clip = await tx.clip.findUnique({ where: { id: clipId }, include: { source: true } });
      if (clip === null || clip.deletedAt !== null) return;
      await tx.$executeRaw`
        insert into field_recording (clip_id, source_id, state, version, officer_ids, started_at, telemetry_format, rule_version, matched_at)
        values (${clip.id}::uuid, ${clip.sourceId}, 'ORPHAN', 0, '{}', ${clip.startedAt}, ${clip.telemetryFormat}, '', 'epoch')
        on conflict (clip_id) do nothing`;
      const [held] = await tx.$queryRaw<{ version: number; at: Date }[]>`
        select version, clock_timestamp() - ${overlap}::interval as at from field_recording where clip_id = ${clip.id}::uuid for update`;
      if (held === undefined) return;
      const seen = await loadFieldClip(tx, clip);
      const said = await loadSaid(tx, clip.id);
      const rows = newRows(said, await matchNow(tx, seen));
      await tx.fieldDecision.createMany({
        data: rows.map((row, nth) => ({ clipId: clip.id, ordinal: said.length + nth + 1, ...row })),
      });
      const folded = foldDecisions(rows.length === 0 ? said : await loadSaid(tx, clip.id));
      await tx.fieldRecording.update({
        where: { clipId: clip.id },
        data: {
          state: stateOf(folded.state, clip.source.kind),
          version: rows.length > 0 || held.version === 0 ? { increment: 1 } : held.version,
          officerIds: seen.carriers.flatMap(({ personId }) => personId ?? []),
          startedAt: clip.startedAt,
          telemetryFormat: clip.telemetryFormat,
          ruleVersion: fieldRuleVersion,
          matchedAt: held.at,
        },
      });
    },
    { timeout: 30_000 },
  );
}

/** What the rule says now and did not say last; nothing about what a person decided. */
function newRows(said: readonly SaidRow[], matches: readonly FieldMatch[]) {
  const { targets } = foldDecisions(said);
  const isOpen = (key: string): boolean => {
    const target = targets.get(key);
    return target === undefined || target.state === "proposed" || target.state === "lapsed";
  };
  const proposed = matches
    .filter(({ key }) => isOpen(key))
    .filter((match) => {
      const rule = targets.get(match.key)?.rule;
      return (
        rule?.decision !== "proposed" ||
        rule.certainty !== match.certainty ||
        textOf(rule.reasons) !== textOf(match.reasons) ||
        textOf(rule.rivals) !== textOf(match.rivals)
      );
    })
    .map(({ candidate, certainty, reasons, rivals }) => ({
      decision: "proposed" satisfies FieldDecision,
      targetKind: candidate.kind,
      targetId: candidate.id,
      clueId: candidate.clueId,
      certainty,
      reasons: reasons.map((reason) => ({ ...reason })),
      rivals: [...rivals],
      ruleVersion: fieldRuleVersion,
    }));
  const lapsed = [...targets].flatMap(([key, { state, rule }]) =>
    state === "proposed" && rule !== null && !matches.some((match) => match.key === key)
      ? [
          {
            decision: "lapsed" satisfies FieldDecision,
            targetKind: rule.targetKind,
            targetId: rule.targetId,
            clueId: rule.clueId,
            ruleVersion: fieldRuleVersion,
          },
        ]
      : [],
  );
  return [...proposed, ...lapsed];
}

/** JSON comes back from the database with its keys in another order. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
