import { distanceM } from "@mingcha/models/geo";
import type { Telemetry, TelemetryEntry } from "../telemetry/telemetry.ts";
import { localToUtc } from "../time/local-to-utc.ts";
import type { PlacedEntry } from "./place-on-clip.ts";
import type { TelemetryCheck } from "./telemetry-check.ts";

/** Limits beyond which two sources disagree (house rules). */
export const limits = {
  /** Four times the spread of a plain receiver (1.5 m, ingest note §2.2) and a second of flight at 10 m/s besides. */
  placeM: 20,
  /** Two barometers. */
  heightM: 5,
  /** More than a second apart in the same frame shifts the place by the speed. */
  timeMs: 2_000,
} as const;

/** Entries of two sources are of the same moment within this. */
const sameMomentMs = 600;

interface Pair {
  readonly a: PlacedEntry;
  readonly b: PlacedEntry;
}

function pairUp(first: readonly PlacedEntry[], second: readonly PlacedEntry[]): Pair[] {
  const pairs: Pair[] = [];
  let i = 0;
  for (const a of first) {
    while (
      i + 1 < second.length &&
      Math.abs((second[i + 1] as PlacedEntry).offsetMs - a.offsetMs) <=
        Math.abs((second[i] as PlacedEntry).offsetMs - a.offsetMs)
    )
      i++;
    const b = second[i];
    if (b !== undefined && Math.abs(b.offsetMs - a.offsetMs) <= sameMomentMs) pairs.push({ a, b });
  }
  return pairs;
}

const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
};

const atPlace = ({ longitude, latitude }: TelemetryEntry) =>
  longitude === null || latitude === null ? null : { longitude, latitude };

const instantOf = ({ utcMs, localTime }: TelemetryEntry, timezone: string): number | null =>
  utcMs ?? (localTime === null ? null : localToUtc(localTime, timezone));

/**
 * Compares what a video carries inside with the file beside it, moment by moment: place, height above take-off, clock. What differs by
 * more than the limits is told with its median and its worst; neither source is changed.
 */
export function compareTelemetry(
  inside: readonly PlacedEntry[],
  beside: readonly PlacedEntry[],
  timezone: string,
): TelemetryCheck[] {
  const pairs = pairUp(inside, beside);
  if (pairs.length === 0)
    return [
      {
        code: "not_compared",
        zh: "录像内的飞行数据与旁附文件没有同一时刻的记录，无法互相核对",
        en: "the data inside the video and the file beside it share no moment: they could not be compared",
      },
    ];
  const differences = (of: (pair: Pair) => number | null): number[] => pairs.flatMap((pair) => of(pair) ?? []);
  const place = differences(({ a, b }) => {
    const [from, to] = [atPlace(a), atPlace(b)];
    return from === null || to === null ? null : distanceM(from, to);
  });
  const height = differences(({ a, b }) =>
    a.heightM === null || b.heightM === null ? null : Math.abs(a.heightM - b.heightM),
  );
  const time = differences(({ a, b }) => {
    const [from, to] = [instantOf(a, timezone), instantOf(b, timezone)];
    return from === null || to === null ? null : Math.abs(from - to);
  });
  return [
    ...beyond("place_differs", place, limits.placeM, 1, "m", { zh: "位置", en: "positions" }),
    ...beyond("height_differs", height, limits.heightM, 1, "m", { zh: "离起飞点高度", en: "heights above take-off" }),
    ...beyond("time_differs", time, limits.timeMs, 1_000, "s", { zh: "时刻", en: "times" }),
  ];
}

function beyond(
  code: TelemetryCheck["code"],
  values: readonly number[],
  limit: number,
  unit: number,
  unitName: "m" | "s",
  what: { zh: string; en: string },
): TelemetryCheck[] {
  const middle = median(values);
  if (middle === null || middle <= limit) return [];
  const shown = (value: number): string => (value / unit).toFixed(1);
  const worst = values.reduce((a, b) => Math.max(a, b), 0);
  const zhUnit = unitName === "m" ? "米" : "秒";
  return [
    {
      code,
      zh: `录像内的数据与旁附文件的${what.zh}相差 ${shown(middle)} ${zhUnit}（中位数，最大 ${shown(worst)} ${zhUnit}，限 ${shown(limit)} ${zhUnit}）`,
      en: `${what.en} inside the video and beside it differ by ${shown(middle)} ${unitName} (median; at most ${shown(worst)} ${unitName}, limit ${shown(limit)} ${unitName})`,
    },
  ];
}

const tracked = ({ entries }: Telemetry): number => entries.filter(({ longitude }) => longitude !== null).length;

/** A single position, as phones write it, is no track. */
export const isTrack = (telemetry: Telemetry): boolean => tracked(telemetry) >= 2;

/**
 * Which of two sources places the looks. The one inside keeps the video's own time and comes first; not where it holds a single position,
 * and not where its layout is unproven and the file beside it says another place.
 */
export function prefersInside(inside: Telemetry, beside: Telemetry, checks: readonly TelemetryCheck[]): boolean {
  if (!isTrack(inside)) return false;
  const isUnproven = inside.warnings.some(({ code }) => code === "schema_unproven");
  return !(isUnproven && tracked(beside) > 0 && checks.some(({ code }) => code === "place_differs"));
}
