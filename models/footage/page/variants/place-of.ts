import { createRandom } from "../random.ts";

/** Where the variant of a seed plays: one in six is a gate, the rest are streets. */
export const placeOf = (seed: number): "gate" | "street" => (createRandom(seed).chance(1 / 6) ? "gate" : "street");
