/**
 * Ways to compare a device's clock with Beijing time. `measured`: by the system itself, without a person reading it off. `device`: what tells
 * the time at the device; two methods that read one clock may still disagree, since a gateway writes reports of its own.
 */
export const clockMethods = {
  rtcp: { zh: "视频流报告（RTCP）", en: "Reports in the stream (RTCP)", short: "RTCP", measured: true },
  onvif: { zh: "设备时间查询（ONVIF）", en: "Device asked for its time (ONVIF)", short: "ONVIF", measured: true },
  http: { zh: "应答时间（HTTP）", en: "Date over its answers (HTTP)", short: "HTTP", measured: true },
  manual: { zh: "人工比对", en: "Read by a person", short: "人工 manual", measured: false },
  demo: { zh: "演示数据", en: "Demonstration data", short: "演示 demo", measured: false },
} as const satisfies Record<string, { zh: string; en: string; short: string; measured: boolean }>;

export type ClockMethodCode = keyof typeof clockMethods;
/** Methods by which a machine compares (ingest/src/live/clocks). */
export const measuringMethods = ["rtcp", "onvif", "http"] as const satisfies readonly ClockMethodCode[];
export type MeasuringMethod = (typeof measuringMethods)[number];

export const isClockMethod = (code: string): code is ClockMethodCode => Object.hasOwn(clockMethods, code);

/** Name of a method in both languages; one that a newer version wrote keeps its code. */
export function clockMethodText(code: string): { zh: string; en: string } {
  return isClockMethod(code) ? clockMethods[code] : { zh: code.toUpperCase(), en: code.toUpperCase() };
}
