/** Telemetry at one moment of a clip; null where it does not say. Angles in degrees. */
export interface PoseSample {
  readonly offsetMs: number;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly heightM: number | null;
  readonly gimbalYawDeg: number | null;
  readonly gimbalPitchDeg: number | null;
  readonly gimbalRollDeg: number | null;
}

/** Farther apart than this, two samples say nothing about the time between them: at 10 m/s the aircraft may be 15 m off the line. */
export const gapMaxMs = 3_000;
/** Before the first and after the last sample the nearest counts for this long. */
export const edgeMaxMs = 1_000;

type Keys<S> = { [K in keyof S]: number | null extends S[K] ? K : never }[keyof S];

/** Index of the first sample at or after a moment; the length where none is. Samples in time order. */
export function firstFrom(samples: readonly { readonly offsetMs: number }[], offsetMs: number): number {
  let [low, high] = [0, samples.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((samples[mid]?.offsetMs ?? 0) < offsetMs) low = mid + 1;
    else high = mid;
  }
  return low;
}

/**
 * Samples around a moment and the share of the way between them; undefined where no sample is near enough. Samples in time order.
 * Telemetry of once a second and a moving aircraft: the nearest sample alone is metres off (ingest note §2.2).
 */
export function samplesAround<S extends { readonly offsetMs: number }>(
  samples: readonly S[],
  offsetMs: number,
): { from: S; to: S; share: number } | undefined {
  const next = firstFrom(samples, offsetMs);
  const [left, right] = [samples[next - 1], samples[next]];
  if (right !== undefined && right.offsetMs === offsetMs) return { from: right, to: right, share: 0 };
  if (left !== undefined && right !== undefined) {
    const gap = right.offsetMs - left.offsetMs;
    return gap > gapMaxMs ? undefined : { from: left, to: right, share: (offsetMs - left.offsetMs) / gap };
  }
  const only = left ?? right;
  if (only === undefined || Math.abs(only.offsetMs - offsetMs) > edgeMaxMs) return undefined;
  return { from: only, to: only, share: 0 };
}

/** A number on the line between two; where one of them is not known, that of the nearer sample, which may be none. */
export const between = (from: number | null, to: number | null, share: number): number | null =>
  from === null || to === null ? (share < 0.5 ? from : to) : from + (to - from) * share;

/** An angle on the shorter way between two, −180…180. */
export function angleBetween(from: number | null, to: number | null, share: number): number | null {
  if (from === null || to === null) return share < 0.5 ? from : to;
  const way = ((((to - from + 180) % 360) + 360) % 360) - 180;
  const angle = from + way * share;
  return Math.abs(angle) <= 180 ? angle : ((((angle + 180) % 360) + 360) % 360) - 180;
}

/** A sample at any moment: numbers on the line, angles (names that end in Deg, fields of view apart) on the shorter way. */
export function sampleAt<S extends PoseSample>(samples: readonly S[], offsetMs: number): S | undefined {
  const around = samplesAround(samples, offsetMs);
  if (around === undefined) return undefined;
  const { from, to, share } = around;
  const mixed: S = { ...(share < 0.5 ? from : to), offsetMs };
  const write = mixed as Record<keyof S, unknown>;
  for (const key of Object.keys(from) as Keys<S>[]) {
    const [a, b] = [from[key] as number | null, to[key] as number | null];
    if (key === "offsetMs" || (typeof a !== "number" && typeof b !== "number")) continue;
    const name = String(key);
    write[key] = name.endsWith("Deg") && !name.startsWith("fov") ? angleBetween(a, b, share) : between(a, b, share);
  }
  return mixed;
}
