import type { BoxNorm } from "../geometry/box.ts";
import { emptyClock, type WatchClock } from "../occupancy/clock.ts";
import type { Spot } from "../occupancy/spot.ts";

/** One vehicle on its way through a gate. Plain data. */
export type Passage = {
  /** Of several things of a place that began at one instant, which; 1 for most. */
  number: number;
  /** Sightings in the zone; its anchor is the latest box. */
  spot: Spot;
  /** Scores from the first sure sighting on: while it comes into view it is small and cut, which says nothing of what passed. */
  inView: Pick<Spot, "scores" | "hits">;
  /** Scores of the looks in which the largest of its boxes was surest called what was looked for, and of those in which something else. */
  named: { wanted: number; other: number };
  /** What it may be matched with, see `kindOf`. */
  kind: string;
  /** Tracks that are this vehicle: more than one where its box broke or was split. */
  tracks: number[];
  /** Where it was first seen, in the zone or before. */
  home: BoxNorm;
  /** Last sighting there. */
  homeUntilMs: number;
  /** Latest sightings away from `home`; enough of them make it a passage. */
  awaySightings: number;
  moved: boolean;
  /** It stood when it was last seen. */
  isStanding: boolean;
  /** Crossings of the zone's line, forward minus backward. */
  crossed: number;
  /** Its way when it was last seen, shares of the picture per second. */
  velocity: readonly [number, number];
  /** It was seen outside the zone since it was last in it. */
  isOutside: boolean;
  /** Looks in a row in which two of its tracks lay apart: two vehicles after all. */
  apartLooks: number;
};

export type GateState = WatchClock & { live: Passage[]; gone: Passage[] };

export const emptyGate = (): GateState => ({ ...emptyClock(), live: [], gone: [] });
