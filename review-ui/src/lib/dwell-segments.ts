/** Maths of the dwell strip: intervals in time become segments in percent of the strip's width. */

export type DwellState = "present" | "absent" | "blind";

export interface DwellInterval {
  readonly state: DwellState;
  readonly from: string;
  readonly to: string;
}

export interface DwellSegment extends DwellInterval {
  readonly leftPct: number;
  readonly widthPct: number;
}

export interface DwellRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The range a strip covers: the act itself, widened where an interval begins before or ends after it. */
export function dwellRange(from: string, to: string, intervals: readonly DwellInterval[]): DwellRange {
  const starts = [Date.parse(from), ...intervals.map((item) => Date.parse(item.from))];
  const ends = [Date.parse(to), ...intervals.map((item) => Date.parse(item.to))];
  const fromMs = Math.min(...starts);
  return { fromMs, toMs: Math.max(...ends, fromMs + 1) };
}

/** Segments clipped to the range, in time order, empty ones left out. A stretch with no interval has no segment: nothing is known of it. */
export function dwellSegments(intervals: readonly DwellInterval[], range: DwellRange): DwellSegment[] {
  const spanMs = range.toMs - range.fromMs;
  return intervals
    .map((item) => {
      const startMs = Math.max(Date.parse(item.from), range.fromMs);
      const endMs = Math.min(Date.parse(item.to), range.toMs);
      return {
        ...item,
        leftPct: ((startMs - range.fromMs) / spanMs) * 100,
        widthPct: ((endMs - startMs) / spanMs) * 100,
      };
    })
    .filter((segment) => segment.widthPct > 0)
    .sort((a, b) => a.leftPct - b.leftPct);
}

/** Seconds spent in each state. */
export function dwellTotals(intervals: readonly DwellInterval[]): Record<DwellState, number> {
  const totals = { present: 0, absent: 0, blind: 0 };
  for (const item of intervals) totals[item.state] += Math.max(0, Date.parse(item.to) - Date.parse(item.from)) / 1000;
  return totals;
}

/** Where an instant stands on the strip, in percent, held to its ends. */
export function positionPct(instantMs: number, range: DwellRange): number {
  const pct = ((instantMs - range.fromMs) / (range.toMs - range.fromMs)) * 100;
  return Math.min(100, Math.max(0, pct));
}

/** The instant under a pointer at `fraction` (0..1) of the strip's width. */
export function instantAt(fraction: number, range: DwellRange): number {
  return range.fromMs + Math.min(1, Math.max(0, fraction)) * (range.toMs - range.fromMs);
}
