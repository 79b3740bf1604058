import type { TelemetryPointModel } from "@mingcha/infra/db";
import { distanceM } from "@mingcha/models/geo";
import {
  type CameraPose,
  frameFootprint,
  type HeightAboveGround,
  heightAboveGround,
  type Lens,
  lensOf,
  type PoseSigmas,
  pitchMaxDeg,
  placePixel,
  plainSigmas,
  type Sentence,
  sampleAt,
  samplesAround,
  timeErrorOf,
} from "@mingcha/models/ground";
import type { FlightGround } from "@mingcha/models/http";

export interface FrameClip {
  readonly id: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly durationMs: number;
  readonly startUncertaintyMs: number;
  /** Its telemetry was laid beside it by UTC against its start. */
  readonly isLaidByClock: boolean;
  readonly points: readonly TelemetryPointModel[];
}

export type FramePlace =
  | {
      readonly kind: "shown";
      readonly frame: FlightGround["frames"][number];
      readonly height: HeightAboveGround;
      readonly warnings: readonly Sentence[];
    }
  | { readonly kind: "withoutPosition" | "withoutPitch" | "withoutHeight" | "withoutLens" | "tooFlat" };

const round7 = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const positionOf = ({ longitude, latitude }: { longitude: number; latitude: number }): [number, number] => [
  round7(longitude),
  round7(latitude),
];

type Motion = Pick<PoseSigmas, "speedMS" | "courseDeg">;
const still: Motion = { speedMS: 0, courseDeg: 0 };

/** How fast and which way the aircraft went around a moment, from the samples on either side; null where they do not say. */
function motionAt(points: readonly TelemetryPointModel[], offsetMs: number): Motion | null {
  const before = samplesAround(points, Math.max(0, offsetMs - 500))?.from;
  const after = samplesAround(points, offsetMs + 500)?.to;
  if (!before || !after || after.offsetMs <= before.offsetMs) return null;
  const [from, to] = [before, after].map(({ longitude, latitude }) =>
    longitude === null || latitude === null ? null : { longitude, latitude },
  );
  if (!from || !to) return null;
  const metres = distanceM(from, to);
  const east = (to.longitude - from.longitude) * Math.cos((from.latitude / 180) * Math.PI);
  return {
    speedMS: (metres * 1000) / (after.offsetMs - before.offsetMs),
    courseDeg: (Math.atan2(east, to.latitude - from.latitude) * 180) / Math.PI,
  };
}

const motionUnknown: Sentence = {
  zh: "飞行数据按世界时对齐，而部分画面前后缺少位置、不知飞行速度：这些画面的中心不给位置与误差椭圆",
  en: "The telemetry was laid beside the recording by the clock, and around some pictures it does not say how fast the aircraft flew: no place and no error ellipse is given for their middle",
};

function sigmasOf(
  motion: Motion,
  point: TelemetryPointModel,
  height: HeightAboveGround,
  isStatedLens: boolean,
  timeS: number,
): PoseSigmas {
  return {
    ...plainSigmas,
    horizontalM: point.sigmaHorizontalM ?? plainSigmas.horizontalM,
    heightM: height.sigmaM,
    focalShare: isStatedLens ? 0.01 : plainSigmas.focalShare,
    timeS,
    ...motion,
  };
}

/** The ground a frame of a clip shows, or which of the things it takes is not known. Yaw is not made up: straight down without yaw is no frame. */
export function placeFrame(clip: FrameClip, offsetMs: number): FramePlace {
  const point = sampleAt(clip.points, offsetMs);
  if (!point || point.longitude === null || point.latitude === null) return { kind: "withoutPosition" };
  if (point.gimbalPitchDeg === null || point.gimbalYawDeg === null) return { kind: "withoutPitch" };
  const height = heightAboveGround({ ...point, pitchDeg: point.gimbalPitchDeg });
  if (height === null) return { kind: "withoutHeight" };
  const lens: Lens | null = lensOf(clip.widthPx, clip.heightPx, point);
  if (lens === null) return { kind: "withoutLens" };
  if (point.gimbalPitchDeg > pitchMaxDeg) return { kind: "tooFlat" };
  const pose: CameraPose = {
    longitude: point.longitude,
    latitude: point.latitude,
    heightAboveGroundM: height.metres,
    yawDeg: point.gimbalYawDeg,
    pitchDeg: point.gimbalPitchDeg,
    // a stabilised gimbal that says nothing of its roll holds it level
    rollDeg: point.gimbalRollDeg ?? 0,
  };
  const ring = frameFootprint(pose, lens);
  if (ring === null) return { kind: "tooFlat" };
  const time = timeErrorOf(clip);
  const motion = motionAt(clip.points, offsetMs);
  // a tenth of a second is metres at most; what the clock is off by is told by the speed alone
  const isUnknown = motion === null && clip.isLaidByClock;
  const unsure = time.kind === "unsure" ? time.warning : isUnknown ? motionUnknown : null;
  const middle =
    time.kind === "unsure" || isUnknown
      ? null
      : placePixel(
          pose,
          lens,
          [lens.middleXPx, lens.middleYPx],
          sigmasOf(motion ?? still, point, height, point.fovHorizontalDeg !== null, time.timeS),
        );
  return {
    kind: "shown",
    height,
    warnings: [height.warning, unsure].filter((warning) => warning !== null),
    frame: {
      clipId: clip.id,
      offsetMs,
      ring: ring.map(positionOf),
      middle: middle?.kind === "ok" ? { at: positionOf(middle.at), ellipse: middle.ellipse } : null,
    },
  };
}
