import { distanceM } from "../geo/distance.ts";
import type { LonLat } from "../geo/gcj02.ts";
import { type CameraPose, type Lens, lensOf, type StatedLens } from "./camera-pose.ts";
import type { Elevation } from "./elevation-grid.ts";
import type { Sentence } from "./ground-fit.ts";
import { type HeightAboveGround, heightAboveGround, type KnownHeights, whyUnused } from "./height-above-ground.ts";
import { type PoseSigmas, plainSigmas } from "./pixel-error.ts";
import { type PoseSample, sampleAt, samplesAround } from "./pose-between.ts";
import { pitchMaxDeg } from "./project-pixel.ts";
import { type ClipTime, timeErrorOf } from "./time-error.ts";

/** A sample of telemetry with all that a place on the ground is computed from; null where the recording does not say. */
export interface FrameSample extends PoseSample, StatedLens, Omit<KnownHeights, "pitchDeg"> {
  readonly sigmaHorizontalM: number | null;
}

export interface FrameClip extends ClipTime {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly points: readonly FrameSample[];
}

export type FramePose =
  | {
      readonly kind: "ok";
      readonly pose: CameraPose;
      readonly lens: Lens;
      readonly height: HeightAboveGround;
      /** Null: nothing may be said of how far off a place is, `warnings` say why. */
      readonly sigmas: PoseSigmas | null;
      readonly warnings: readonly Sentence[];
    }
  | { readonly kind: "withoutPosition" | "withoutPitch" | "withoutHeight" | "withoutLens" | "tooFlat" };

type Motion = Pick<PoseSigmas, "speedMS" | "courseDeg">;
const still: Motion = { speedMS: 0, courseDeg: 0 };

/** A lens whose angle of view the recording states (house rule, against 5 % of one that is only known as on 35 mm film). */
const statedLensShare = 0.01;

const motionUnknown: Sentence = {
  zh: "飞行数据按世界时对齐，而部分画面前后缺少位置、不知飞行速度：这些画面不给位置与误差椭圆",
  en: "The telemetry was laid beside the recording by the clock, and around some pictures it does not say how fast the aircraft flew: no place and no error ellipse is given for them",
};

const placeOf = ({ longitude, latitude }: PoseSample): LonLat | null =>
  longitude === null || latitude === null ? null : { longitude, latitude };

/** How fast and which way the aircraft went around a moment, from the samples on either side; null where they do not say. */
function motionAt(points: readonly FrameSample[], offsetMs: number): Motion | null {
  const before = samplesAround(points, Math.max(0, offsetMs - 500))?.from;
  const after = samplesAround(points, offsetMs + 500)?.to;
  if (!before || !after || after.offsetMs <= before.offsetMs) return null;
  const [from, to] = [placeOf(before), placeOf(after)];
  if (!from || !to) return null;
  const east = (to.longitude - from.longitude) * Math.cos((from.latitude / 180) * Math.PI);
  return {
    speedMS: (distanceM(from, to) * 1000) / (after.offsetMs - before.offsetMs),
    courseDeg: (Math.atan2(east, to.latitude - from.latitude) * 180) / Math.PI,
  };
}

/**
 * Where the camera was and looked at a moment of a clip, with what is known of the error, or which of the things it takes is not known. Yaw is
 * not made up: straight down without yaw has no pose.
 */
export function framePose(clip: FrameClip, offsetMs: number, elevation: Elevation | null = null): FramePose {
  const point = sampleAt(clip.points, offsetMs);
  const at = point === undefined ? null : placeOf(point);
  if (point === undefined || at === null) return { kind: "withoutPosition" };
  if (point.gimbalPitchDeg === null || point.gimbalYawDeg === null) return { kind: "withoutPitch" };
  const known = { ...point, pitchDeg: point.gimbalPitchDeg };
  const ground = elevation?.at(at) ?? null;
  const height = heightAboveGround(known, ground);
  if (height === null) return { kind: "withoutHeight" };
  const lens = lensOf(clip.widthPx, clip.heightPx, point);
  if (lens === null) return { kind: "withoutLens" };
  if (point.gimbalPitchDeg > pitchMaxDeg) return { kind: "tooFlat" };
  const time = timeErrorOf(clip);
  const motion = motionAt(clip.points, offsetMs);
  // a tenth of a second is metres at most; what the clock is off by is told by the speed alone
  const isUnknown = motion === null && clip.isLaidByClock;
  const unsure = time.kind === "unsure" ? time.warning : isUnknown ? motionUnknown : null;
  return {
    kind: "ok",
    pose: {
      ...at,
      heightAboveGroundM: height.metres,
      yawDeg: point.gimbalYawDeg,
      pitchDeg: point.gimbalPitchDeg,
      // a stabilised gimbal that says nothing of its roll holds it level
      rollDeg: point.gimbalRollDeg ?? 0,
    },
    lens,
    height,
    sigmas:
      time.kind === "unsure" || isUnknown
        ? null
        : {
            ...plainSigmas,
            horizontalM: point.sigmaHorizontalM ?? plainSigmas.horizontalM,
            heightM: height.sigmaM,
            focalShare: point.fovHorizontalDeg === null ? plainSigmas.focalShare : statedLensShare,
            timeS: time.timeS,
            ...(motion ?? still),
          },
    warnings: [height.warning, elevation === null ? null : whyUnused(known, ground, height), unsure].filter(
      (warning) => warning !== null,
    ),
  };
}
