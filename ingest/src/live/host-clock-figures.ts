import type { Figure } from "@mingcha/infra/watch";
import type { KnownHostClock } from "./host-clock.ts";

/** This machine's clock against its time servers, for whoever watches the machines; no sample while nobody knows. */
export function hostClockFigures(clock: KnownHostClock): Figure[] {
  const known = clock.current();
  return [
    {
      name: "mingcha_host_clock_ahead_seconds",
      help: "How far the clock of this machine is ahead of its time server, none while it is not known",
      samples: known === null ? [] : [{ value: Number((known.aheadMs / 1_000).toFixed(4)) }],
    },
    {
      name: "mingcha_host_clock_known",
      help: "1 while the clock of this machine is compared with a time server",
      samples: [{ value: known === null ? 0 : 1 }],
    },
  ];
}
