import { z } from "zod";
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

const lookStateSchema = z.enum(["present", "absent", "blind"]);
/** What was seen there after the time allowed; null: nobody has looked yet. */
export const lookStateOf = ({ lookState }: { lookState: string | null }) =>
  lookStateSchema.safeParse(lookState).data ?? null;

const recheckSchema = z.enum(["corrected", "not_corrected"]);
/** What looking again showed, once a person has said so. */
export const recheckOf = ({ recheck }: Pick<LoadedClue, "recheck">) => recheckSchema.safeParse(recheck).data ?? null;

/** Steps by which a person says it, and what each says. */
export const saidOfCorrection: Readonly<Record<string, z.infer<typeof recheckSchema> | undefined>> = {
  not_corrected: "not_corrected",
  corrected: "corrected",
  corrected_not_minor: "corrected",
};
