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
 * side. A device handed over in between has two; which of them is seen is for a person to say. An issue until further notice ends where the
 * device is issued next: nobody enters a return for each hand-over. `assignments`: all of one device.
 */
export function carriersOf<A extends Assignment>(
  assignments: readonly A[],
  clip: { readonly fromMs: number; readonly toMs: number; readonly uncertaintyMs: number },
): A[] {
  const starts = assignments.map(({ fromMs }) => fromMs).sort((a, b) => a - b);
  return assignments.filter(({ fromMs, toMs }) => {
    const endMs = toMs ?? starts.find((startMs) => startMs > fromMs) ?? Number.POSITIVE_INFINITY;
    return fromMs <= clip.toMs + clip.uncertaintyMs && endMs > clip.fromMs - clip.uncertaintyMs;
  });
}

/** Whether two issues of one device cannot both be true: they begin together, or one begins within the stated period of the other. */
export function doIssuesCollide(
  a: Pick<Assignment, "fromMs" | "toMs">,
  b: Pick<Assignment, "fromMs" | "toMs">,
): boolean {
  const [first, then] = a.fromMs <= b.fromMs ? [a, b] : [b, a];
  return first.fromMs === then.fromMs || (first.toMs !== null && then.fromMs < first.toMs);
}
