import type { StreamKind } from "../streams/kinds.ts";

/**
 * Ways to compare a device's clock with Beijing time. `measured`: by the system itself, without a person reading it off; `streams`: of live
 * sources of these kinds. Two methods of one device may disagree: a gateway, for one, writes reports of its own.
 */
export const clockMethods = {
  rtcp: { zh: "视频流报告（RTCP）", en: "Reports in the stream (RTCP)", measured: true, streams: ["rtsp"] },
  onvif: {
    zh: "设备时间查询（ONVIF）",
    en: "Device asked for its time (ONVIF)",
    measured: true,
    streams: ["rtsp", "hls", "snapshot"],
  },
  http: { zh: "应答时间（HTTP）", en: "Date over its answers (HTTP)", measured: true, streams: ["hls", "snapshot"] },
  manual: { zh: "人工比对", en: "Read by a person", measured: false, streams: [] },
  demo: { zh: "演示数据", en: "Demonstration data", measured: false, streams: [] },
} as const satisfies Record<string, { zh: string; en: string; measured: boolean; streams: readonly StreamKind[] }>;

export type ClockMethodCode = keyof typeof clockMethods;
/** Methods by which a machine compares (ingest/src/live/clocks). */
export const measuringMethods = ["rtcp", "onvif", "http"] as const satisfies readonly ClockMethodCode[];
export type MeasuringMethod = (typeof measuringMethods)[number];

/** Methods by which the clock of a live source of a kind can be compared. */
export const methodsOfStream = (kind: StreamKind): MeasuringMethod[] =>
  measuringMethods.filter((code) => (clockMethods[code].streams as readonly StreamKind[]).includes(kind));

export const isClockMethod = (code: string): code is ClockMethodCode => Object.hasOwn(clockMethods, code);

/** Name of a method in both languages; one that a newer version wrote keeps its code. */
export function clockMethodText(code: string): { zh: string; en: string } {
  return isClockMethod(code) ? clockMethods[code] : { zh: code.toUpperCase(), en: code.toUpperCase() };
}
