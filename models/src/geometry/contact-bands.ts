import type { Role } from "../scene/role.ts";

/**
 * How much of a box, from its lower edge, is taken as touching the ground, 0..1 of the height, and why.
 * A single point (bottom centre) is wrong for wide things: half a row of crates may lie beyond the door line.
 */
export const contactBands: Record<Role | "other", { bandShare: number; because: string }> = {
  person: { bandShare: 0.12, because: "feet only: a street camera sees a person upright" },
  "two-wheeler": { bandShare: 0.25, because: "two wheels, the frame stands above the ground" },
  car: {
    bandShare: 0.35,
    because: "wheels and sills; from a pole the footprint fills about the lower third of the box",
  },
  truck: { bandShare: 0.3, because: "wheels; the load is high and covers what is behind" },
  furniture: { bandShare: 0.35, because: "legs: seen from above they spread over the lower third" },
  goods: { bandShare: 0.45, because: "crates and piles lie flat: nearly half of what is seen is footprint" },
  cart: { bandShare: 0.35, because: "wheels and tray of a low cart" },
  canopy: { bandShare: 1, because: "a canopy hangs over the ground it takes; its poles are often outside the box" },
  other: { bandShare: 0.35, because: "no role known: as for furniture" },
};
