import type { StreamKind } from "../streams/kinds.ts";

/**
 * Ways to compare a device's clock with Beijing time. `measured`: by the system itself, without a person reading it off; `streams`: of live
 * sources of these kinds. Two methods of one device may disagree: a gateway, for one, writes reports of its own.
 */
export const clockMethods = {
  rtcp: { zh: "设备上报（RTCP）", en: "Told by the device (RTCP)", measured: true, streams: ["rtsp"] },
  onvif: {
    zh: "设备应询（ONVIF）",
    en: "Asked of the device (ONVIF)",
    measured: true,
    streams: ["rtsp", "hls", "snapshot"],
  },
  http: { zh: "设备上报（HTTP）", en: "Told by the device (HTTP)", measured: true, streams: ["hls", "snapshot"] },
  manual: { zh: "人工比对", en: "By hand", measured: false, streams: [] },
  demo: { zh: "演示数据", en: "Demonstration data", measured: false, streams: [] },
} as const satisfies Record<string, { zh: string; en: string; measured: boolean; streams: readonly StreamKind[] }>;

export type ClockMethodCode = keyof typeof clockMethods;
/** Methods by which a machine compares (ingest/src/live/clocks). */
export const measuringMethods = ["rtcp", "onvif", "http"] as const satisfies readonly ClockMethodCode[];
export type MeasuringMethod = (typeof measuringMethods)[number];

/** So long a request to compare now waits for its machine; one that connects later compares anyway, and a person may ask again (house rule). */
export const clockRequestMs = 15 * 60_000;

/** Methods by which the clock of a live source of a kind can be compared. */
export const methodsOfStream = (kind: StreamKind): MeasuringMethod[] =>
  measuringMethods.filter((code) => (clockMethods[code].streams as readonly StreamKind[]).includes(kind));

export const isClockMethod = (code: string): code is ClockMethodCode => Object.hasOwn(clockMethods, code);

/** Name of a method in both languages; one that a newer version wrote keeps its code. */
export function clockMethodText(code: string): { zh: string; en: string } {
  return isClockMethod(code) ? clockMethods[code] : { zh: code.toUpperCase(), en: code.toUpperCase() };
}
