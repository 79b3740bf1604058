import type { LoadedClue } from "./load-clue.ts";

/** What says that a message reached its channel: told on site, taken by the gateway, or written where a bureau has none. */
const given: readonly string[] = ["done", "sent", "recorded"];

/**
 * Orders to correct what the record is about now: those given before its violation was corrected were about something else, and one that waits or
 * failed was not given.
 */
export function ordersGiven({ dissuasions, corrections }: LoadedClue): LoadedClue["dissuasions"] {
  const changedAt = corrections.findLast(({ field }) => field === "violation")?.createdAt;
  return dissuasions.filter(
    ({ sentAt, outcome }) => given.includes(outcome) && (changedAt === undefined || sentAt > changedAt),
  );
}
