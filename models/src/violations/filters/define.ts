import type { FitResult } from "../../ground/index.ts";
import type { Act, FilterName, MissingReason, Scene, TraceItem } from "../../scene/index.ts";
import type { WatchedPlace } from "../resolve-rule.ts";

/** A stretch of looks that were lost for one reason. */
export type LostSpan = { fromMs: number; toMs: number; reason: MissingReason };

/** What a filter may know beside the act and its place. */
export type JudgeContext = {
  scene: Scene;
  /** The scene's ground; undefined where it has no calibration. */
  ground: FitResult | undefined;
  /** Looks lost while the place was watched, in time order. */
  lost: readonly LostSpan[];
};

/**
 * One filter of every rule, as data and a pure function. `judge` gives its line of the trace with what was measured and what was asked,
 * or null where the act gives it nothing to say. An act is a flag when every line has passed.
 */
export type Filter = {
  name: FilterName;
  /** Whether the rule of a place has this filter at all. */
  applies(place: WatchedPlace, scene: Scene): boolean;
  judge(act: Act, place: WatchedPlace, context: JudgeContext): Omit<TraceItem, "filter"> | null;
};

export const rounded = (value: number, digits = 3): number => Math.round(value * 10 ** digits) / 10 ** digits;
export const seconds = (ms: number): number => Math.round(ms) / 1000;
