import { crossDoor } from "./cross-door.ts";
import type { Violation } from "./define.ts";
import { roadPile } from "./road-pile.ts";
import { sidewalkPark } from "./sidewalk-park.ts";
import { stall } from "./stall.ts";
import { truckUncovered } from "./truck-uncovered.ts";

/** Every type of violation. A new one is one file and one line here. */
export const violations = [
  crossDoor,
  stall,
  roadPile,
  sidewalkPark,
  truckUncovered,
] as const satisfies readonly Violation[];

export type ViolationCode = (typeof violations)[number]["code"];

export const findViolation = (code: string): Violation | undefined => violations.find((v) => v.code === code);
