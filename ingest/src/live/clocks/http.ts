import type { CompareClock } from "./clock-method.ts";
import { readPassing } from "./read-passing.ts";

/** The date over the answers of a device that is asked for pictures or playlists anyway (RFC 9110 §6.6.1). */
export const compareByHttp: CompareClock = (device, signal) => readPassing(device, "http", signal);
