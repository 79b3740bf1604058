import { dockLimits } from "@mingcha/models/dock";

/** When a message was received, ms since 1970. `isPrompt`: it waited neither at the broker nor behind another message of ours. */
export interface Arrival {
  readonly atMs: number;
  readonly isPrompt: boolean;
}

/**
 * Messages are handled one after the other: what comes while one is slow is read when that is done, and looks late. Such are told from those that
 * were read as they came: after a slow one nothing counts until nobody waited any more.
 */
export function createArrivals(now: () => Date, runMs: () => number = () => performance.now()) {
  let isBehind = false;
  let endedMs = Number.NEGATIVE_INFINITY;
  return {
    /** A message is received. `isLive`: neither retained nor brought again. */
    begin: (isLive: boolean): Arrival & { readonly beganMs: number } => {
      const beganMs = runMs();
      // one that had waited would have been taken up at once
      if (beganMs - endedMs >= dockLimits.idleMs) isBehind = false;
      return { atMs: now().getTime(), isPrompt: isLive && !isBehind, beganMs };
    },
    /** It was handled. True: slowly, so what comes now has waited. */
    end: (beganMs: number, isRetried: boolean): boolean => {
      endedMs = runMs();
      const isSlow = isRetried || endedMs - beganMs > dockLimits.slowMs;
      isBehind ||= isSlow;
      return isSlow;
    },
  };
}
