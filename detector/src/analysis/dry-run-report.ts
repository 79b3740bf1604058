import { isoInZone, type Look, type Scene } from "@mingcha/models/scene";
import {
  type Comparison,
  compareScenes,
  type Finding,
  type LoneFlag,
  replayLimits,
  traceLine,
} from "@mingcha/models/violations";

/** What a dry run found and what it cost. */
export type DryRun = {
  comparison: Comparison;
  /** Things about the looks that limit what the comparison can say, in a sentence each. */
  limits: ReturnType<typeof replayLimits>;
  speed: { looks: number; decodeMs: number; evaluateMs: number; looksPerS: number; timesDecoding: number };
};

/** Applies both scenes to the same looks; without an old one everything the new one flags is new. */
export function dryRun(before: Scene | undefined, after: Scene, looks: readonly Look[], decodeMs: number): DryRun {
  const startedMs = performance.now();
  const comparison = compareScenes(before, after, looks);
  const evaluateMs = performance.now() - startedMs;
  return {
    comparison,
    limits: replayLimits(after, looks),
    speed: {
      looks: looks.length,
      decodeMs: Math.round(decodeMs),
      evaluateMs: Math.round(evaluateMs),
      looksPerS: Math.round(looks.length / Math.max(1e-3, (decodeMs + evaluateMs) / 1000)),
      timesDecoding: Math.round((10 * evaluateMs) / Math.max(1e-3, decodeMs)) / 10,
    },
  };
}

const shift = (ms: number): string => (ms === 0 ? "" : ` (${ms > 0 ? "+" : ""}${ms / 1000} s)`);

/** The result as lines a person reads. */
export function dryRunLines({ comparison, limits, speed }: DryRun, timezone: string): string[] {
  const iso = (ms: number): string => isoInZone(ms, timezone).slice(0, 19);
  const act = (flag: Finding): string =>
    `${flag.violation} ${flag.zone} ${iso(flag.fromMs)} – ${iso(flag.toMs)} dwell ${flag.dwellMs / 1000} s`;
  const alone = (mark: string, { flag, because }: LoneFlag): string[] => [
    `${mark} ${act(flag)}`,
    ...because.map((line) => `    ${traceLine(line)}`),
  ];
  return [
    ...limits.map(({ zh, en }) => `! ${zh} / ${en}`),
    ...comparison.onlyBefore.flatMap((lone) => alone("-", lone)),
    ...comparison.onlyAfter.flatMap((lone) => alone("+", lone)),
    ...comparison.both.flatMap(({ before, after, fromShiftMs, toShiftMs, changed }) => {
      const isSame = fromShiftMs === 0 && toShiftMs === 0 && changed.length === 0;
      if (isSame) return [`= ${act(after)}`];
      const ends = `${iso(after.fromMs)}${shift(fromShiftMs)} – ${iso(after.toMs)}${shift(toShiftMs)}`;
      return [
        `~ ${after.violation} ${before.zone === after.zone ? after.zone : `${before.zone} → ${after.zone}`} ${ends}`,
        ...changed.flatMap((line) => [
          ...(line.before === undefined ? [] : [`    - ${traceLine(line.before)}`]),
          ...(line.after === undefined ? [] : [`    + ${traceLine(line.after)}`]),
        ]),
      ];
    }),
    `${comparison.onlyBefore.length} would be gone, ${comparison.onlyAfter.length} would be new, ${comparison.both.length} stay`,
    `${speed.looks} looks, ${speed.looksPerS} looks/s; rules took ${speed.timesDecoding} × the time of decoding the stored looks`,
  ];
}
