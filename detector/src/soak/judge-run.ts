import type { Database } from "@mingcha/infra/db";
import type { Vitals } from "../runtime/vitals.ts";
import type { SoakSystem } from "./start-system.ts";
import type { MemoryTrend } from "./watch-memory.ts";

/** One line of the table: what was measured, and whether it is what it has to be. Counts hold on any machine, however busy. */
export type SoakRow = {
  about: "count" | "time" | "memory";
  name: string;
  value: string;
  goal: string;
  passed: boolean;
};

/** What the database says became of the clips and looks, against the looks that were to be taken of each clip. */
export async function countLooks(db: Database, planned: ReadonlyMap<string, number>) {
  const [clips, undetected, looks, missing, flags, most, times] = await Promise.all([
    db.clip.count(),
    db.clip.count({ where: { state: { not: "DETECTED" } } }),
    db.look.groupBy({ by: ["clipId"], where: { status: "seen" }, _count: true }),
    db.look.count({ where: { status: "missing" } }),
    db.flag.count(),
    db.clip.aggregate({ _max: { detectAttempts: true } }),
    db.clip.findMany({ select: { receivedAt: true, detectedAt: true } }),
  ]);
  const seen = new Map(looks.map(({ clipId, _count }) => [clipId, _count]));
  return {
    clips,
    undetected,
    missing,
    flags,
    attempts: most._max.detectAttempts ?? 0,
    planned: [...planned.values()].reduce((a, b) => a + b, 0),
    stored: [...seen.values()].reduce((a, b) => a + b, 0),
    oddClips: [...planned].filter(([clipId, count]) => seen.get(clipId) !== count).length,
    /** Seconds from the arrival of a clip's row to its looks and flags being stored, sorted. */
    latencyS: times
      .map(({ receivedAt, detectedAt }) => ((detectedAt ?? receivedAt).getTime() - receivedAt.getTime()) / 1000)
      .sort((a, b) => a - b),
  };
}

export type LookCounts = Awaited<ReturnType<typeof countLooks>>;

/** The last word of the detector's log about itself: over its whole run where it has stopped. */
export function vitalsOf(system: Pick<SoakSystem, "detectorLog">): Vitals | undefined {
  return system.detectorLog().findLast(({ msg }) => msg === "vitals") as Vitals | undefined;
}

const loopP99MsMax = 100;
/** Design goal for an inference process and its ffmpeg. */
const memoryMiBMax = 400;
const growthMax = 1.1;

export function judgeRun(
  counts: LookCounts,
  trends: readonly MemoryTrend[],
  run: { vitals: Vitals | undefined; stalled: number; detectorStayed: boolean; backlog: number },
): SoakRow[] {
  const { vitals, stalled, detectorStayed, backlog } = run;
  const ended = vitals?.inference.reduce((sum, { ends }) => sum + ends, detectorStayed ? 0 : 1) ?? Number.NaN;
  const { p50Ms, p99Ms, maxMs } = vitals?.loopDelay ?? { p50Ms: Number.NaN, p99Ms: Number.NaN, maxMs: Number.NaN };
  const { latencyS } = counts;
  const at = (share: number): string =>
    (latencyS[Math.min(latencyS.length - 1, Math.floor(share * latencyS.length))] ?? 0).toFixed(1);
  return [
    {
      about: "count",
      name: "looks planned / stored / missing",
      value: `${counts.planned} / ${counts.stored} / ${counts.missing}`,
      goal: "all stored, each once",
      passed: counts.oddClips === 0 && counts.missing === 0 && counts.undetected === 0,
    },
    {
      about: "count",
      name: "clips / most attempts at one",
      value: `${counts.clips} / ${counts.attempts}`,
      goal: "1 attempt",
      passed: counts.attempts === 1,
    },
    { about: "count", name: "stalled jobs", value: String(stalled), goal: "0", passed: stalled === 0 },
    { about: "count", name: "processes that ended unasked", value: String(ended), goal: "0", passed: ended === 0 },
    {
      about: "time",
      name: "event-loop delay of the detector p50 / p99 / most",
      value: `${p50Ms} / ${p99Ms} / ${maxMs} ms`,
      goal: `p99 < ${loopP99MsMax} ms`,
      passed: p99Ms < loopP99MsMax,
    },
    ...trends.map(({ name, maxMiB, startMiB, endMiB, miBPerFootageH }) => ({
      about: "memory" as const,
      name: `memory of ${name}, warm → end (most)`,
      value: `${startMiB.toFixed(0)} → ${endMiB.toFixed(0)} (${maxMiB.toFixed(0)}) MiB, ${miBPerFootageH.toFixed(1)} an hour`,
      goal: `≤ ${memoryMiBMax} MiB, ≤ ${growthMax} ×`,
      passed: maxMiB <= memoryMiBMax && endMiB <= growthMax * startMiB,
    })),
    {
      about: "time",
      name: "row to result p50 / p95 / most",
      value: `${at(0.5)} / ${at(0.95)} / ${at(1)} s`,
      goal: `(${backlog} clips always wait)`,
      passed: counts.undetected === 0,
    },
  ];
}
