const dayMs = 86_400_000;

/** What a machine does at a level of free space. Held things and terms appear nowhere here: space never deletes anything. */
export const diskLevels = {
  ok: { zh: "空间充足", en: "Enough room", takesLowValue: true, takesNew: true },
  /** It lasts less than {@link warnDays} at the pace of the last days. */
  forecast: { zh: "空间将不足", en: "Room will run out", takesLowValue: true, takesNew: true },
  low: {
    zh: "空间偏低：暂停接收可略过的新录像",
    en: "Little room: new video that may be left out is refused",
    takesLowValue: false,
    takesNew: true,
  },
  full: {
    zh: "空间不足：暂停接收一切新文件",
    en: "No room: nothing new is taken",
    takesLowValue: false,
    takesNew: false,
  },
} as const satisfies Record<string, { zh: string; en: string; takesLowValue: boolean; takesNew: boolean }>;
export type DiskLevel = keyof typeof diskLevels;
export const diskLevelCodes = Object.keys(diskLevels) as [DiskLevel, ...DiskLevel[]];

/** House rule: two weeks are enough to buy and fit a disk. */
export const warnDays = 14;
/** The pace is taken over at most so long; shorter than the least tells nothing. */
export const paceDays = 7;
const leastPaceMs = 6 * 3_600_000;

export interface DiskSampleFacts {
  readonly atMs: number;
  readonly freeBytes: number;
}

export interface DiskMarks {
  /** Below it nothing new is taken. */
  readonly minFreeBytes: number;
  /** Below it low-value media are refused; never below the other mark. */
  readonly lowFreeBytes: number;
}

export interface DiskForecast {
  readonly level: DiskLevel;
  /** Bytes a day by which free space shrinks; null: too little is known. */
  readonly bytesPerDay: number | null;
  /** Days until nothing new is taken any more at that pace; null: it does not shrink, or too little is known. */
  readonly daysLeft: number | null;
}

/** The level of free space now, and how long it lasts at the pace of the last days: a line through the samples (least squares). */
export function forecastDisk(
  now: DiskSampleFacts,
  samples: readonly DiskSampleFacts[],
  { minFreeBytes, lowFreeBytes }: DiskMarks,
): DiskForecast {
  const bytesPerDay = paceOf([...samples, now], now.atMs);
  const room = now.freeBytes - minFreeBytes;
  const daysLeft = bytesPerDay === null || bytesPerDay <= 0 ? null : Math.max(0, room / bytesPerDay);
  const level: DiskLevel =
    room < 0
      ? "full"
      : now.freeBytes < Math.max(lowFreeBytes, minFreeBytes)
        ? "low"
        : daysLeft !== null && daysLeft < warnDays
          ? "forecast"
          : "ok";
  return { level, bytesPerDay, daysLeft };
}

function paceOf(samples: readonly DiskSampleFacts[], nowMs: number): number | null {
  const recent = samples.filter(({ atMs }) => atMs <= nowMs && nowMs - atMs <= paceDays * dayMs);
  const first = Math.min(...recent.map(({ atMs }) => atMs));
  if (recent.length < 3 || nowMs - first < leastPaceMs) return null;
  const meanAt = recent.reduce((sum, { atMs }) => sum + atMs, 0) / recent.length;
  const meanFree = recent.reduce((sum, { freeBytes }) => sum + freeBytes, 0) / recent.length;
  const across = recent.reduce((sum, { atMs, freeBytes }) => sum + (atMs - meanAt) * (freeBytes - meanFree), 0);
  const spread = recent.reduce((sum, { atMs }) => sum + (atMs - meanAt) ** 2, 0);
  return spread === 0 ? null : (-across / spread) * dayMs;
}
