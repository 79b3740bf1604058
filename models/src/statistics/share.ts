import { wilsonInterval } from "./interval.ts";

/** A share with all that is needed to judge it. */
export interface Share {
  readonly count: number;
  /** Items it is taken of. */
  readonly total: number;
  /** Items that belong here and are not decided yet: they are in neither number. */
  readonly undecided: number;
  /** Items that do not belong here, for a reason the figure's text gives. */
  readonly leftOut: number;
  /** count ÷ total; null below the smallest number of items, where only the interval is told. */
  readonly share: number | null;
  /** Wilson 95 %; null without items. */
  readonly low: number | null;
  readonly high: number | null;
  /**
   * Where the share would stand if everything undecided went against it, and for it: not deciding moves these apart and nothing else.
   * Null without items of either sort.
   */
  readonly ifAllAgainst: number | null;
  readonly ifAllFor: number | null;
}

export interface ShareParts {
  readonly count: number;
  readonly total: number;
  readonly undecided?: number;
  readonly leftOut?: number;
}

/** A share of counted items; its point is told from `minTotal` items on. */
export function makeShare({ count, total, undecided = 0, leftOut = 0 }: ShareParts, minTotal: number): Share {
  const interval = wilsonInterval(count, total);
  const all = total + undecided;
  return {
    count,
    total,
    undecided,
    leftOut,
    share: total > 0 && total >= minTotal ? count / total : null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    ifAllAgainst: all === 0 ? null : count / all,
    ifAllFor: all === 0 ? null : (count + undecided) / all,
  };
}
