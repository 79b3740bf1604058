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

/** How fast and which way the aircraft went around a moment, from the samples on either side. */
function motionAt(points: readonly TelemetryPointModel[], offsetMs: number): Pick<PoseSigmas, "speedMS" | "courseDeg"> {
  const still = { speedMS: 0, courseDeg: 0 };
  const before = samplesAround(points, Math.max(0, offsetMs - 500))?.from;
  const after = samplesAround(points, offsetMs + 500)?.to;
  if (!before || !after || after.offsetMs <= before.offsetMs) return still;
  const [from, to] = [before, after].map(({ longitude, latitude }) =>
    longitude === null || latitude === null ? null : { longitude, latitude },
  );
  if (!from || !to) return still;
  const metres = distanceM(from, to);
  const east = (to.longitude - from.longitude) * Math.cos((from.latitude / 180) * Math.PI);
  return {
    speedMS: (metres * 1000) / (after.offsetMs - before.offsetMs),
    courseDeg: (Math.atan2(east, to.latitude - from.latitude) * 180) / Math.PI,
  };
}

function sigmasOf(
  clip: FrameClip,
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
    ...motionAt(clip.points, point.offsetMs),
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
  const middle =
    time.kind === "unsure"
      ? null
      : placePixel(
          pose,
          lens,
          [lens.middleXPx, lens.middleYPx],
          sigmasOf(clip, point, height, point.fovHorizontalDeg !== null, time.timeS),
        );
  return {
    kind: "shown",
    height,
    warnings: [height.warning, time.kind === "unsure" ? time.warning : null].filter((warning) => warning !== null),
    frame: {
      clipId: clip.id,
      offsetMs,
      ring: ring.map(positionOf),
      middle: middle?.kind === "ok" ? { at: positionOf(middle.at), ellipse: middle.ellipse } : null,
    },
  };
}
