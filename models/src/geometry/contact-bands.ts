import type { Role } from "../scene/role.ts";

/** Lines across a box, in shares of its height from its top: 0 top edge, 1 bottom edge, beyond 1 below the box. */
export type ContactBand = {
  fromShare: number;
  toShare: number;
  /** Hangs this high above the ground it takes, metres: put down from there where the camera's pose is known, instead of by the band. */
  hangsAtM?: number;
  /** Of what hangs, how high and deep it is when its legs are in the box: then the box ends on the ground. */
  legs?: { highM: number; deepM: readonly [least: number, most: number] };
  /** How high it stands, metres, and how much ground it takes away from the camera: see `footprint-on-ground.ts`. */
  stands?: {
    highM: { least: number; usual: number; most: number };
    deepM: readonly [least: number, most: number];
  };
};

/**
 * Which part of what is seen stands for the ground a thing takes, and why.
 * A single point (bottom centre) is wrong for wide things: half a row of crates may lie beyond the door line.
 */
export const contactBands: Record<Role | "other", ContactBand & { because: string }> = {
  person: { fromShare: 0.88, toShare: 1, because: "feet only: a street camera sees a person upright" },
  "two-wheeler": { fromShare: 0.75, toShare: 1, because: "two wheels, the frame stands above the ground" },
  car: {
    fromShare: 0.65,
    toShare: 1,
    because: "wheels and sills; from a pole the footprint fills about the lower third of the box",
  },
  truck: {
    fromShare: 0.5,
    toShare: 1,
    // House choice: 2.5 m wide, up to 9 m long; tippers with their load about 2.8 m high, light lorries from 2.2 m, boxes up to 3.6 m.
    stands: { highM: { least: 2.2, usual: 2.8, most: 3.6 }, deepM: [2.3, 9] },
    because:
      "eight metres long: seen along its axis from a pole the footprint fills the lower half of the box; where the camera's pose is known it is measured instead, since a lorry that turns leaves its rear in the upper half",
  },
  furniture: { fromShare: 0.65, toShare: 1, because: "legs: seen from above they spread over the lower third" },
  goods: {
    fromShare: 0.55,
    toShare: 1,
    because: "crates and piles lie flat: nearly half of what is seen is footprint",
  },
  cart: { fromShare: 0.65, toShare: 1, because: "wheels and tray of a low cart" },
  canopy: {
    fromShare: 0.5,
    toShare: 2.1,
    hangsAtM: 2.1,
    // House choice: folding tents of 2.4 to 3.2 m a side, eaves at 2.0 to 2.25 m and their tops half a metre higher.
    legs: { highM: 2.4, deepM: [1.8, 3.4] },
    because:
      "a parasol of 2.5 m hangs 2.1 m above the ground it takes: seen from 20° above the horizon its foot is 1.6 box heights below its middle, seen from 60° 0.4",
  },
  other: { fromShare: 0.65, toShare: 1, because: "no role known: as for furniture" },
};
