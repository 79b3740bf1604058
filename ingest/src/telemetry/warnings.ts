/** What a reader may have to say of a file it could read. Closed list; `count` is how often, `detail` a name from the file. */
const texts = {
  unknown_blocks: { zh: "段记录不属于任何已知写法", en: "blocks follow no known dialect" },
  untimed: { zh: "条记录没有可用的时间", en: "entries have no usable time" },
  backwards: { zh: "条记录重复或时间倒退", en: "entries repeat or go back in time" },
  no_fix: {
    zh: "条记录没有卫星定位（0,0 或接收机声明无定位）",
    en: "entries without a satellite fix (0,0, or the receiver says so)",
  },
  off_globe: { zh: "个位置超出地球范围", en: "positions are off the globe" },
  axis_order_open: {
    zh: "无法判断两个数哪个是经度，未定位",
    en: "not placed: the two numbers could be longitude and latitude in either order",
  },
  bad_checksum: { zh: "个数据包校验和不符，未采用", en: "packets have a wrong checksum and were not used" },
  old_standard: {
    zh: "个 ST 0104 旧标准数据包，未读取",
    en: "packets follow the old standard ST 0104 and were not read",
  },
  damaged_pieces: { zh: "段数据损坏，未采用", en: "pieces are damaged and were not used" },
  too_many_entries: { zh: "条记录超出上限，未采用", en: "entries beyond the limit were left out" },
  laid_by_utc: {
    zh: "条记录自身没有画面时间，按世界时相对首条对齐（首条取流中相邻画面的时刻）",
    en: "entries have no time of their own in the video and were laid by UTC against the first, which stands at the picture beside it",
  },
  schema_unproven: {
    zh: "字段位置取自公开资料，尚未以该机型的实拍文件核对",
    en: "the places of its fields are taken from public tables and were not checked against a recording of this model",
  },
  laser_not_used: {
    zh: "条激光测距状态不正常或过近，未采用",
    en: "laser distances are not marked normal, or too short, and were not used",
  },
  range_not_measured: {
    zh: "条斜距未说明由激光实测（可能是推算值），未采用",
    en: "slant ranges do not say that a laser measured them (they may be calculated) and were not used",
  },
  sigma_not_used: {
    zh: "条定位精度未采用（RTK 未固定）",
    en: "stated accuracies were not used (RTK not fixed)",
  },
} as const;

export type TelemetryWarningCode = keyof typeof texts;
export interface TelemetryWarning {
  readonly code: TelemetryWarningCode;
  readonly count: number;
  readonly zh: string;
  readonly en: string;
}

export function warn(code: TelemetryWarningCode, count = 1, detail?: string): TelemetryWarning {
  const { zh, en } = texts[code];
  const counted =
    code === "axis_order_open" || code === "schema_unproven"
      ? { zh, en }
      : { zh: `${count} ${zh}`, en: `${count} ${en}` };
  const more = detail === undefined ? "" : detail.slice(0, 120);
  return {
    code,
    count,
    zh: more === "" ? counted.zh : `${counted.zh}（${more}）`,
    en: more === "" ? counted.en : `${counted.en} (${more})`,
  };
}

/** Counts while a file is read; `list` gives the warnings of what was counted. */
export function createTally() {
  const counts = new Map<TelemetryWarningCode, number>();
  return {
    add: (code: TelemetryWarningCode, by = 1): void => void counts.set(code, (counts.get(code) ?? 0) + by),
    get: (code: TelemetryWarningCode): number => counts.get(code) ?? 0,
    list: (): TelemetryWarning[] =>
      [...counts].filter(([, count]) => count > 0).map(([code, count]) => warn(code, count)),
  };
}
export type Tally = ReturnType<typeof createTally>;
