import { crossDoor } from "./cross-door.ts";
import { decorDump } from "./decor-dump.ts";
import type { Violation } from "./define.ts";
import { roadPile } from "./road-pile.ts";
import { sharedBike } from "./shared-bike.ts";
import { sidewalkPark } from "./sidewalk-park.ts";
import { stall } from "./stall.ts";
import { taxiStop } from "./taxi-stop.ts";
import { truckDirty } from "./truck-dirty.ts";
import { truckOffRoute } from "./truck-off-route.ts";
import { truckUncovered } from "./truck-uncovered.ts";
import { wasteDump } from "./waste-dump.ts";

/** Every type of violation that a picture can show; the others are in `person-started.ts`. A new one is one file and one line here. */
export const violations = [
  crossDoor,
  stall,
  roadPile,
  sidewalkPark,
  truckUncovered,
  truckDirty,
  truckOffRoute,
  wasteDump,
  decorDump,
  taxiStop,
  sharedBike,
] as const satisfies readonly Violation[];

export type ViolationCode = (typeof violations)[number]["code"];

export const findViolation = (code: string): Violation | undefined => violations.find((v) => v.code === code);
