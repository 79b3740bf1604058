import { betaQuantile } from "./beta.ts";
import { confidence, z975 } from "./settings.ts";

/** Both ends of a 95 % interval of a share, 0..1. */
export interface ShareInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval without continuity correction (Wilson 1927, J. Am. Stat. Assoc. 22:209; method 3 of Newcombe 1998, Stat. Med.
 * 17:857): never outside 0..1, and honest with few items. Null without any.
 */
export function wilsonInterval(count: number, total: number): ShareInterval | null {
  if (total <= 0) return null;
  const share = count / total;
  const z2 = z975 * z975;
  const centre = share + z2 / (2 * total);
  const half = z975 * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total));
  const scale = 1 + z2 / total;
  return {
    low: count === 0 ? 0 : (centre - half) / scale,
    high: count === total ? 1 : (centre + half) / scale,
  };
}

/**
 * Clopper and Pearson's exact interval (1934, Biometrika 26:404; method 5 of Newcombe 1998): for rare things, where too narrow would be
 * worse than too wide. Neither number need be whole: they may be effective ones. Null without any.
 */
export function clopperPearsonInterval(count: number, total: number): ShareInterval | null {
  if (total <= 0) return null;
  const tail = (1 - confidence) / 2;
  return {
    low: count <= 0 ? 0 : betaQuantile(tail, count, total - count + 1),
    high: count >= total ? 1 : betaQuantile(1 - tail, count + 1, total - count),
  };
}
