import { createRandom } from "../random.ts";
import type { Stage } from "../stage.ts";
import type { Palette } from "../street/palette.ts";
import { gateVariant } from "./gate.ts";
import { streetVariant } from "./street.ts";
import type { Variant } from "./variant.ts";

/** One in six is a gate, the rest are streets. The same seed gives the same variant on every machine. */
export function createVariant(stage: Stage, palette: Palette, seed: number): Variant {
  const random = createRandom(seed);
  return random.chance(1 / 6) ? gateVariant(stage, palette, random, seed) : streetVariant(stage, palette, random, seed);
}

/** Painted textures of variants: few sets, none of them used by training pictures. */
export const variantPalette = (seed: number): number => 70 + (seed % 4);
