import type { LonLat } from "../geo/gcj02.ts";
import { type CameraPose, type Lens, movedBy, rayOf } from "./camera-pose.ts";
import type { Sentence } from "./ground-fit.ts";

/** Above this pitch a picture says nothing about places: a degree is tens of metres (ingest note §2.1). */
export const pitchMaxDeg = -20;
/** Rays flatter than this (0.02 of their length along the camera's axis) reach the ground, if at all, kilometres away. */
const downMin = 0.02;

export type GroundPlace =
  | { readonly kind: "ok"; readonly northM: number; readonly eastM: number; readonly at: LonLat }
  | { readonly kind: "refused"; readonly code: "too_flat" | "above_horizon" | "no_height"; readonly text: Sentence };

const refusals = {
  too_flat: {
    zh: `云台俯仰高于 ${pitchMaxDeg}°，画面太斜，不能定位；请以更大俯角拍摄`,
    en: `the camera looks flatter than ${pitchMaxDeg}°: no place can be told; look down more steeply`,
  },
  above_horizon: {
    zh: "该像素在地平线上或以上，不落在地面",
    en: "this pixel lies at or above the horizon: it is not on the ground",
  },
  no_height: { zh: "离地高度未知或不为正，不能定位", en: "the height above ground is not known or not positive" },
} as const;

const refuse = (code: keyof typeof refusals): GroundPlace => ({ kind: "refused", code, text: refusals[code] });

/** Where on flat ground a pixel lies, metres north and east of the camera and WGS-84; refused where no honest answer exists. */
export function projectPixel(pose: CameraPose, lens: Lens, pixel: readonly [number, number]): GroundPlace {
  if (!(pose.heightAboveGroundM > 0)) return refuse("no_height");
  if (!(pose.pitchDeg <= pitchMaxDeg)) return refuse("too_flat");
  const [north, east, down] = rayOf(pose, lens, pixel);
  if (!(down > downMin)) return refuse("above_horizon");
  const scale = pose.heightAboveGroundM / down;
  const [northM, eastM] = [scale * north, scale * east];
  return { kind: "ok", northM, eastM, at: movedBy(pose, northM, eastM) };
}
