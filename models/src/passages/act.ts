import { type Act, actOf } from "../occupancy/acts.ts";
import type { WatchClock } from "../occupancy/clock.ts";
import { intersect, lengthMs, subtract } from "../occupancy/interval.ts";
import type { Spot } from "../occupancy/spot.ts";

/**
 * The act of one thing that was followed. Unlike where things stand together, time in which it was neither seen nor the camera blind and
 * that was longer than the grace time is told as absent and not counted.
 */
export function actOfThing(
  spot: Spot,
  clock: Pick<WatchClock, "blind">,
  isOpen: boolean,
  thing: Pick<Act["spots"][number], "track" | "crossed">,
): Act {
  const act = actOf([spot], clock, isOpen);
  const whole = act.intervals.filter((i) => i.state === "present");
  const intervals: Act["intervals"] = [
    ...act.intervals.filter((i) => i.state === "blind"),
    ...intersect(whole, spot.present).map((i) => ({ ...i, state: "present" as const })),
    ...subtract(whole, spot.present).map((i) => ({ ...i, state: "absent" as const })),
  ].sort((a, b) => a.fromMs - b.fromMs);
  return {
    ...act,
    dwellMs: lengthMs(spot.present),
    intervals,
    spots: act.spots.map((one) => ({ ...one, ...thing })),
  };
}
