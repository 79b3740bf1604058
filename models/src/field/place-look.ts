import { distanceM } from "../geo/distance.ts";
import type { LonLat } from "../geo/gcj02.ts";
import { firstFrom } from "../ground/pose-between.ts";
import { type FieldSettings, fieldSettings } from "./settings.ts";

/** A moment of a clip's track. Nulls: the recording knows the moment and not the place. */
export interface TrackFix {
  readonly offsetMs: number;
  readonly longitude: number | null;
  readonly latitude: number | null;
  /** One standard deviation, where the receiver states it. */
  readonly sigmaHorizontalM?: number | null;
}

type Fix = LonLat & { readonly offsetMs: number; readonly sigmaM: number | null };

/** Radius of 95 % of a circular normal distribution over its standard deviation: √(−2 ln 0.05). */
const radius95 = 2.4477;

/** Where a look was taken, and why it is not known where it is not. */
export type PlacedLook =
  | (LonLat & {
      readonly kind: "placed";
      readonly offsetMs: number;
      /** `fixM + clockM + betweenM`: added, since they may all point the same way. */
      readonly errorM: number;
      readonly fixM: number;
      /** Fastest around the moment, times how far track and picture may be apart. */
      readonly clockM: number;
      readonly betweenM: number;
      readonly speedMS: number;
    })
  | { readonly kind: "no_fix"; readonly offsetMs: number; readonly because: keyof typeof noFixReasons };

export const noFixReasons = {
  no_track: { zh: "录像没有位置记录", en: "the recording has no track" },
  gap: { zh: "该时刻前后定位中断", en: "no fix around that moment" },
  jump: { zh: "该时刻前后的定位跳变", en: "the fix jumps around that moment" },
  clock: { zh: "录像时间误差过大，位置不可用", en: "its clock is too unsure for a position" },
} as const;

/** Fixes of a track, in time order. */
export const fixesOf = (track: readonly TrackFix[]): Fix[] =>
  track.flatMap(({ offsetMs, longitude, latitude, sigmaHorizontalM }) =>
    longitude === null || latitude === null
      ? []
      : [{ offsetMs, longitude, latitude, sigmaM: sigmaHorizontalM ?? null }],
  );

/**
 * The position of a look on the line between the two fixes around it, with the radius in metres within which the truth lies: the error of a
 * fix (95 %, as stated or {@link fieldSettings}), plus speed times clock error, plus how far a car may be off the straight line between two
 * fixes, a·Δt²/8 with the hardest acceleration a (error of linear interpolation). A break in the fix gives no position.
 * `fixes` in time order; `timeErrorMs`: how far track and picture may be apart.
 */
export function placeLook(
  fixes: readonly Fix[],
  offsetMs: number,
  timeErrorMs: number,
  settings: FieldSettings = fieldSettings,
): PlacedLook {
  const none = (because: keyof typeof noFixReasons): PlacedLook => ({ kind: "no_fix", offsetMs, because });
  if (fixes.length === 0) return none("no_track");
  const next = firstFrom(fixes, offsetMs);
  const to = fixes[next];
  const from = to?.offsetMs === offsetMs ? to : fixes[next - 1];
  if (from === undefined || to === undefined || to.offsetMs - from.offsetMs > settings.gapMaxMs) return none("gap");
  const speedMS = speedAround(fixes, offsetMs, timeErrorMs, settings);
  if (speedMS === null) return none("gap");
  if (speedMS > settings.speedMaxMS) return none("jump");
  const gapS = (to.offsetMs - from.offsetMs) / 1_000;
  const share = gapS === 0 ? 0 : (offsetMs - from.offsetMs) / (gapS * 1_000);
  const errorOf = ({ sigmaM }: Fix): number => (sigmaM === null ? settings.fixErrorM : sigmaM * radius95);
  const fixM = Math.max(errorOf(from), errorOf(to));
  const clockM = (speedMS * timeErrorMs) / 1_000;
  const betweenM = (settings.accelerationMaxMS2 * gapS * gapS) / 8;
  const errorM = fixM + clockM + betweenM;
  if (errorM > settings.lookErrorMaxM) return none("clock");
  return {
    kind: "placed",
    offsetMs,
    longitude: from.longitude + (to.longitude - from.longitude) * share,
    latitude: from.latitude + (to.latitude - from.latitude) * share,
    errorM,
    fixM,
    clockM,
    betweenM,
    speedMS,
  };
}

/** The fastest pair of neighbouring fixes that the moment may lie between; null where a break of the fix lies within reach of the clock's error. */
function speedAround(
  fixes: readonly Fix[],
  offsetMs: number,
  timeErrorMs: number,
  { gapMaxMs, lookErrorMaxM }: FieldSettings,
): number | null {
  const [earliest, latest] = [offsetMs - timeErrorMs, offsetMs + timeErrorMs];
  const [first, last] = [fixes[0] as Fix, fixes[fixes.length - 1] as Fix];
  // the moment itself may lie where the track has not begun or is over: a step beyond its ends the car goes on as it went
  if (earliest < first.offsetMs - gapMaxMs || latest > last.offsetMs + gapMaxMs) return null;
  let fastest = 0;
  for (let nth = Math.max(1, firstFrom(fixes, earliest)); nth < fixes.length; nth++) {
    const [a, b] = [fixes[nth - 1] as Fix, fixes[nth] as Fix];
    // so fast already that the clock's error leaves no place: an unsure clock looks through no whole track
    if (a.offsetMs > latest || (fastest * timeErrorMs) / 1_000 > lookErrorMaxM) break;
    const gapMs = b.offsetMs - a.offsetMs;
    if (gapMs > gapMaxMs) {
      // touching a break at its edge is no break
      if (b.offsetMs > earliest && a.offsetMs < latest) return null;
      continue;
    }
    if (gapMs > 0) fastest = Math.max(fastest, (distanceM(a, b) * 1_000) / gapMs);
  }
  return fastest;
}
