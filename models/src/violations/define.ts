import type { Role, ZoneKind } from "../scene/index.ts";

/** zh-CN first, English second. */
export type Text = { zh: string; en: string };

export const motions = ["stands", "passes", "stops", "dumps", "picks_up"] as const;
export type Motion = (typeof motions)[number];

/**
 * A type of violation as data. The rule itself is the same for all: ordered filters over what stood at a place (`judge-act.ts`);
 * a violation says what it looks for, where, how long, and what the machine must leave to a person.
 */
export type Violation = {
  /** Stored as text in the database and in files: never renamed. */
  code: string;
  title: Text;
  /** What is looked for where a scene's rule does not say. */
  roles: readonly [Role, ...Role[]];
  /** Kinds of zone it makes sense in. */
  zoneKinds: readonly [ZoneKind, ...ZoneKind[]];
  /**
   * `stands`: the same spot must stay occupied. `passes`: being in the zone is enough. `stops`: a vehicle comes to rest and goes on.
   * `dumps`: a vehicle stops, leaves, and something stays. `picks_up`: a vehicle stops and a person boards or alights.
   */
  motion: Motion;
  /** Each thing must itself stay for the dwell time (a vehicle is one offender), or the things of a place together (goods are shuffled). */
  eachMustDwell: boolean;
  dwellS: number;
  graceS: number;
  minScore: number;
  /** Share of the ground a thing takes that must lie in the zone. */
  minContact: number;
  /** Things that must stand there together; left out: one is enough. */
  minCount?: number;
  /** What the camera model cannot tell and a person must, before the flag means anything. */
  judgedByPerson: readonly { attribute: string; question: Text }[];
  /** What usually looks the same and is none: shown to the reviewer. */
  falsePositives: readonly Text[];
};

/** Checks a violation while keeping its literal types. */
export const defineViolation = <const V extends Violation>(violation: V): V => violation;
