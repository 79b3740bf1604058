import { dockLimits } from "./limits.ts";

/**
 * What is known of whether a dock speaks. Nobody asks a dock: that it was heard is a fact, that it is there now is not. `unknown`: we ourselves hear
 * nothing, or do again only since a short while, so its silence says nothing of it.
 */
export const heardStates = ["never", "lately", "silent", "unknown"] as const;
export type HeardState = (typeof heardStates)[number];

interface Hearing {
  /** Its last message, ms since 1970. Written every {@link dockLimits.osdEveryMs} at most. */
  readonly lastMs: number | null;
  /** Since when we are connected to the broker; null: we are not. */
  readonly connectedMs: number | null;
}

export function heardOf({ lastMs, connectedMs }: Hearing, nowMs: number): HeardState {
  const isLong = (sinceMs: number): boolean => nowMs - sinceMs > dockLimits.offlineAfterMs;
  if (lastMs !== null && !isLong(lastMs)) return "lately";
  if (lastMs === null) return "never";
  return connectedMs !== null && isLong(connectedMs) ? "silent" : "unknown";
}
