import type { ClueDetail } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { dissuasionText } from "./dissuasion-text.ts";
import type { LoadedClue } from "./load-clue.ts";
import { lookPictureSchema } from "./look-picture.ts";
import { lookStateOf } from "./orders-given.ts";

/** Attempts to dissuade with what was seen after the time allowed, and how another one would read. */
export async function viewDissuasions(
  deps: Deps,
  clue: LoadedClue,
  person: Pick<SignedIn, "duties">,
): Promise<Pick<ClueDetail, "dissuasions" | "dissuasionDraft">> {
  // a telephone number or a name: for those who speak with the party, and the head
  const reaches = person.duties.some((duty) => duty === "handler" || duty === "head");
  const { correctWithinMin, minCorrectMin, verified } = deps.profile.dissuasion;
  const people = await deps.db.person.findMany({
    where: { id: { in: clue.dissuasions.map(({ createdBy }) => createdBy) } },
    select: { id: true, name: true },
  });
  return {
    dissuasions: clue.dissuasions.map((row) => ({
      id: row.id,
      channel: row.channel as "sms",
      recipient: reaches ? row.recipient : "—",
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
              state: lookStateOf(row),
              clipId: row.lookClipId,
              offsetMs: row.lookOffsetMs ?? 0,
              sha256: row.lookSha256,
              pictureSha256: lookPictureSchema.nullable().catch(null).parse(row.lookPicture)?.sha256 ?? null,
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
