import type { CompareClock } from "./clock-method.ts";
import { readPassing } from "./read-passing.ts";

/** Sender reports that come with the video (RFC 3550 §6.4.1), read by the relay in passing. */
export const compareByRtcp: CompareClock = (device, signal) => readPassing(device, "rtcp", signal);
