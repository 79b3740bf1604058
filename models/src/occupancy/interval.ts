/** Stretch of wall clock, milliseconds since 1970 UTC; both ends are looks. */
export type Interval = { fromMs: number; toMs: number };

export const lengthMs = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs), 0);

/** The longest of them, 0 where there is none. */
export const longestMs = (intervals: readonly Interval[]): number =>
  Math.max(0, ...intervals.map(({ fromMs, toMs }) => toMs - fromMs));

/** Sorted, with everything that touches or overlaps joined. */
export function unite(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const { fromMs, toMs } of [...intervals].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else joined.push({ fromMs, toMs });
  }
  return joined;
}

/** What two sets of intervals have in common; touching ends give nothing. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const common: Interval[] = [];
  for (const x of a)
    for (const y of b) {
      const fromMs = Math.max(x.fromMs, y.fromMs);
      const toMs = Math.min(x.toMs, y.toMs);
      if (fromMs < toMs) common.push({ fromMs, toMs });
    }
  return unite(common);
}

/** What is left of `from` without `without`. */
export function subtract(from: readonly Interval[], without: readonly Interval[]): Interval[] {
  let left = unite(from);
  for (const cut of without)
    left = left.flatMap(({ fromMs, toMs }) => {
      if (cut.toMs <= fromMs || cut.fromMs >= toMs) return [{ fromMs, toMs }];
      return [
        ...(cut.fromMs > fromMs ? [{ fromMs, toMs: cut.fromMs }] : []),
        ...(cut.toMs < toMs ? [{ fromMs: cut.toMs, toMs }] : []),
      ];
    });
  return left;
}
