import type { Sentence } from "./ground-fit.ts";

/** Code of the check that a clip carries where its telemetry was laid beside it by UTC against the clip's start. */
export const laidByClock = "laid_by_clock";

/** A track inside the video keeps its time to a tenth of a second (house rule). */
const trackTimeS = 0.1;
/**
 * An error is carried along the way the aircraft flew at that moment; beyond this it may have turned, and its camera too, and no ellipse
 * describes where the picture lies (house rule: the second or two of a stated start or of a dated file name).
 */
export const clockTimeMaxS = 2;

export interface ClipTime {
  /** Zero: a photo. */
  readonly durationMs: number;
  readonly startUncertaintyMs: number;
  readonly isLaidByClock: boolean;
}

export type TimeError =
  | { readonly kind: "within"; readonly timeS: number }
  /** Nothing may be said of how far off a place is. */
  | { readonly kind: "unsure"; readonly warning: Sentence };

/** By how much track and picture may be apart, in seconds: as much as the track lags, or, laid beside it by the clock, as the recording's start is off. */
export const timeApartS = (
  { startUncertaintyMs, isLaidByClock }: Pick<ClipTime, "startUncertaintyMs" | "isLaidByClock">,
  trackS: number = trackTimeS,
): number => (isLaidByClock ? Math.max(trackS, startUncertaintyMs / 1000) : trackS);

/**
 * How far telemetry and picture may be apart in time, one standard deviation: a track inside the video keeps its own time, a photo's pose
 * is its own, and a track laid by the clock is off by as much as the clip's start is.
 */
export function timeErrorOf(clip: ClipTime): TimeError {
  if (!clip.isLaidByClock && clip.durationMs === 0) return { kind: "within", timeS: 0 };
  const startS = clip.startUncertaintyMs / 1000;
  if (!clip.isLaidByClock || startS <= clockTimeMaxS) return { kind: "within", timeS: timeApartS(clip) };
  return {
    kind: "unsure",
    warning: {
      zh: `飞行数据按世界时与录像开始时间对齐，而开始时间误差达 ±${startS} 秒（限 ${clockTimeMaxS} 秒）：画面中心不给位置与误差椭圆，航迹与覆盖仅供参考`,
      en: `The telemetry was laid beside the recording by the clock, and its start is sure only within ±${startS} s (limit ${clockTimeMaxS} s): no place and no error ellipse is given for the middle of its pictures, and path and coverage are approximate`,
    },
  };
}
