import type { IntakeDeps } from "../intake/intake-deps.ts";
import type { Via } from "../intake/via.ts";

/**
 * One way by which files reach us. It only notices arrivals and writes their intake rows; everything after that is the same for all.
 */
export interface WayIn {
  readonly via: Via;
  /** How often to look; `once`: at start. */
  readonly every: { readonly ms: number } | "once";
  /** One look. Repeating it, also after a kill, changes nothing. */
  readonly look: () => Promise<void>;
}

export type OpenWayIn = (deps: IntakeDeps) => Promise<WayIn> | WayIn;
