import { type BoxNorm, boxArea, boxIou, coveredShare } from "../geometry/box.ts";
import { type SuppressionSettings, suppressionSettings } from "./settings.ts";

/** Whether `box` is the look that `known` stands for: much the same box, or a cut part of it that is not much smaller. 0..1 of the picture. */
export function isAlike(box: BoxNorm, known: BoxNorm, settings: SuppressionSettings = suppressionSettings): boolean {
  if (boxIou(box, known) >= settings.alikeIou) return true;
  return coveredShare(box, known) >= settings.insideShare && boxArea(box) * settings.areaRatioMax >= boxArea(known);
}
