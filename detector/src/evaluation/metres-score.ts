import type { ScoredAct } from "./score-clip.ts";

/** Distances beyond a door line against the truth, metres. `within`: measured ones that are off by no more than the error they state. */
export type MetresRate = {
  acts: number;
  measured: number;
  /** Mean of measured less true: above 0 it accuses of more than was done. NaN where nothing was measured, as the two below. */
  biasM: number;
  rmsM: number;
  maxM: number;
  within: number;
};

export function metresRateOf(lines: readonly Pick<ScoredAct, "metres">[]): MetresRate {
  const acts = lines.flatMap(({ metres }) => metres ?? []);
  const known = acts.flatMap(({ trueM, measured }) =>
    measured === null ? [] : [{ offM: measured.m - trueM, errorM: measured.errorM }],
  );
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    acts: acts.length,
    measured: known.length,
    biasM: sum(known.map(({ offM }) => offM)) / known.length,
    rmsM: Math.sqrt(sum(known.map(({ offM }) => offM ** 2)) / known.length),
    maxM: known.length === 0 ? Number.NaN : Math.max(...known.map(({ offM }) => Math.abs(offM))),
    within: known.filter(({ offM, errorM }) => Math.abs(offM) <= errorM).length,
  };
}
