export { contactOnGround } from "./contact-on-ground.ts";
export {
  type Beyond,
  boxEdgeLimitShare,
  distanceBeyondLine,
  metricErrorFloorM,
  metricErrorShareMax,
  metricLimit,
} from "./distance-beyond-line.ts";
export { type FitResult, fitGround, type Mark } from "./fit-ground.ts";
export { footprintOnGround, zoneOnGround } from "./footprint-on-ground.ts";
export {
  coverage,
  type GroundCamera,
  type GroundFit,
  markingLimitShare,
  type PointM,
  type Sentence,
  tapeLimitM,
} from "./ground-fit.ts";
export { groundPoint, picturePoint } from "./ground-point.ts";
export { type GridLine, zoneGrid } from "./zone-grid.ts";
