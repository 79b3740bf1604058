import type { BoxNorm } from "../geometry/box.ts";
import type { Role } from "./role.ts";

/** One box in one look. `label` is the model's word, `role` ours; null where the model's label has none. Score 0..1. */
export type Detection = { label: string; role: Role | null; score: number; boxNorm: BoxNorm };

/** Where the camera was and looked, for sources that move. Degrees; yaw from true north clockwise; height above the take-off point, not above ground. */
export type Pose = {
  longitude?: number;
  latitude?: number;
  heightM?: number;
  yawDeg?: number;
  pitchDeg?: number;
  rollDeg?: number;
};

/** Why a planned look could not be taken. Never the same as "nothing was there". */
export const missingReasons = [
  "decode_failed",
  "model_failed",
  "clip_missing",
  "source_offline",
  "view_moved",
  "view_blocked",
  "low_visibility",
] as const;
export type MissingReason = (typeof missingReasons)[number];

/** What a look showed of the view itself: whether the zones were drawn on it, and how much can be seen. Only some looks are checked. */
export const viewVerdicts = ["same", "moved", "blocked", "unsure"] as const;
export const visibilityVerdicts = ["clear", "low", "blind"] as const;
export type LookView = {
  verdict: (typeof viewVerdicts)[number];
  visibility: (typeof visibilityVerdicts)[number];
};

type LookTime = {
  /** Wall clock, milliseconds since 1970-01-01 UTC. */
  capturedAtMs: number;
  /** Time in the clip, milliseconds from its first frame. */
  offsetMs: number;
  pose?: Pose;
};

/** `carried`: nothing had changed since the last analysed look, whose detections these are; the model did not see this frame. */
export type SeenLook = LookTime & { status: "seen"; detections: readonly Detection[]; view?: LookView; carried?: true };
export type MissingLook = LookTime & { status: "missing"; reason: MissingReason };

/** One analysed frame of a clip. */
export type Look = SeenLook | MissingLook;
