import type { ScoredAct } from "./score-clip.ts";

/** One line of a variant's result with what it is grouped by. */
export type VariantLine = ScoredAct & { clip: string; lookEveryS: number; conditions: string };

/**
 * Figures of a group of lines. Strict: an act counts as found only where it is a `hit` (both ends within two looks); one whose ends are
 * farther off is a miss and a wrong flag at once. Errors are of all pairs, both ends, in seconds.
 */
export type VariantRate = {
  name: string;
  truths: number;
  flags: number;
  hits: number;
  doubles: number;
  recall: number;
  precision: number;
  errorSMean: number;
  errorSMax: number;
};

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

export function rateOf(name: string, lines: readonly VariantLine[]): VariantRate {
  const truths = lines.filter((line) => line.truth !== null).length;
  const flags = lines.filter((line) => line.found !== null).length;
  const hits = lines.filter((line) => line.verdict === "hit").length;
  const errorsS = lines.flatMap(({ truth, found }) =>
    truth === null || found === null ? [] : [Math.abs(found.fromS - truth.fromS), Math.abs(found.toS - truth.toS)],
  );
  return {
    name,
    truths,
    flags,
    hits,
    doubles: lines.filter((line) => line.verdict === "doubled").length,
    recall: share(hits, truths),
    precision: share(hits, flags),
    errorSMean: errorsS.reduce((sum, e) => sum + e, 0) / Math.max(1, errorsS.length),
    errorSMax: Math.max(0, ...errorsS),
  };
}

/** Figures of every group, in the order of their names. */
export function ratesBy(lines: readonly VariantLine[], keyOf: (line: VariantLine) => string): VariantRate[] {
  const names = [...new Set(lines.map(keyOf))].sort();
  return names.map((name) =>
    rateOf(
      name,
      lines.filter((line) => keyOf(line) === name),
    ),
  );
}

/** Draws whole numbers below a limit from a fixed seed: Lehmer's generator (Park and Miller 1988), 16807 · x mod 2^31 − 1. */
export function createDraw(): (limit: number) => number {
  let state = 1;
  return (limit) => {
    state = (state * 16807) % 2147483647;
    return Math.floor((state / 2147483647) * limit);
  };
}

/**
 * Standard error of recall and precision by the bootstrap (Efron 1979): variants, not acts, are drawn again with replacement, because acts
 * of one picture share its light and camera.
 */
export function standardErrors(
  lines: readonly VariantLine[],
  draws = 1000,
): { recall: number; precision: number; errorSMean: number } {
  const clips = [...new Set(lines.map((line) => line.clip))];
  const byClip = clips.map((clip) => lines.filter((line) => line.clip === clip));
  const below = createDraw();
  const samples = Array.from({ length: draws }, () =>
    rateOf(
      "",
      clips.flatMap(() => byClip[below(clips.length)] ?? []),
    ),
  );
  const deviation = (key: "recall" | "precision" | "errorSMean"): number => {
    const mean = samples.reduce((sum, sample) => sum + sample[key], 0) / draws;
    return Math.sqrt(samples.reduce((sum, sample) => sum + (sample[key] - mean) ** 2, 0) / draws);
  };
  return { recall: deviation("recall"), precision: deviation("precision"), errorSMean: deviation("errorSMean") };
}

const rank: Record<ScoredAct["verdict"], number> = { missed: 4, false: 3, doubled: 2, ends_off: 1, hit: 0 };

/** Lines that went worst first: missed, false, doubled, then ends by how far they are off in looks. */
export function worstFirst(lines: readonly VariantLine[]): VariantLine[] {
  const off = (line: VariantLine): number => Math.max(Math.abs(line.fromOffLooks ?? 0), Math.abs(line.toOffLooks ?? 0));
  return [...lines].sort((a, b) => rank[b.verdict] - rank[a.verdict] || off(b) - off(a));
}
