/**
 * A clock that tells whole seconds, asked several times: each answer bounds its offset to ours, and all of them together bound it closer.
 * Times in milliseconds.
 */
export interface SecondReading {
  /** Our clock when the question left and when the answer came. */
  readonly askedMs: number;
  readonly answeredMs: number;
  /** The second it told, fraction cut off. */
  readonly deviceMs: number;
}

/** The offset (device − ours) lies within. */
export interface OffsetSpan {
  readonly leastMs: number;
  readonly mostMs: number;
}

const secondMs = 1_000;

/** The device stood in [second, second + 1) at some instant between question and answer. */
export function spanOf({ askedMs, answeredMs, deviceMs }: SecondReading): OffsetSpan {
  return { leastMs: deviceMs - answeredMs, mostMs: deviceMs + secondMs - askedMs };
}

/** What all readings agree on; null: they contradict one another, so the clock was set meanwhile or its answers are not the time. */
export function narrow(readings: readonly SecondReading[]): OffsetSpan | null {
  const spans = readings.map(spanOf);
  const leastMs = Math.max(...spans.map((span) => span.leastMs));
  const mostMs = Math.min(...spans.map((span) => span.mostMs));
  return leastMs <= mostMs ? { leastMs, mostMs } : null;
}

export const middleOf = ({ leastMs, mostMs }: OffsetSpan): number => (leastMs + mostMs) / 2;
export const halfOf = ({ leastMs, mostMs }: OffsetSpan): number => (mostMs - leastMs) / 2;

/** How long to wait so that the next question meets the turn of the second halfway through what is still possible: each halves the span. */
export function waitForTurnMs(span: OffsetSpan, nowMs: number, oneWayMs: number): number {
  const deviceMs = nowMs + oneWayMs + middleOf(span);
  return (secondMs - (((deviceMs % secondMs) + secondMs) % secondMs)) % secondMs;
}
