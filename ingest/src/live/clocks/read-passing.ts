import type { MeasuringMethod } from "@mingcha/models/device";
import type { Receiving } from "../live-kind.ts";
import type { Comparison } from "./clock-method.ts";

/** What a connection has heard of the device's clock so far. */
export function readPassing(receiving: Receiving | null, method: MeasuringMethod): Comparison {
  if (receiving === null) return { kind: "failed", reason: "not_connected" };
  const offset = receiving.clockOffset();
  return offset === null || offset.method !== method
    ? { kind: "failed", reason: "tells_nothing" }
    : { kind: "measured", offset };
}
