/** One comparison of a device's clock with Beijing time. Positive: the device runs ahead. */
export type ClockSample = { readonly atMs: number; readonly offsetMs: number; readonly uncertaintyMs: number };

/** A sample farther from a capture than this says nothing about it (domain D.4 [P]). */
export const clockReachMs = 24 * 3_600_000;

/** The nearest samples before and after an instant, each within reach. */
export function samplesAround<S extends ClockSample>(samples: readonly S[], atMs: number): { before?: S; after?: S } {
  const near = samples.filter((sample) => Math.abs(sample.atMs - atMs) <= clockReachMs);
  const [before] = near.filter((sample) => sample.atMs <= atMs).sort((a, b) => b.atMs - a.atMs);
  const [after] = near.filter((sample) => sample.atMs > atMs).sort((a, b) => a.atMs - b.atMs);
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/**
 * What is known of a device's clock at a capture: the larger of the two nearest offsets with its measuring error, so that the error is the
 * authority's and not the party's. Null without any sample in reach.
 */
export function clockErrorAt(samples: readonly ClockSample[], atMs: number): number | null {
  const { before, after } = samplesAround(samples, atMs);
  const errors = [before, after].flatMap((sample) =>
    sample === undefined ? [] : [Math.abs(sample.offsetMs) + sample.uncertaintyMs],
  );
  return errors.length === 0 ? null : Math.max(...errors);
}
