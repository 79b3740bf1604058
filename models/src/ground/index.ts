export { type CameraPose, type Lens, lensOf, movedBy, rayOf, type StatedLens } from "./camera-pose.ts";
export { contactOnGround } from "./contact-on-ground.ts";
export { areaOf, type Coverage, coverageOf } from "./coverage.ts";
export {
  type Beyond,
  boxEdgeLimitShare,
  distanceBeyondLine,
  metricErrorFloorM,
  metricErrorShareMax,
  metricLimit,
} from "./distance-beyond-line.ts";
export { type Elevation, type ElevationAt, type ElevationGrid, elevationFrom } from "./elevation-grid.ts";
export { type Covariance2, type ErrorEllipse, ellipseOf, isInside, radius95 } from "./error-ellipse.ts";
export { type FitResult, fitGround, type Mark } from "./fit-ground.ts";
export { footprintOnGround, zoneOnGround } from "./footprint-on-ground.ts";
export { frameFootprint } from "./frame-footprint.ts";
export { type FrameClip, type FramePose, type FrameSample, framePose } from "./frame-pose.ts";
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
export {
  type GroundElevation,
  type HeightAboveGround,
  heightAboveGround,
  heightSources,
  type KnownHeights,
  takeOffSigmaM,
} from "./height-above-ground.ts";
export {
  type PlacedPixel,
  type PoseError,
  type PoseSigmas,
  pixelCovariance,
  placeWithError,
  plainSigmas,
  sigmaList,
} from "./pixel-error.ts";
export { contactPixel, type FrameView, placeBox, placeOnGround } from "./place-box.ts";
export {
  angleBetween,
  between,
  edgeMaxMs,
  gapMaxMs,
  type PoseSample,
  sampleAt,
  samplesAround,
} from "./pose-between.ts";
export { type GroundPlace, pitchMaxDeg, projectPixel } from "./project-pixel.ts";
export { heightOverTerrain } from "./terrain-height.ts";
export { type ThingPlace, thingPlace, thingPlaceMethod } from "./thing-place.ts";
export { type ClipTime, clockTimeMaxS, laidByClock, type TimeError, timeApartS, timeErrorOf } from "./time-error.ts";
export { type GridLine, zoneGrid } from "./zone-grid.ts";
