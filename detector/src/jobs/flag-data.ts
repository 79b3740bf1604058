import type { FlagModel, Prisma } from "@mingcha/infra/db";
import type { Scene, TraceItem } from "@mingcha/models/scene";
import type { Finding } from "@mingcha/models/violations";
import { z } from "zod";
import type { DetectorDeps } from "./deps.ts";

/** Where a finding comes from. */
export interface FlagSource {
  readonly sourceId: string;
  readonly sceneId: string;
  readonly ruleKey: string;
  readonly scene: Scene;
  readonly model: DetectorDeps["model"];
  /** The stretch of looks has ended (long gap, another scene version): nothing in it can still go on. */
  readonly isOver: boolean;
}

const intervalsSchema = z.array(
  z.object({ state: z.enum(["present", "absent", "blind"]), from: z.string(), to: z.string() }),
);

export type FlagData = Omit<Prisma.FlagUncheckedCreateInput, "from" | "to" | "dwellS" | "intervals" | "trace"> & {
  from: Date;
  to: Date;
  dwellS: number;
  intervals: z.infer<typeof intervalsSchema>;
  trace: TraceItem[];
};

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** The row of a finding. */
export function flagData(input: FlagSource, finding: Finding): FlagData {
  const zone = input.scene.zones.find((item) => item.id === finding.zone);
  return {
    sourceId: input.sourceId,
    sceneId: input.sceneId,
    ruleKey: input.ruleKey,
    violation: finding.violation,
    zoneId: finding.zone,
    // Without a place of its own a zone is its own place: two zones of one camera must not become one act.
    place: zone?.place ?? `${input.scene.source.name || input.sourceId} · ${finding.zone}`,
    from: new Date(finding.fromMs),
    ordinal: finding.number ?? 1,
    to: new Date(finding.toMs),
    ended: input.isOver || !finding.isOpen,
    dwellS: round(finding.dwellMs / 1_000, 3),
    score: round(finding.score, 4),
    boxNorm: finding.boxNorm.map((edge) => round(edge, 5)),
    intervals: finding.intervals.map(({ state, fromMs, toMs }) => ({
      state,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    })),
    trace: finding.trace,
    judge: {
      toJudge: finding.toJudge,
      best: {
        at: new Date(finding.best.capturedAtMs).toISOString(),
        boxNorm: finding.best.boxNorm.map((edge) => round(edge, 5)),
      },
    },
    modelId: input.model.id,
    modelSha256: input.model.sha256,
  };
}

/**
 * What a flag is after an evaluation that could not read back to its beginning: it began when it was known to begin, what lies before the first
 * look of the evaluation stays as it was known, what came after is as found now. Everywhere else the finding is the whole act and stands alone.
 * @param sinceMs first look of the evaluation, ms since 1970
 */
export function joinEarlier(
  flag: Pick<FlagModel, "sceneId" | "from" | "ordinal" | "intervals" | "trace">,
  found: FlagData,
  sinceMs: number,
): FlagData {
  if (flag.from.getTime() >= sinceMs || flag.sceneId !== found.sceneId) return found;
  const since = new Date(sinceMs).toISOString();
  const earlier = intervalsSchema
    .parse(flag.intervals)
    .filter(({ from }) => from < since)
    .map((interval) => (interval.to > since ? { ...interval, to: since } : interval));
  const intervals = [...earlier, ...found.intervals];
  const presentMs = intervals
    .filter(({ state }) => state === "present")
    .reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0);
  const dwellS = round(presentMs / 1_000, 3);
  const knownS = dwellOf(flag.trace as unknown as TraceItem[]);
  return {
    ...found,
    from: flag.from,
    ordinal: flag.ordinal,
    intervals,
    dwellS,
    trace: found.trace.map((line) => {
      if (line.filter !== "dwell") return line;
      // Where each thing is to dwell by itself, the longest of either time did so at least.
      const isOfWhole = Number(line.value) === found.dwellS;
      return { ...line, value: isOfWhole ? dwellS : Math.max(knownS, Number(line.value)) };
    }),
  };
}

const dwellOf = (trace: readonly TraceItem[]): number =>
  Number(trace.find(({ filter }) => filter === "dwell")?.value ?? 0);
