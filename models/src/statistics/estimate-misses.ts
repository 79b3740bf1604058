import { clopperPearsonInterval } from "./interval.ts";

/** Sampled looks of one source and day, and the unflagged looks they stand for. */
export interface SampledStratum {
  /** Looks that no flag covered: what was drawn from. */
  readonly looks: number;
  /** Sampled looks with a clear answer, and those of them on which a violation was seen. */
  readonly judged: number;
  readonly missed: number;
  /** Not answered yet, or "cannot tell". */
  readonly unclear: number;
}

export interface MissEstimate {
  /** Unflagged looks of the sources and days of which at least one sampled look was judged. */
  readonly looks: number;
  readonly judged: number;
  readonly missed: number;
  readonly unclear: number;
  /** Share of unflagged looks on which a violation is to be seen; null below the smallest number of judged looks. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The upper end if every unclear look held a violation. */
  readonly highIfUnclear: number | null;
  /** `low` and `high` in looks. */
  readonly looksLow: number | null;
  readonly looksHigh: number | null;
}

/**
 * Share of unflagged looks on which a violation is to be seen. As many looks are drawn from a busy day as from a quiet one, so each judged
 * look counts for the looks it stands for; the interval is Clopper and Pearson's on the effective number of looks (Korn and Graubard 1998,
 * Survey Methodology 24:193), with Kish's effective size (Σw)² ÷ Σw². With equal weights it is the plain exact interval.
 */
export function estimateMisses(strata: readonly SampledStratum[], minJudged: number): MissEstimate {
  const known = strata.filter(({ judged }) => judged > 0);
  const all = (of: readonly SampledStratum[], field: keyof SampledStratum) =>
    of.reduce((sum, stratum) => sum + stratum[field], 0);
  const looks = all(known, "looks");
  const judged = all(known, "judged");
  const interval = intervalOf(known);
  const worst = intervalOf(
    strata.map((stratum) => ({
      ...stratum,
      judged: stratum.judged + stratum.unclear,
      missed: stratum.missed + stratum.unclear,
    })),
  );
  return {
    looks,
    judged,
    missed: all(known, "missed"),
    unclear: all(strata, "unclear"),
    share: judged === 0 || judged < minJudged ? null : (interval?.share ?? null),
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    highIfUnclear: worst?.high ?? null,
    looksLow: interval === null ? null : Math.floor(interval.low * looks),
    looksHigh: interval === null ? null : Math.ceil(interval.high * looks),
  };
}

function intervalOf(strata: readonly SampledStratum[]): { share: number; low: number; high: number } | null {
  let weights = 0;
  let squares = 0;
  let missed = 0;
  for (const stratum of strata) {
    if (stratum.judged === 0) continue;
    const weight = stratum.looks / stratum.judged;
    weights += stratum.looks;
    squares += weight * weight * stratum.judged;
    missed += weight * stratum.missed;
  }
  if (weights === 0) return null;
  const share = missed / weights;
  const effective = (weights * weights) / squares;
  const interval = clopperPearsonInterval(share * effective, effective);
  return interval === null ? null : { share, ...interval };
}
