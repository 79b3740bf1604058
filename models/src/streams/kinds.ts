/** How a live source is read. GB/T 28181 platforms join through a gateway's RTSP (ingest/README.md). */
export const streamKinds = {
  rtsp: {
    zh: "RTSP 视频流",
    en: "RTSP stream",
    schemes: ["rtsp:"],
    ports: { "rtsp:": 554 },
    example: "rtsp://10.0.0.8/Streaming/Channels/101",
    /** What `clipS` means. */
    every: { zh: "片段长度（秒）", en: "Seconds a clip" },
  },
  hls: {
    zh: "HLS 视频流",
    en: "HLS stream",
    schemes: ["http:", "https:"],
    ports: { "http:": 80, "https:": 443 },
    example: "http://10.0.0.8:8080/live/cam1/index.m3u8",
    every: { zh: "片段长度（由设备决定）", en: "Seconds a clip (the device decides)" },
  },
  snapshot: {
    zh: "HTTP 抓图",
    en: "HTTP snapshots",
    schemes: ["http:", "https:"],
    ports: { "http:": 80, "https:": 443 },
    example: "http://10.0.0.8/ISAPI/Streaming/channels/101/picture",
    every: { zh: "每隔几秒抓一张", en: "Seconds between pictures" },
  },
} as const satisfies Record<
  string,
  {
    zh: string;
    en: string;
    schemes: readonly string[];
    ports: Readonly<Record<string, number>>;
    example: string;
    every: { zh: string; en: string };
  }
>;
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
