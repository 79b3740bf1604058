import { AppError } from "@mingcha/models";
import {
  type FieldState,
  fieldDuties,
  fieldSettings,
  fieldTargetKindCodes,
  foldDecisions,
} from "@mingcha/models/field";
import type { FieldDetail, FieldTarget } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { districtBar, loadBars } from "../people/bars.ts";
import { namesOf } from "../people/names-of.ts";
import type { SignedIn } from "../people/sessions.ts";
import { loadFieldClip } from "./load-clip.ts";
import { loadTargets } from "./load-targets.ts";
import { loadSaid } from "./match-clip.ts";
import { loadRecused } from "./steps/recused.ts";
import { trackLines } from "./track-lines.ts";

const states = ["linked", "proposed", "rejected", "lapsed"] as const;

/** One recording with its track, what it may belong to and why, and everything that was said of it. */
export async function viewRecording(
  { db, profile }: Pick<Deps, "db" | "profile">,
  clipId: string,
  person: SignedIn,
): Promise<FieldDetail> {
  const [clip, row] = await Promise.all([
    db.clip.findUnique({ where: { id: clipId }, include: { source: true } }),
    db.fieldRecording.findUnique({ where: { clipId } }),
  ]);
  if (clip === null || row === null) throw new AppError("NOT_FOUND", {}, { detail: `field recording ${clipId}` });
  const [seen, said, { colleagues }] = await Promise.all([
    loadFieldClip(db, clip),
    loadSaid(db, clipId),
    loadBars(db, person),
  ]);
  const [targets, recused, names] = await Promise.all([
    loadTargets(db, said),
    loadRecused(
      db,
      said.flatMap(({ clueId }) => clueId ?? []),
      [person.id],
    ),
    namesOf(db, [clip.collectorId, ...said.map(({ personId }) => personId)]),
  ]);
  const folded = foldDecisions(said);
  const mayDecide = person.duties.some((duty) => (fieldDuties.decide as readonly string[]).includes(duty));
  const barOf = (district: string | null) =>
    districtBar({ profile, district, person, needs: [fieldDuties.decide], colleagues });
  const options = [...folded.targets].flatMap(([key, { state, rule, person: by }]): FieldTarget[] => {
    const view = targets.get(key);
    const kind = fieldTargetKindCodes.find((code) => key.startsWith(`${code}:`));
    if (view === undefined || kind === undefined) return [];
    const clueId = (by ?? rule)?.clueId ?? null;
    const { district, ...shown } = view;
    return [
      {
        key,
        kind,
        state,
        clueId,
        ...shown,
        certainty: (rule?.certainty ?? null) as FieldTarget["certainty"],
        reasons: (rule?.reasons ?? []) as FieldTarget["reasons"],
        rivals: (rule?.rivals ?? []).map((rival) => targets.get(rival)?.place ?? rival),
        barred:
          clueId !== null && recused(clueId).length > 0
            ? { zh: "您对该线索应当回避", en: "you are recused from that record" }
            : barOf(clueId === null ? clip.source.district : district),
      },
    ];
  });
  options.sort(
    (a, b) =>
      states.indexOf(a.state) - states.indexOf(b.state) ||
      Number(b.certainty === "certain") - Number(a.certainty === "certain") ||
      weightOf(b) - weightOf(a),
  );
  return {
    clipId,
    state: row.state as FieldState,
    version: row.version,
    sourceId: clip.sourceId,
    sourceName: clip.source.name || clip.sourceId,
    sourceKind: clip.source.kind,
    fileName: clip.fileName,
    timezone: clip.source.timezone || profile.timezone,
    startedAt: clip.startedAt.toISOString(),
    durationMs: clip.durationMs,
    uncertaintyMs: clip.startUncertaintyMs,
    carriers: seen.carriers.map(({ name }) => name),
    isGone: clip.deletedAt !== null,
    widthPx: clip.widthPx,
    heightPx: clip.heightPx,
    startMethod: clip.startMethod,
    receivedAt: clip.receivedAt.toISOString(),
    uploader: clip.collectorId === null ? null : (names.get(clip.collectorId) ?? null),
    telemetryFormat: clip.telemetryFormat,
    track: trackLines(seen.track, fieldSettings.gapMaxMs),
    standsAt: seen.standsAt === null ? null : { longitude: seen.standsAt.longitude, latitude: seen.standsAt.latitude },
    options,
    said: said.map((one) => ({
      ordinal: one.ordinal,
      decision: one.decision,
      targetKey: one.targetKey,
      place: one.targetKey === null ? null : (targets.get(one.targetKey)?.place ?? null),
      certainty: one.certainty as FieldTarget["certainty"],
      by: one.personId === null ? null : (names.get(one.personId) ?? one.personId),
      ruleVersion: one.ruleVersion,
      at: one.createdAt.toISOString(),
      reason: one.reason,
    })),
    nothing:
      folded.nothing === null
        ? null
        : {
            by: names.get(folded.nothing.personId ?? "") ?? "",
            at: folded.nothing.createdAt.toISOString(),
            reason: folded.nothing.reason ?? "",
          },
    mayDecide,
    barred:
      barOf(clip.source.district) ??
      options.find(({ state, barred }) => barred !== null && (state === "linked" || state === "proposed"))?.barred ??
      null,
  };
}

const weightOf = ({ reasons }: FieldTarget): number =>
  reasons.reduce((sum, { says }) => sum + (says === "for" ? 1 : says === "against" ? -2 : 0), 0);
