import type { StageOf } from "./manifest.ts";

export type ValueReading = { value: string | null; confidence: number };

/**
 * Value of one attribute from class probabilities: the value whose classes together are likeliest, null where they stay below the threshold
 * ("to be judged by a person"). The confidence is given either way, so that a reviewer sees how near it was.
 */
export function decodeValue(
  probabilities: Float32Array,
  { classes, attributes, threshold }: Pick<StageOf<"values">, "classes" | "attributes" | "threshold">,
  attribute: string,
): ValueReading {
  let best: { value: string; confidence: number } | undefined;
  for (const [value, names] of Object.entries(attributes[attribute] ?? {})) {
    const confidence = names.reduce((sum, name) => sum + (probabilities[classes.indexOf(name)] ?? 0), 0);
    if (best === undefined || confidence > best.confidence) best = { value, confidence };
  }
  if (best === undefined) return { value: null, confidence: 0 };
  return { value: best.confidence >= threshold ? best.value : null, confidence: Math.min(1, best.confidence) };
}
