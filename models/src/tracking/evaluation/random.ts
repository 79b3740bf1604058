/** Random numbers that a seed repeats. */
export type Random = { next: () => number; between: (low: number, high: number) => number; normal: () => number };

/** xorshift32 (Marsaglia, J. Statistical Software 8(14), 2003); `normal` by Box and Muller, 1958. */
export function seeded(seed: number): Random {
  // Spread the seed, so that neighbours do not begin alike; never 0, which would stay 0.
  let state = Math.imul((seed | 0) + 0x3c6ef372, 0x9e3779b1) | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) next();
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
