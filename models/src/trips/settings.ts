import { z } from "zod";

/**
 * Thresholds of the comparison of truck trips. No law says any of them: house rules [P], to be set by the bureau and unverified until it has.
 * Whatever a clock, a receiver or a missing row may explain is left out of the findings by the tolerances here.
 */
export const tripSettingsSchema = z.object({
  /** Clocks of gates, receivers and weighbridges may differ by so much. */
  clockErrorS: z.number().min(0).max(3_600),
  /** A receiver on a truck may be off by so much. */
  gpsErrorM: z.number().min(0).max(500),
  /** So far beyond the corridor's edge, after the receiver's error is taken off ... */
  offCorridorM: z.number().min(0).max(10_000),
  /** ... for longer than this is off the route. */
  offCorridorMin: z.number().min(0).max(240),
  /** Between two points further apart than this nobody knows where the truck was. */
  trackGapS: z.number().min(1).max(3_600),
  /** "On the route all the way" is said only where so much of the trip has points. */
  trackShare: z.number().min(0).max(1),
  /** From leaving the site to the tipping site. */
  tripMin: z.number().min(10).max(1_440),
  /** Rows of one departure lie within this. */
  mergeMin: z.number().min(1).max(240),
  /** Records of a gate or a tipping site are taken as complete at an instant when there are others within so long before and after it. */
  coverageMin: z.number().min(10).max(2_880),
  /** Around a site or a tipping site that has no radius of its own. */
  placeRadiusM: z.number().min(10).max(5_000),
  /** A truck that was so long within a site did not merely pass by. */
  insideMin: z.number().min(1).max(240),
  /** Weights may differ by this share, and by this much in any case. */
  quantityShare: z.number().min(0).max(1),
  quantityT: z.number().min(0).max(100),
  /** A point that asks for more than this of a truck is the receiver's mistake. */
  speedMaxKmh: z.number().min(60).max(400),
  /** A plate read by a model stands for a truck from this confidence on. */
  plateConfidence: z.number().min(0).max(1),
  verified: z.boolean(),
});
export type TripSettings = z.infer<typeof tripSettingsSchema>;

export const houseTripSettings: TripSettings = {
  clockErrorS: 120,
  gpsErrorM: 30,
  offCorridorM: 100,
  offCorridorMin: 3,
  trackGapS: 180,
  trackShare: 0.6,
  tripMin: 180,
  mergeMin: 30,
  coverageMin: 240,
  placeRadiusM: 150,
  insideMin: 5,
  quantityShare: 0.1,
  quantityT: 1,
  speedMaxKmh: 150,
  plateConfidence: 0.9,
  verified: false,
};
