import { boxIou, type Look, type Scene, type TraceItem } from "../scene/index.ts";
import { evaluateScene, type Finding, type PlaceReport } from "./evaluate-scene.ts";
import { isFollowing } from "./evaluate-scene-look.ts";
import { zonesOf } from "./pick-candidates.ts";
import { type WatchedPlace, watchedPlaces } from "./resolve-rule.ts";

/** A line of the trace that is not the same any more; undefined where the rule does not have that filter. */
export type ChangedLine = { before: TraceItem | undefined; after: TraceItem | undefined };

/** An act that is flagged by both scenes, and what the change does to it. */
export type KeptFlag = {
  before: Finding;
  after: Finding;
  /** How much later the act begins and ends now; 0 where nothing moved. */
  fromShiftMs: number;
  toShiftMs: number;
  changed: ChangedLine[];
};

/** An act that only one of the scenes flags, and what the other says about it: the lines it fails there, none where it never saw it. */
export type LoneFlag = { flag: Finding; because: TraceItem[] };

export type Comparison = { onlyBefore: LoneFlag[]; onlyAfter: LoneFlag[]; both: KeptFlag[] };

const flagsOf = (reports: readonly PlaceReport[]): Finding[] => reports.flatMap((report) => report.flags);

const overlapMs = (a: Finding, b: Finding): number => Math.min(a.toMs, b.toMs) - Math.max(a.fromMs, b.fromMs);

/** Boxes overlapping this much are one place, where a zone has been renamed or redrawn. */
const samePlaceIou = 0.3;

/** Whether two findings speak of one act: same violation, a common moment, the same zone or the same spot in the picture. */
const isSameAct = (a: Finding, b: Finding): boolean =>
  a.violation === b.violation &&
  overlapMs(a, b) >= 0 &&
  (a.zone === b.zone || boxIou(a.boxNorm, b.boxNorm) >= samePlaceIou);

/** Pairs the acts of two scenes: same zone first, then the longest common time; each is used once. */
function pairFlags(before: readonly Finding[], after: readonly Finding[]): [Finding, Finding][] {
  const candidates = before.flatMap((a) => after.filter((b) => isSameAct(a, b)).map((b) => [a, b] as const));
  candidates.sort(
    ([a, b], [c, d]) =>
      Number(c.zone === d.zone) - Number(a.zone === b.zone) ||
      overlapMs(c, d) - overlapMs(a, b) ||
      a.fromMs - c.fromMs ||
      b.fromMs - d.fromMs,
  );
  const [usedBefore, usedAfter] = [new Set<Finding>(), new Set<Finding>()];
  const pairs: [Finding, Finding][] = [];
  for (const [a, b] of candidates) {
    if (usedBefore.has(a) || usedAfter.has(b)) continue;
    usedBefore.add(a);
    usedAfter.add(b);
    pairs.push([a, b]);
  }
  return pairs;
}

const isSameLine = (a: TraceItem | undefined, b: TraceItem | undefined): boolean =>
  a?.passed === b?.passed && a?.value === b?.value && a?.threshold === b?.threshold && a?.note?.en === b?.note?.en;

function changedLines(before: readonly TraceItem[], after: readonly TraceItem[]): ChangedLine[] {
  const names = [...new Set([...before, ...after].map((line) => line.filter))];
  const lineOf = (trace: readonly TraceItem[], name: string): TraceItem | undefined =>
    trace.find((line) => line.filter === name);
  return names
    .map((name) => ({ before: lineOf(before, name), after: lineOf(after, name) }))
    .filter((line) => !isSameLine(line.before, line.after));
}

function lone(flags: readonly Finding[], elsewhere: readonly PlaceReport[]): LoneFlag[] {
  const rejected = elsewhere.flatMap((report) => report.rejected);
  return flags.map((flag) => {
    const [nearest] = rejected
      .filter((finding) => isSameAct(flag, finding))
      .sort((a, b) => overlapMs(flag, b) - overlapMs(flag, a));
    return { flag, because: nearest?.trace.filter((line) => !line.passed) ?? [] };
  });
}

const byStart = (a: Finding, b: Finding): number => a.fromMs - b.fromMs || a.id.localeCompare(b.id);

/** What two evaluations of the same looks say differently. */
export function compareReports(before: readonly PlaceReport[], after: readonly PlaceReport[]): Comparison {
  const [flagsBefore, flagsAfter] = [flagsOf(before).sort(byStart), flagsOf(after).sort(byStart)];
  const pairs = pairFlags(flagsBefore, flagsAfter);
  const [keptBefore, keptAfter] = [new Set(pairs.map(([a]) => a)), new Set(pairs.map(([, b]) => b))];
  return {
    onlyBefore: lone(
      flagsBefore.filter((flag) => !keptBefore.has(flag)),
      after,
    ),
    onlyAfter: lone(
      flagsAfter.filter((flag) => !keptAfter.has(flag)),
      before,
    ),
    both: pairs
      .sort(([a], [b]) => byStart(a, b))
      .map(([a, b]) => ({
        before: a,
        after: b,
        fromShiftMs: b.fromMs - a.fromMs,
        toShiftMs: b.toMs - a.toMs,
        changed: changedLines(a.trace, b.trace),
      })),
  };
}

/** All that the report of a place that watches what stands depends on, beside the looks. */
function causesOf(scene: Scene, { ruleIndex: _, ...place }: WatchedPlace): string {
  const { source, lookEveryS, calibration } = scene;
  const everywhere = [...zonesOf(scene, "exempt"), ...zonesOf(scene, "privacy")];
  return JSON.stringify({ source, lookEveryS, calibration, everywhere, place });
}

/** The evaluation of a scene of which another one is known: places that nothing has changed for keep their report. */
function evaluateChanged(
  scene: Scene,
  looks: readonly Look[],
  known: { scene: Scene; reports: readonly PlaceReport[] },
): PlaceReport[] {
  const places = watchedPlaces(scene);
  const causes = places.map((place) => causesOf(scene, place));
  const knownPlaces = watchedPlaces(known.scene);
  const knownCauses = knownPlaces.map((place) => causesOf(known.scene, place));
  // Things that move are followed for all their rules together: these keep their reports only if none of them changed.
  const followed = (all: readonly WatchedPlace[], texts: readonly string[]): string =>
    texts.filter((_, i) => all[i] !== undefined && isFollowing(all[i])).join("\n");
  const isSameFollowing = followed(places, causes) === followed(knownPlaces, knownCauses);

  const kept = places.map((place, i) =>
    isFollowing(place) && !isSameFollowing ? undefined : known.reports[knownCauses.indexOf(causes[i] ?? "")],
  );
  const fresh = evaluateScene(
    scene,
    looks,
    places.filter((_, i) => kept[i] === undefined),
  );
  return kept.flatMap((report) => report ?? fresh.shift() ?? []);
}

/**
 * What a changed scene would have flagged on looks that were taken already, against what the old one flags; without an old one all is new.
 * Pure. What a privacy zone masked when the looks were taken is not in them: a scene without that zone cannot bring it back.
 */
export function compareScenes(before: Scene | undefined, after: Scene, looks: readonly Look[]): Comparison {
  if (before === undefined) return compareReports([], evaluateScene(after, looks));
  const reports = evaluateScene(before, looks);
  return compareReports(reports, evaluateChanged(after, looks, { scene: before, reports }));
}
