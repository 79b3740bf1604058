import type { KnownHostClock } from "../live/host-clock.ts";

/** A machine whose clock nobody compared. */
export const unknownHostClock: KnownHostClock = { machine: "test", current: () => null, isUnsettled: () => false };
