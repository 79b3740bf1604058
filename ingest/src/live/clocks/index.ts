import type { MeasuringMethod } from "@mingcha/models/device";
import type { CompareClock } from "./clock-method.ts";
import { compareByHttp } from "./http.ts";
import { compareByOnvif } from "./onvif.ts";
import { compareByRtcp } from "./rtcp.ts";

/** Every way to compare a device's clock; which kind of stream has which says models/device/clock-methods.ts. */
export const compareClock: Readonly<Record<MeasuringMethod, CompareClock>> = {
  rtcp: compareByRtcp,
  onvif: compareByOnvif,
  http: compareByHttp,
};
