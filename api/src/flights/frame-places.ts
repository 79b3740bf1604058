import {
  type Elevation,
  type FrameClip,
  type FramePose,
  frameFootprint,
  framePose,
  type HeightAboveGround,
  placeOnGround,
  type Sentence,
} from "@mingcha/models/ground";
import type { FlightGround } from "@mingcha/models/http";

export type PlacedClip = FrameClip & { readonly id: string };

export type FramePlace =
  | {
      readonly kind: "shown";
      readonly frame: FlightGround["frames"][number];
      readonly height: HeightAboveGround;
      readonly warnings: readonly Sentence[];
    }
  | Exclude<FramePose, { kind: "ok" }>;

const round7 = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const positionOf = ({ longitude, latitude }: { longitude: number; latitude: number }): [number, number] => [
  round7(longitude),
  round7(latitude),
];

/** The ground a frame of a clip shows, or which of the things it takes is not known. */
export function placeFrame(clip: PlacedClip, offsetMs: number, elevation: Elevation | null = null): FramePlace {
  const view = framePose(clip, offsetMs, elevation);
  if (view.kind !== "ok") return view;
  const { pose, lens, height, sigmas, warnings } = view;
  const ring = frameFootprint(pose, lens);
  if (ring === null) return { kind: "tooFlat" };
  const middle =
    sigmas === null
      ? null
      : placeOnGround({ pose, lens, height, sigmas }, [lens.middleXPx, lens.middleYPx], [0, 0], elevation);
  return {
    kind: "shown",
    height,
    warnings,
    frame: {
      clipId: clip.id,
      offsetMs,
      ring: ring.map(positionOf),
      middle:
        middle?.kind === "ok" ? { at: positionOf(middle.at), ellipse: middle.ellipse, heightFrom: height.from } : null,
    },
  };
}
