import type { Pose } from "@mingcha/models/scene";

export interface TelemetrySample {
  readonly offsetMs: number;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly heightM: number | null;
  readonly gimbalYawDeg: number | null;
  readonly gimbalPitchDeg: number | null;
  readonly gimbalRollDeg: number | null;
}

/** Farther apart than this, two samples say nothing about the time between them. */
const gapMaxMs = 3_000;

/**
 * Where the aircraft was at a moment of the clip: position and height on the line between the two samples around it
 * (one-second telemetry and a moving aircraft: the nearest sample alone is metres off, ingest §2.2), angles of the nearer one.
 * Undefined without a sample near enough. Samples in time order.
 */
export function poseAt(samples: readonly TelemetrySample[], offsetMs: number): Pose | undefined {
  const after = samples.findIndex((sample) => sample.offsetMs >= offsetMs);
  const right = after < 0 ? undefined : samples[after];
  const left = after < 0 ? samples.at(-1) : samples[after - 1];
  const near = (sample: TelemetrySample | undefined): sample is TelemetrySample =>
    sample !== undefined && Math.abs(sample.offsetMs - offsetMs) <= gapMaxMs;
  const a = near(left) ? left : near(right) ? right : undefined;
  const b = near(right) ? right : a;
  if (a === undefined || b === undefined) return undefined;
  const share = b.offsetMs === a.offsetMs ? 0 : (offsetMs - a.offsetMs) / (b.offsetMs - a.offsetMs);
  const nearer = share < 0.5 ? a : b;
  const between = (key: "longitude" | "latitude" | "heightM"): number | null => {
    const [from, to] = [a[key], b[key]];
    return from === null || to === null ? (nearer[key] ?? null) : from + (to - from) * share;
  };
  const known = Object.entries({
    longitude: between("longitude"),
    latitude: between("latitude"),
    heightM: between("heightM"),
    yawDeg: nearer.gimbalYawDeg,
    pitchDeg: nearer.gimbalPitchDeg,
    rollDeg: nearer.gimbalRollDeg,
  }).filter(([, value]) => value !== null);
  return known.length === 0 ? undefined : (Object.fromEntries(known) as Pose);
}
