/** How a live source is read. GB/T 28181 platforms join through a gateway's RTSP (ingest/README.md). */
export const streamKinds = {
  rtsp: { zh: "RTSP 视频流", en: "RTSP stream", schemes: ["rtsp:"], defaultPort: 554 },
} as const;
export type StreamKind = keyof typeof streamKinds;
export const streamKindCodes = Object.keys(streamKinds) as [StreamKind, ...StreamKind[]];

/** What becomes of clips while the detector lags behind. Every dropped one is counted with its cause. */
export const streamPolicies = {
  "never-drop": { zh: "全部入库，可滞后处理", en: "keep everything, however late it is looked at" },
  "skip-stale": { zh: "滞后时舍弃新片段", en: "leave out new clips while too many wait" },
} as const;
export type StreamPolicy = keyof typeof streamPolicies;
export const streamPolicyCodes = Object.keys(streamPolicies) as [StreamPolicy, ...StreamPolicy[]];
/** With `skip-stale`: so many clips of one source may wait (house rule). */
export const staleClipsMax = 30;

export const isStreamKind = (value: string): value is StreamKind => Object.hasOwn(streamKinds, value);
export const isStreamPolicy = (value: string): value is StreamPolicy => Object.hasOwn(streamPolicies, value);
