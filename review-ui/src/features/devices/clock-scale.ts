import type { ClockPoint } from "@mingcha/models/http";

const hourMs = 3_600_000;
/** Measured every hour: so long without one is a hole in what is known (house rule). */
export const holeMs = 3 * hourMs;

/**
 * Offsets from milliseconds to years on one axis: about straight within the limit, by orders of magnitude beyond it.
 * @returns a place from −1 to 1 for ± `mostMs`.
 */
export function placeOf(offsetMs: number, limitMs: number, mostMs: number): number {
  return Math.asinh(offsetMs / limitMs) / Math.asinh(mostMs / limitMs);
}

/** The largest offset, its error included, that has to find room; twice the limit at least, so that the limit is seen. */
export function reachOf(points: readonly Pick<ClockPoint, "offsetMs" | "uncertaintyMs">[], limitMs: number): number {
  return points.reduce(
    (most, { offsetMs, uncertaintyMs }) => Math.max(most, (Math.abs(offsetMs) + uncertaintyMs) * 1.1),
    limitMs * 2,
  );
}

const steps = [10_000, 60_000, 10 * 60_000, hourMs, 24 * hourMs, 30 * 24 * hourMs];

/** Offsets that get a line with a number: zero, the limit, and beyond it round times, no more than fit. */
export function offsetTicks(limitMs: number, mostMs: number): number[] {
  const beyond = steps.filter((ms) => ms > limitMs * 2 && ms <= mostMs);
  const few = beyond.length > 3 ? beyond.filter((_, nth) => nth % 2 === beyond.length % 2) : beyond;
  const up = [limitMs, ...few];
  return [...up.map((ms) => -ms).reverse(), 0, ...up];
}

/** `0`, `+1 s`, `−10 s`, `+1 min`, `+1 h`, `+1 d`. */
export function tickText(ms: number): string {
  if (ms === 0) return "0";
  const sign = ms > 0 ? "+" : "−";
  const size = Math.abs(ms);
  if (size < 60_000) return `${sign}${size / 1_000} s`;
  if (size < hourMs) return `${sign}${size / 60_000} min`;
  return size < 24 * hourMs ? `${sign}${size / hourMs} h` : `${sign}${size / (24 * hourMs)} d`;
}

/** Stretches of a span in which nothing was measured for longer than {@link holeMs}. */
export function holesOf(
  points: readonly Pick<ClockPoint, "at">[],
  span: { readonly fromMs: number; readonly toMs: number },
): { fromMs: number; toMs: number }[] {
  const times = [span.fromMs, ...points.map(({ at }) => Date.parse(at)), span.toMs];
  return times.slice(1).flatMap((toMs, nth) => {
    const fromMs = times[nth] ?? toMs;
    return toMs - fromMs > holeMs ? [{ fromMs, toMs }] : [];
  });
}

/** Instants for the time axis: every day, or every six hours of one; `width` in pixels tells how many fit. */
export function timeTicks(
  span: { readonly fromMs: number; readonly toMs: number },
  offsetMs: number,
  width: number,
): number[] {
  const lengthMs = span.toMs - span.fromMs;
  const least = lengthMs <= 2 * 24 * hourMs ? 6 * hourMs : 24 * hourMs;
  const fit = Math.max(2, Math.floor(width / 64));
  const everyMs = least * Math.ceil(lengthMs / least / fit);
  const first = Math.ceil((span.fromMs + offsetMs) / everyMs) * everyMs - offsetMs;
  const ticks: number[] = [];
  for (let at = first; at <= span.toMs; at += everyMs) ticks.push(at);
  return ticks;
}
