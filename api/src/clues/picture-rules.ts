import type { Profile } from "@mingcha/models/profile";

export interface PictureRuleInput {
  readonly violation: string;
  readonly pictures: readonly { capturedAt: Date; widthPx: number; heightPx: number; kind: string }[];
  readonly clips: readonly { widthPx: number; heightPx: number }[];
  /** Largest error of the clock around the act; null: not compared. */
  readonly clockErrorMs: number | null;
  /** Methods disagree, or the machine that compared was not compared itself: the reviewer settles it. */
  readonly clockDoubted: boolean;
  /** The clock was off by this at least by a method that does not count; null: none says so (guard G-04). */
  readonly clockDeniedMs: number | null;
}

/**
 * The picture rules as pass or fail (domain D.1: GA/T 832-2014 as house standard; limits come from the bureau's profile).
 * Null: cannot be told, which the reviewer must settle.
 */
export function checkPictures(profile: Profile, input: PictureRuleInput) {
  const limits = profile.review;
  const whole = input.pictures.filter((picture) => picture.kind !== "close" && picture.kind !== "clip");
  const times = [...new Set(whole.map((picture) => picture.capturedAt.getTime()))].sort((a, b) => a - b);
  const spanS = times.length < 2 ? 0 : ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
  const intervalS = limits.minIntervalS[input.violation] ?? limits.defaultIntervalS;
  const smallest = input.clips.reduce<{ widthPx: number; heightPx: number } | null>(
    (least, clip) => (least === null || clip.widthPx < least.widthPx ? clip : least),
    null,
  );
  const [clock, denied] = [input.clockErrorMs, input.clockDeniedMs];
  const isOver = denied !== null || (clock !== null && clock > limits.maxClockErrorMs);
  return [
    {
      id: "count" as const,
      passed: times.length >= limits.minPictures,
      value: String(times.length),
      limit: `≥ ${limits.minPictures}`,
      text: { zh: "不同时刻的全景图片数", en: "Whole-view pictures at different times" },
    },
    {
      id: "interval" as const,
      passed: spanS >= intervalS,
      value: `${spanS.toFixed(1)} s`,
      limit: `≥ ${intervalS} s`,
      text: { zh: "首末图片间隔", en: "Interval between first and last picture" },
    },
    {
      id: "resolution" as const,
      passed:
        smallest === null ? null : smallest.widthPx >= limits.minWidthPx && smallest.heightPx >= limits.minHeightPx,
      value: smallest === null ? "?" : `${smallest.widthPx}×${smallest.heightPx}`,
      limit: `≥ ${limits.minWidthPx}×${limits.minHeightPx}`,
      text: { zh: "原始画面分辨率", en: "Resolution of the original" },
    },
    {
      id: "clock" as const,
      passed: isOver ? false : clock === null || input.clockDoubted ? null : true,
      value:
        [
          ...(clock === null ? [] : [`${(clock / 1_000).toFixed(1)} s`]),
          ...(denied === null ? [] : [`≥ ${(denied / 1_000).toFixed(1)} s`]),
        ].join(" / ") || "?",
      limit: `≤ ${(limits.maxClockErrorMs / 1_000).toFixed(1)} s`,
      text: { zh: "设备时钟误差", en: "Clock error of the device" },
    },
  ];
}
