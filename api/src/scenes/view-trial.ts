import type { TrialFlagView, TrialView } from "@mingcha/models/http";
import type { Look } from "@mingcha/models/scene";
import {
  type ChangedLine,
  type Comparison,
  type Finding,
  findViolation,
  type Text,
  traceText,
} from "@mingcha/models/violations";

const isoOf = (ms: number): string => new Date(ms).toISOString();

const viewFlag = (flag: Finding, lines: Text[]): TrialFlagView => ({
  violation: flag.violation,
  violationTitle: findViolation(flag.violation)?.title ?? { zh: flag.violation, en: flag.violation },
  zone: flag.zone,
  from: isoOf(flag.fromMs),
  to: isoOf(flag.toMs),
  dwellS: Math.round(flag.dwellMs) / 1000,
  boxNorm: [...flag.boxNorm],
  lines,
});

/** "停留：312 秒 ≥ 300 秒 → 停留：312 秒 < 600 秒"; a filter that one of the scenes lacks stands alone. */
function changeText({ before, after }: ChangedLine): Text {
  const texts = [before, after].flatMap((line) => (line === undefined ? [] : [traceText(line)]));
  return { zh: texts.map(({ zh }) => zh).join(" → "), en: texts.map(({ en }) => en).join(" → ") };
}

/** The comparison of two scenes as a page shows it. */
export function viewTrial(trial: {
  looks: readonly Look[];
  against: number | null;
  limits: Text[];
  comparison: Comparison;
}): TrialView {
  const { looks, comparison } = trial;
  const [first, last] = [looks[0], looks.at(-1)];
  return {
    span:
      first === undefined || last === undefined
        ? null
        : { from: isoOf(first.capturedAtMs), to: isoOf(last.capturedAtMs), looks: looks.length },
    againstVersion: trial.against,
    limits: trial.limits,
    fresh: comparison.onlyAfter.map(({ flag, because }) => viewFlag(flag, because.map(traceText))),
    gone: comparison.onlyBefore.map(({ flag, because }) => viewFlag(flag, because.map(traceText))),
    kept: comparison.both.map(({ after, fromShiftMs, toShiftMs, changed }) => ({
      ...viewFlag(after, changed.map(changeText)),
      fromShiftS: fromShiftMs / 1000,
      toShiftS: toShiftMs / 1000,
    })),
  };
}
