import { median } from "../geometry/box.ts";
import { blocksOf } from "./blocks.ts";
import { assertGrey, smooth } from "./grey-picture.ts";
import { measureTexture } from "./measure-texture.ts";

export type VisibilityReason = "dark" | "glare" | "rain_or_fog" | "blocked";

/** How much a picture shows; the figures are shares 0..1 and are kept with the look, the verdict follows from them. */
export type Visibility = {
  /** Mean grey. */
  lightness: number;
  /** Median over 48 blocks of the standard deviation of grey in the block: what fog, darkness and glare take away everywhere. */
  contrast: number;
  /** Curvature ÷ slope of the grey surface: falls with drops on the lens, spray and defocus. */
  sharpness: number;
  /** Share of the picture that is burnt out (grey ≥ 250). */
  glareShare: number;
  verdict: "clear" | "low" | "blind";
  reason?: VisibilityReason;
};

const burntOut = 250;

/** Limits below which a look is "low" and "blind"; house choices, checked on pictures by `view-report`. `…Of`: relative to the reference view. */
export const visibilityLimits = {
  lightness: { low: 0.1, blind: 0.04 },
  glareShare: { low: 0.25, blind: 0.5 },
  contrast: { low: 0.02, blind: 0.008 },
  contrastOf: { low: 0.35, blind: 0.12 },
  sharpnessOf: { low: 0.6, blind: 0.4 },
} as const;

type Finding = { verdict: "low" | "blind"; reason: VisibilityReason };

function find(reason: VisibilityReason, isLow: boolean, isBlind: boolean): Finding[] {
  return isBlind ? [{ verdict: "blind", reason }] : isLow ? [{ verdict: "low", reason }] : [];
}

/**
 * Measures a thumbnail of `viewSize`, by itself or against the same measures of the reference view (then a bare yard is not taken for fog,
 * nor a white wall for glare). The worst finding is the verdict; of equal ones the first in the order blocked, dark, glare, rain or fog.
 */
export function measureVisibility(
  grey: Uint8Array,
  width: number,
  height: number,
  reference?: Pick<Visibility, "lightness" | "contrast" | "sharpness" | "glareShare">,
): Visibility {
  assertGrey({ grey, width, height });
  const soft = smooth({ grey, width, height });
  const deviations = blocksOf(width, height).map((pixels) => {
    const mean = pixels.reduce((sum, at) => sum + (soft[at] as number), 0) / pixels.length;
    return Math.sqrt(pixels.reduce((sum, at) => sum + ((soft[at] as number) - mean) ** 2, 0) / pixels.length) / 255;
  });
  const { lightness, detail: sharpness } = measureTexture({ grey, width, height });
  const contrast = median(deviations);
  const glareShare = grey.reduce((sum, value) => sum + (value >= burntOut ? 1 : 0), 0) / grey.length;
  const limits = visibilityLimits;
  const glare = Math.max(0, glareShare - (reference?.glareShare ?? 0));
  // Half the light halves the contrast too: that is dusk. Fog takes contrast and leaves, or adds, light.
  const perLight = (one: Pick<Visibility, "lightness" | "contrast">): number =>
    one.contrast / Math.max(one.lightness, 0.01);
  const ofContrast =
    reference === undefined ? 1 : perLight({ lightness, contrast }) / Math.max(perLight(reference), 1e-6);
  const ofSharpness = reference === undefined ? 1 : sharpness / Math.max(reference.sharpness, 1e-6);
  const isDark = lightness < limits.lightness.low;
  const isFlat = Math.max(...deviations) < limits.contrast.low;
  const findings = [
    // Light enough, and not one block shows anything: a hand, a bag, paint. Or everything is out of focus.
    ...find(
      "blocked",
      !isDark && ofSharpness < limits.sharpnessOf.low && ofContrast < 0.8,
      !isDark && (isFlat || ofSharpness < limits.sharpnessOf.blind),
    ),
    ...find("dark", isDark, lightness < limits.lightness.blind || (isDark && contrast < limits.contrast.blind)),
    ...find("glare", glare > limits.glareShare.low, glare > limits.glareShare.blind),
    ...find(
      "rain_or_fog",
      contrast < limits.contrast.low || ofContrast < limits.contrastOf.low,
      contrast < limits.contrast.blind || ofContrast < limits.contrastOf.blind,
    ),
  ];
  const worst = findings.find(({ verdict }) => verdict === "blind") ?? findings[0];
  return { lightness, contrast, sharpness, glareShare, ...(worst ?? { verdict: "clear" }) };
}
