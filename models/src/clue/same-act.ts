/** Where and when an act was seen. */
export interface ActSeen {
  readonly violation: string;
  readonly place: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** How the thing behaves that a violation looks for. */
export type ActMotion = "stands" | "passes" | "stops" | "dumps" | "picks_up";

/**
 * How the acts of a violation are joined. Where each thing must itself stay for the dwell (a parked car) its act is that vehicle's, however
 * still it stands: the next car on the same pavement is another party.
 */
export const joiningMotion = (violation: { motion: ActMotion; eachMustDwell: boolean } | undefined): ActMotion =>
  violation === undefined
    ? "stands"
    : violation.motion === "stands" && violation.eachMustDwell
      ? "stops"
      : violation.motion;

/**
 * Whether an act goes on between two sightings. What stands (goods, stalls, heaps) is taken to have stood in between. A vehicle that
 * passes, stops, dumps or picks somebody up comes and goes: the next one is another party's act (APL 29 speaks of the *same* act of
 * the *same* party), so two sightings are one only where their times overlap. A heap that was dumped and stays is seen by a
 * standing violation of its own. Joining wrongly hides a party for good; parting wrongly costs one more look by a reviewer.
 */
const goesOnUnseen: Record<ActMotion, boolean> = {
  stands: true,
  passes: false,
  stops: false,
  dumps: false,
  picks_up: false,
};

/** Whether what a violation looks for stays where it is. */
export const isStanding = (motion: ActMotion): boolean => goesOnUnseen[motion];

/**
 * How long a standing act is taken to go on when it is seen again at the same place (domain G-05: a new act begins only
 * after correction, expiry of an order or a decision). A proposal, not law.
 */
const continuingPeriodMs = 24 * 3_600_000;

/**
 * Whether two sightings of a standing thing are one act (APL 29, 36(2)): same place and violation within the continuing period. Vehicles are
 * told apart one by one (`findSameVehicle`).
 */
export function isSameAct(a: ActSeen, b: ActSeen): boolean {
  if (a.violation !== b.violation || a.place !== b.place) return false;
  return Math.max(a.fromMs, b.fromMs) - Math.min(a.toMs, b.toMs) <= continuingPeriodMs;
}

/** From the first to the last sighting of one act, whichever source it was. */
export function spanOf(first: ActSeen, joined: readonly Pick<ActSeen, "fromMs" | "toMs">[]): ActSeen {
  return {
    ...first,
    fromMs: Math.min(first.fromMs, ...joined.map((item) => item.fromMs)),
    toMs: Math.max(first.toMs, ...joined.map((item) => item.toMs)),
  };
}
