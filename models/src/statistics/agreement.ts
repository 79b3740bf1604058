import { makeShare, type Share } from "./share.ts";

/** One thing that two persons judged without knowing of each other: how often each pair of answers was given. */
export interface PairCount {
  readonly first: string;
  readonly second: string;
  readonly count: number;
}

export interface Agreement extends Share {
  /** Cohen's kappa; null where it is not defined: no pairs, or both always gave one and the same answer. */
  readonly kappa: number | null;
}

/**
 * Agreement of two judgements: the share of equal answers, and Cohen's kappa (1960, Educ. Psychol. Meas. 20:37), which takes off what
 * would agree by chance.
 */
export function agreementOf(
  pairs: readonly PairCount[],
  minTotal: number,
  { undecided = 0, leftOut = 0 }: { undecided?: number; leftOut?: number } = {},
): Agreement {
  const total = sum(pairs);
  const count = sum(pairs.filter(({ first, second }) => first === second));
  const share = makeShare({ count, total, undecided, leftOut }, minTotal);
  if (total === 0) return { ...share, kappa: null };
  const answers = new Set(pairs.flatMap(({ first, second }) => [first, second]));
  const byChance = [...answers].reduce(
    (all, answer) =>
      all +
      (sum(pairs.filter(({ first }) => first === answer)) / total) *
        (sum(pairs.filter(({ second }) => second === answer)) / total),
    0,
  );
  const kappa = byChance >= 1 || total < minTotal ? null : (count / total - byChance) / (1 - byChance);
  return { ...share, kappa };
}

const sum = (pairs: readonly PairCount[]): number => pairs.reduce((all, { count }) => all + count, 0);
