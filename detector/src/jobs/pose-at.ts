import { type PoseSample, sampleAt } from "@mingcha/models/ground";
import type { Pose } from "@mingcha/models/scene";

/**
 * Where the aircraft was at a moment of the clip, between the two samples around it; undefined without a sample near enough, which is told
 * from a pose that was invented. Samples in time order.
 */
export function poseAt(samples: readonly PoseSample[], offsetMs: number): Pose | undefined {
  const sample = sampleAt(samples, offsetMs);
  if (sample === undefined) return undefined;
  const known = Object.entries({
    longitude: sample.longitude,
    latitude: sample.latitude,
    heightM: sample.heightM,
    yawDeg: sample.gimbalYawDeg,
    pitchDeg: sample.gimbalPitchDeg,
    rollDeg: sample.gimbalRollDeg,
  }).filter(([, value]) => value !== null);
  return known.length === 0 ? undefined : (Object.fromEntries(known) as Pose);
}
