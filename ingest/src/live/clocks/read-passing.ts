import { setTimeout as sleep } from "node:timers/promises";
import type { MeasuringMethod } from "@mingcha/models/device";
import type { ClockDevice, Comparison } from "./clock-method.ts";

/** Reports come every few seconds (RFC 3550 §6.2), single pictures once a minute at the least: so long the next word of a device is waited for. */
const nextWordMs = 70_000;
/** And so long that of one which has said nothing yet (house rule). */
const firstWordMs = 15_000;
const lookEveryMs = 200;

/** What a connection hears of the device's clock in passing: the last it heard, or where that is too old the next. */
export async function readPassing(
  { receiving, newerThanMs, isAwaited }: Pick<ClockDevice, "receiving" | "newerThanMs" | "isAwaited">,
  method: MeasuringMethod,
  signal: AbortSignal,
): Promise<Comparison> {
  const beganMs = performance.now();
  for (;;) {
    const connection = receiving();
    if (connection === null) return { kind: "failed", reason: "not_connected" };
    const heard = connection.clockOffset();
    const offset = heard?.method === method ? heard : null;
    if (offset !== null && offset.atMs >= newerThanMs) return { kind: "measured", offset };
    const waitMs = !isAwaited ? 0 : offset === null ? firstWordMs : nextWordMs;
    if (signal.aborted || performance.now() - beganMs >= waitMs)
      return { kind: "failed", reason: offset === null ? "tells_nothing" : "nothing_new" };
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}
