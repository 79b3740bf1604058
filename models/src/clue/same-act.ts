import type { Motion } from "../violations/define.ts";

/** Where and when an act was seen. */
export interface ActSeen {
  readonly violation: string;
  readonly place: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * How long a standing act is taken to go on when it is seen again at the same place (domain G-05: a new act begins only
 * after correction, expiry of an order or a decision). A proposal, not law.
 */
const continuingPeriodMs = 24 * 3_600_000;

/**
 * Whether two sightings are one act (APL 29, 36(2)). Standing things (goods, stalls): same place and violation within the
 * continuing period. Passing or stopping vehicles: only when the times overlap, because each vehicle is another party.
 */
export function isSameAct(a: ActSeen, b: ActSeen, motion: Motion): boolean {
  if (a.violation !== b.violation || a.place !== b.place) return false;
  const gapMs = Math.max(a.fromMs, b.fromMs) - Math.min(a.toMs, b.toMs);
  return motion === "stands" ? gapMs <= continuingPeriodMs : gapMs < 0;
}
