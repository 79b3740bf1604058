/** Waits between tries to reach a live source: 1, 2, 4 … 60 s (ingest note §4.1); what a person has to mend is asked once in five minutes. */
const longestMs = 60_000;
const mendMs = 300_000;

/**
 * @param attempt tries in a row that brought no picture, from 1.
 * @param chance 0..1 from outside: many cameras behind one switch must not come back in one instant.
 */
export function retryDelayMs(attempt: number, needsMending: boolean, chance: number): number {
  const whole = needsMending ? mendMs : Math.min(longestMs, 1_000 * 2 ** Math.max(0, Math.min(attempt, 16) - 1));
  return Math.round(whole * (0.5 + chance / 2));
}
