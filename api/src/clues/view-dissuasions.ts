import type { ClueDetail } from "@mingcha/models/http";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { dissuasionText } from "./dissuasion-text.ts";
import type { LoadedClue } from "./load-clue.ts";

const lookStateSchema = z.enum(["present", "absent", "blind"]);

/** Attempts to dissuade with what was seen after the time allowed, and how another one would read. */
export async function viewDissuasions(
  deps: Deps,
  clue: LoadedClue,
): Promise<Pick<ClueDetail, "dissuasions" | "dissuasionDraft">> {
  const { correctWithinMin, minCorrectMin, verified } = deps.profile.dissuasion;
  const people = await deps.db.person.findMany({
    where: { id: { in: clue.dissuasions.map(({ createdBy }) => createdBy) } },
    select: { id: true, name: true },
  });
  return {
    dissuasions: clue.dissuasions.map((row) => ({
      id: row.id,
      channel: row.channel as "sms",
      recipient: row.recipient,
      text: row.text,
      outcome: row.outcome as "sent",
      sentAt: row.sentAt.toISOString(),
      correctBy: row.correctBy.toISOString(),
      by: people.find(({ id }) => id === row.createdBy)?.name ?? row.createdBy,
      look:
        row.lookedAt === null || row.lookClipId === null
          ? null
          : {
              at: row.lookedAt.toISOString(),
              state: lookStateSchema.safeParse(row.lookState).data ?? null,
              clipId: row.lookClipId,
              offsetMs: row.lookOffsetMs ?? 0,
            },
    })),
    dissuasionDraft: {
      text: dissuasionText(deps.profile, clue),
      correctWithinMin,
      minCorrectMin,
      verified,
    },
  };
}
