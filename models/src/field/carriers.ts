/** Who had a device, by a record of its register; instants in ms since 1970. Withdrawn ones are not among them. */
export interface Assignment {
  readonly personId: string | null;
  /** A car, by its plate or number; null where a person carries the device. */
  readonly car: string | null;
  readonly fromMs: number;
  /** Up to and not including this instant; null: until further notice. */
  readonly toMs: number | null;
}

/**
 * Whose a recording is by assignment: everybody who had the device at some moment that may have been recorded, `uncertaintyMs` to either
 * side. A device handed over in between has two; which of them is seen is for a person to say.
 */
export function carriersOf<A extends Assignment>(
  assignments: readonly A[],
  clip: { readonly fromMs: number; readonly toMs: number; readonly uncertaintyMs: number },
): A[] {
  return assignments.filter(
    ({ fromMs, toMs }) =>
      fromMs <= clip.toMs + clip.uncertaintyMs && (toMs === null || toMs > clip.fromMs - clip.uncertaintyMs),
  );
}
