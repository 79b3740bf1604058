import type { LonLat } from "../geo/gcj02.ts";
import type { Elevation } from "./elevation-grid.ts";
import type { ErrorEllipse } from "./error-ellipse.ts";
import { type FrameClip, type FramePose, framePose } from "./frame-pose.ts";
import type { Sentence } from "./ground-fit.ts";
import type { HeightAboveGround } from "./height-above-ground.ts";
import { grazingMinDeg, type NoPlace, placeBox } from "./place-box.ts";
import { pitchMaxDeg } from "./project-pixel.ts";

/** Why a thing in a flying camera's picture has no place of its own. */
const reasons: Readonly<Record<Exclude<FramePose["kind"], "ok"> | "unsure" | NoPlace["code"], Sentence>> = {
  withoutPosition: {
    zh: "该画面前后没有飞行位置",
    en: "the recording says no position of the aircraft around this picture",
  },
  withoutPitch: { zh: "飞行数据没有云台角度", en: "the recording does not say where its camera looked" },
  withoutHeight: { zh: "飞行数据没有可用的高度", en: "the recording says no height that can be used" },
  withoutLens: { zh: "飞行数据没有镜头视角或焦距", en: "the recording says neither angle of view nor focal length" },
  tooFlat: {
    zh: `云台俯仰高于 ${pitchMaxDeg}°，画面太斜`,
    en: `the camera looked flatter than ${pitchMaxDeg}°`,
  },
  unsure: {
    zh: "画面与飞行数据的时间对应不够确切",
    en: "picture and telemetry are not laid beside each other surely enough",
  },
  noElevation: {
    zh: "高程文件在视线所及处没有高程",
    en: "the elevation file knows no ground where it is seen",
  },
  grazing: {
    zh: `视线与该处地面的夹角不足 ${grazingMinDeg}°，或可能越过坎、坡顶落到远处`,
    en: `its ground is seen at less than ${grazingMinDeg}°, or the line of sight may pass over a crest and come down far beyond`,
  },
  noGround: { zh: "该处在地平线附近或以上", en: "it lies near or above the horizon" },
};

export type ThingPlace =
  | {
      readonly kind: "ok";
      readonly at: LonLat;
      readonly ellipse: ErrorEllipse;
      readonly height: HeightAboveGround;
      readonly warnings: readonly Sentence[];
    }
  | { readonly kind: "refused"; readonly reason: Sentence; readonly warnings: readonly Sentence[] };

/** Named anew with every change of what is computed below: places that were stored are computed anew then. */
export const thingPlaceMethod = "box-on-slope/4";

/** Where a boxed thing in a frame of a flying camera stands, WGS-84 with its error, or the one reason why nothing is said. */
export function thingPlace(
  clip: FrameClip,
  offsetMs: number,
  boxNorm: readonly [number, number, number, number],
  elevation: Elevation | null = null,
): ThingPlace {
  const refuse = (reason: keyof typeof reasons, warnings: readonly Sentence[] = []): ThingPlace => ({
    kind: "refused",
    reason: reasons[reason],
    warnings,
  });
  const view = framePose(clip, offsetMs, elevation);
  if (view.kind !== "ok") return refuse(view.kind);
  const { pose, lens, height, sigmas, warnings } = view;
  if (sigmas === null) return refuse("unsure", warnings);
  const placed = placeBox({ pose, lens, height, sigmas }, boxNorm, elevation);
  if (placed.kind === "refused") return refuse(placed.code, warnings);
  return { kind: "ok", at: placed.at, ellipse: placed.ellipse, height, warnings };
}
