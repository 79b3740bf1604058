import { createRandom } from "../random.ts";
import type { Stage } from "../stage.ts";
import type { Palette } from "../street/palette.ts";
import { gateVariant } from "./gate.ts";
import { placeOf } from "./place-of.ts";
import { streetVariant } from "./street.ts";
import type { Variant } from "./variant.ts";

/** Far beyond every seed in use, so that a second try is no other seed's first. */
const nextTry = 1_000_003;
/** The number that chose the gate must not choose its weather as well. */
const gateShift = 500_000_000;

/**
 * Builds the variant of a seed on the stage. The same seed gives the same variant on every machine. A street that no camera could watch is built anew.
 */
export function createVariant(stage: Stage, palette: Palette, seed: number): Variant {
  const isGate = placeOf(seed) === "gate";
  const make = isGate ? gateVariant : streetVariant;
  for (let attempt = 0; attempt < 12; attempt++) {
    stage.clear();
    const random = createRandom(attempt * nextTry + (isGate ? gateShift + seed : seed));
    const variant = make(stage, palette, random, seed);
    if (variant) return variant;
  }
  throw new Error(`no camera place shows variant ${seed}`);
}

/** Variants of these seeds and higher are for training; they share no painted texture with those below, which are for measuring. */
const firstTrainingSeed = 10_000;

/** Which painted textures a variant has: four sets each for measuring and for training. */
export const variantPalette = (seed: number): number => (seed < firstTrainingSeed ? 70 : 60) + (seed % 4);
