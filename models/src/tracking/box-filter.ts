import type { BoxNorm } from "../geometry/box.ts";

/**
 * Kalman filter of one box, state [cx, cy, area, aspect, v_cx, v_cy, v_area] as in SORT (Bewley et al., ICIP 2016, arXiv 1602.00763):
 * centre and area at constant velocity, aspect ratio constant. Shares of the picture and seconds.
 * All noise is diagonal and independent per component, so the 7 × 7 filter falls apart into three of two states and one of one, which is
 * what is stored: `cov` holds [p_xx, p_xv, p_vv] of cx, cy and area, then the variance of aspect. Plain numbers, survives JSON unchanged.
 */
export type BoxFilter = { mean: number[]; cov: number[] };

/** Deviations in shares of the box itself, so that near and far things are followed alike. Set on synthetic streets, see README. */
const measuredShare = 0.05;
const measuredAreaShare = 0.12;
const measuredAspectShare = 0.12;
/** Speed of a thing when first seen, in box sizes per second, and its change, per second squared (a braking car: 5 m/s² ≈ 1.5). */
const speedAtFirst = 2;
const acceleration = 1.5;
const areaSpeedAtFirst = 0.7;
const areaAcceleration = 0.5;
const aspectDrift = 0.15;

const minArea = 1e-8;

/** JSON knows no negative zero; a filter that was stored must go on like one that was not. */
const stored = (value: number): number => value + 0;

function measure([x, y, width, height]: BoxNorm): readonly [number, number, number, number] {
  const w = Math.max(width, 1e-4);
  const h = Math.max(height, 1e-4);
  return [x + width / 2, y + height / 2, w * h, w / h];
}

const sizeOf = (area: number): number => Math.sqrt(Math.max(area, minArea));

export function openFilter(box: BoxNorm): BoxFilter {
  const [cx, cy, area, aspect] = measure(box);
  const size = sizeOf(area);
  const position = (measuredShare * size) ** 2;
  const speed = (speedAtFirst * size) ** 2;
  return {
    mean: [cx, cy, area, aspect, 0, 0, 0],
    cov: [
      position,
      0,
      speed,
      position,
      0,
      speed,
      (measuredAreaShare * area) ** 2,
      0,
      (areaSpeedAtFirst * area) ** 2,
      (measuredAspectShare * aspect) ** 2,
    ],
  };
}

/** Moves the filter on by `dtS`; noise of a white acceleration (Bar-Shalom, Li & Kirubarajan, 2001, §6.2.2). */
export function predictFilter(filter: BoxFilter, dtS: number): void {
  const { mean, cov } = filter;
  const area = mean[2] ?? 0;
  const size = sizeOf(area);
  // A box that shrinks faster than it lasts stays as it is, as in SORT.
  if (area + (mean[6] ?? 0) * dtS <= minArea) mean[6] = 0;
  const noise = [(acceleration * size) ** 2, (acceleration * size) ** 2, (areaAcceleration * area) ** 2];
  for (let i = 0; i < 3; i++) {
    const q = noise[i] ?? 0;
    const [pxx = 0, pxv = 0, pvv = 0] = cov.slice(3 * i, 3 * i + 3);
    const position = i;
    mean[position] = stored((mean[position] ?? 0) + (mean[i + 4] ?? 0) * dtS);
    cov[3 * i] = pxx + dtS * (2 * pxv + dtS * pvv) + (q * dtS ** 3) / 3;
    cov[3 * i + 1] = stored(pxv + dtS * pvv + (q * dtS ** 2) / 2);
    cov[3 * i + 2] = pvv + q * dtS;
  }
  cov[9] = (cov[9] ?? 0) + (aspectDrift * (mean[3] ?? 0)) ** 2 * dtS;
}

export function updateFilter(filter: BoxFilter, box: BoxNorm): void {
  const { mean, cov } = filter;
  const seen = measure(box);
  const position = (measuredShare * sizeOf(seen[2])) ** 2;
  const noise = [position, position, (measuredAreaShare * seen[2]) ** 2];
  for (let i = 0; i < 3; i++) {
    const [pxx = 0, pxv = 0, pvv = 0] = cov.slice(3 * i, 3 * i + 3);
    const total = pxx + (noise[i] ?? 0);
    const gain = pxx / total;
    const gainV = pxv / total;
    const off = (seen[i] ?? 0) - (mean[i] ?? 0);
    mean[i] = stored((mean[i] ?? 0) + gain * off);
    mean[i + 4] = stored((mean[i + 4] ?? 0) + gainV * off);
    cov[3 * i] = (1 - gain) * pxx;
    cov[3 * i + 1] = stored((1 - gain) * pxv);
    cov[3 * i + 2] = pvv - gainV * pxv;
  }
  const total = (cov[9] ?? 0) + (measuredAspectShare * seen[3]) ** 2;
  const gain = (cov[9] ?? 0) / total;
  mean[3] = (mean[3] ?? 0) + gain * (seen[3] - (mean[3] ?? 0));
  cov[9] = (1 - gain) * (cov[9] ?? 0);
  mean[2] = Math.max(mean[2] ?? 0, minArea);
}

/** Box the filter expects, in shares of the picture; may lie outside it. */
export function filterBox({ mean }: BoxFilter): BoxNorm {
  const [cx = 0, cy = 0, area = 0, aspect = 1] = mean;
  const width = Math.sqrt(Math.max(area, minArea) * Math.max(aspect, 1e-3));
  const height = Math.max(area, minArea) / width;
  return [cx - width / 2, cy - height / 2, width, height];
}

/** Standard deviation of the expected centre, in shares of the picture along x and y. */
export const centreDeviation = ({ cov }: BoxFilter): readonly [number, number] => [
  Math.sqrt(Math.max(0, cov[0] ?? 0)),
  Math.sqrt(Math.max(0, cov[3] ?? 0)),
];

export const copyFilter = ({ mean, cov }: BoxFilter): BoxFilter => ({ mean: [...mean], cov: [...cov] });
