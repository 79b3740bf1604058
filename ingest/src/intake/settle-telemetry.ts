import { laidByClock } from "@mingcha/models/ground";
import type { ReadTelemetry } from "../telemetry/read-any.ts";
import type { TelemetryRefusal } from "../telemetry/telemetry.ts";
import { disagreementMs } from "../time/choose-start-time.ts";
import { localToUtc } from "../time/local-to-utc.ts";
import { compareTelemetry, prefersInside } from "./compare-telemetry.ts";
import { type PlacedEntry, placeOnClip, startUnsureMs, thinEntries } from "./place-on-clip.ts";
import { startClue } from "./start-clue.ts";
import { type TelemetryCheck, unreadable } from "./telemetry-check.ts";
import type { UsedTelemetry } from "./used-telemetry.ts";

/** What a video or a photo carries inside, as it was found on examination. */
export interface Inside {
  readonly found: ReadTelemetry | undefined;
  readonly refused: readonly { readonly format: string; readonly refusal: TelemetryRefusal }[];
}

/** Telemetry of a clip, settled: which source places it, its points, and everything that has to be said of it. */
export interface SettledTelemetry {
  readonly used: UsedTelemetry;
  readonly points: readonly PlacedEntry[];
  readonly checks: readonly TelemetryCheck[];
}

interface ClipTimes {
  readonly startedAt: Date;
  readonly startUncertaintyMs: number;
  readonly durationMs: number;
}

export const insideOf = (inside: Inside | null, sha256: string): UsedTelemetry | null =>
  inside?.found?.result.kind === "ok"
    ? { sha256, content: inside.found.result, parserVersion: inside.found.format.version }
    : null;

/** Of the source inside and the one beside, which places the clip; null where there is neither. */
export function chooseTelemetry(
  inside: UsedTelemetry | null,
  beside: UsedTelemetry | null,
  clip: ClipTimes,
  timezone: string,
): { used: UsedTelemetry | null; checks: TelemetryCheck[] } {
  if (inside === null || beside === null) return { used: inside ?? beside, checks: [] };
  const checks = compareTelemetry(placeOnClip(inside.content, clip), placeOnClip(beside.content, clip), timezone);
  if (prefersInside(inside.content, beside.content, checks)) return { used: inside, checks };
  return { used: beside, checks: [...checks, setAside(inside)] };
}

const setAside = ({ content }: UsedTelemetry): TelemetryCheck => ({
  code: "inside_set_aside",
  zh: `录像内的 ${content.format} 数据未用于定位，以旁附文件为准`,
  en: `the ${content.format} data inside the video does not place it; the file beside it does`,
});

/** Points of the chosen source on the clip, with its warnings and what stands against it. */
export function settleTelemetry(
  used: UsedTelemetry,
  clip: ClipTimes & { readonly containerMs: number | null },
  earlier: readonly TelemetryCheck[],
  timezone: string,
): SettledTelemetry {
  const { content } = used;
  const points = thinEntries(placeOnClip(content, clip));
  const checks: TelemetryCheck[] = [
    ...earlier,
    ...content.warnings.map(({ zh, en }): TelemetryCheck => ({ code: "warning", zh, en })),
  ];
  if (points.length > 0 && content.entries.some(({ offsetMs }) => offsetMs === null))
    checks.push(byClock(clip.startUncertaintyMs));
  if (points.length === 0) checks.push(notPlaced(clip.startUncertaintyMs > startUnsureMs));
  const clue = startClue(content);
  if (clip.containerMs !== null && clue !== null) {
    const saidMs = "utcMs" in clue.time ? clue.time.utcMs : localToUtc(clue.time, timezone);
    const apartMs = clip.containerMs - (saidMs - clue.offsetMs);
    if (Math.abs(apartMs) > disagreementMs) checks.push(containerDiffers(apartMs));
  }
  return { used, points, checks };
}

/** Where no entry says where in the video it stands. */
const byClock = (startUncertaintyMs: number): TelemetryCheck => ({
  code: laidByClock,
  zh: `飞行数据自身没有画面时刻，按世界时与录像开始时间对齐（开始时间误差 ±${startUncertaintyMs / 1_000} 秒）`,
  en: `the telemetry has no time of its own in the video and was laid beside it by UTC (its start is sure within ±${startUncertaintyMs / 1_000} s)`,
});

const notPlaced = (isUnsure: boolean): TelemetryCheck =>
  isUnsure
    ? {
        code: "start_unsure",
        zh: "录像开始时间不够可靠，只有世界时的轨迹无法与画面对齐，未定位",
        en: "when the video began is not sure enough to lay a track that knows only UTC beside it: not placed",
      }
    : {
        code: "not_on_clip",
        zh: "飞行数据与录像时间没有重叠，未定位",
        en: "the telemetry does not overlap the time of the video: not placed",
      };

function containerDiffers(apartMs: number): TelemetryCheck {
  const minutes = Math.round(apartMs / 60_000);
  return {
    code: "container_time_differs",
    zh: `封装文件自称的拍摄时间与飞行数据的时间相差 ${minutes} 分钟（其中之一可能是当地时间或时区有误）；以飞行数据为准`,
    en: `the container's own time differs from that of the telemetry by ${minutes} minutes (one of them may be local time, or of a wrong zone); the telemetry counts`,
  };
}

/** Tracks inside that could not be read. */
export const unreadableTracks = (inside: Inside | null): TelemetryCheck[] =>
  (inside?.refused ?? []).map(({ format, refusal }) => unreadable(format, refusal));
