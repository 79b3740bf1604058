import { z } from "zod";

/** A figure with its noise: what it may differ by without meaning anything. */
const figureSchema = z.object({
  /** `STALL recall`, `all interval error (s)`, `goods AP50` */
  name: z.string(),
  value: z.number(),
  /** Two standard errors by the bootstrap over variants or pictures, at least what one act more or less would change. */
  noise: z.number().nonnegative(),
  better: z.enum(["higher", "lower"]),
});
export type Figure = z.infer<typeof figureSchema>;

/** `models/eval/baseline.json`: what the shipped model reaches on the variants and pictures in the repository. */
export const baselineSchema = z.object({
  version: z.literal(1),
  model: z.object({ id: z.string(), sha256: z.string().length(64) }),
  figures: z.array(figureSchema),
});
export type Baseline = z.infer<typeof baselineSchema>;

export type Compared = Figure & { before: number | null; change: "same" | "better" | "worse" | "new" };

/**
 * Compares figures with those of the baseline; noise is the baseline's. A figure the baseline has and the measurement lacks is worse, and so is one
 * that should be high and fell to nothing: of a violation with few acts the noise alone would let all of them be lost.
 */
export function compareFigures(before: readonly Figure[], now: readonly Figure[]): Compared[] {
  const known = new Map(before.map((figure) => [figure.name, figure]));
  const compared = now.map((figure): Compared => {
    const old = known.get(figure.name);
    known.delete(figure.name);
    if (old === undefined) return { ...figure, before: null, change: "new" };
    const gain = (figure.value - old.value) * (old.better === "higher" ? 1 : -1);
    // figures are stored with three digits
    const isLost = old.better === "higher" && old.value > 0 && figure.value === 0;
    const change = isLost || gain < -old.noise - 0.001 ? "worse" : gain > old.noise + 0.001 ? "better" : "same";
    return { ...figure, noise: old.noise, before: old.value, change };
  });
  const lost = [...known.values()].map(
    (old): Compared => ({ ...old, value: Number.NaN, before: old.value, change: "worse" }),
  );
  return [...compared, ...lost];
}
