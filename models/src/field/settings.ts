/**
 * Thresholds by which a recording is laid beside work. House rules all of them, no law: nothing in domain.md says how near is near. Raising
 * `fieldRuleVersion` makes every open recording be looked at again.
 */
export const fieldRuleVersion = "1.1";

export const fieldSettings = {
  /** Closest approach and both errors together within this: at the place. */
  nearM: 100,
  /** Closest approach less both errors beyond this: somewhere else. */
  farM: 500,
  /** A recorder is switched on before the step begins and off after it ends. */
  slackMs: 10 * 60_000,
  /** Error of a fix that states none (95 %): a consumer receiver between houses. */
  fixErrorM: 10,
  /** Error of a position that was marked on a map. */
  markErrorM: 20,
  /** A step of which only one moment is known is taken to last so long. */
  stepLengthMs: 15 * 60_000,
  /** What was written longer after the arrival is no longer part of being there. */
  stepLengthMaxMs: 4 * 3_600_000,
  /** A track inside the video lags the picture by a consumer receiver's own delay. */
  trackErrorMs: 500,
  /** Two fixes farther apart say nothing of the time between them. */
  gapMaxMs: 5_000,
  /** Harder than this no car turns or brakes on a street (m/s²): bounds how far off the straight line between two fixes it may be. */
  accelerationMaxMS2: 3,
  /** Faster than this (144 km/h) a receiver jumped. */
  speedMaxMS: 40,
  /** With a larger error a look has no position. */
  lookErrorMaxM: 500,
  /** Clips of a car that lie no farther apart are one run. */
  runGapMs: 30 * 60_000,
} as const;
export type FieldSettings = { readonly [key in keyof typeof fieldSettings]: number };

/** Kinds of source whose recordings are laid beside work. */
export const fieldSourceKinds = ["body", "patrol", "gate"] as const;
export type FieldSourceKind = (typeof fieldSourceKinds)[number];
export const isFieldSource = (kind: string): kind is FieldSourceKind =>
  (fieldSourceKinds as readonly string[]).includes(kind);
