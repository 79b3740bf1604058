export * from "./advance-tracker.ts";
export { type Attributes, isSameThing, kindOf, type TrackedDetection } from "./fold-doubles.ts";
export * from "./settings.ts";
export type { Observation } from "./track.ts";
