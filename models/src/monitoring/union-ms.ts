/** Milliseconds covered by spans within a window, each moment counted once however many spans hold it. */
export function unionMs(
  spans: readonly { readonly fromMs: number; readonly toMs: number }[],
  window: { readonly fromMs: number; readonly toMs: number },
): number {
  const sorted = spans
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, window.fromMs), toMs: Math.min(toMs, window.toMs) }))
    .filter(({ fromMs, toMs }) => fromMs < toMs)
    .sort((a, b) => a.fromMs - b.fromMs);
  let sumMs = 0;
  let coveredToMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of sorted) {
    sumMs += Math.max(0, toMs - Math.max(fromMs, coveredToMs));
    coveredToMs = Math.max(coveredToMs, toMs);
  }
  return sumMs;
}
