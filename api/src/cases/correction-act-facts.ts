import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { CaseFacts, EvidenceItem } from "@mingcha/models/documents";
import { z } from "zod";
import type { LoadedClue } from "../clues/load-clue.ts";
import { ordersGiven, recheckOf, saidOfCorrection } from "../clues/orders-given.ts";

const channelSchema = z.enum(["sms", "voice", "on_site", "app"]);
/** A step of the record; `recheck` where two officers at the place were the looking again. */
const movedSchema = z.object({
  at: z.string(),
  detail: z.object({ event: z.string(), recheck: z.object({ at: z.string().nullable() }).optional() }),
});

/** That the party was dissuaded and ordered to correct, and what looking again showed: the last of each; null where it did not happen. */
export async function correctionActFacts(
  db: DatabaseOrTransaction,
  clue: LoadedClue,
  evidence: readonly EvidenceItem[],
): Promise<Pick<CaseFacts["act"], "dissuasion" | "recheck">> {
  const order = ordersGiven(clue).at(-1);
  const outcome = recheckOf(clue);
  const said = outcome === null ? null : await lastSaid(db, clue.id);
  const shown = said?.atPlace ? "place" : "recheck";
  return {
    dissuasion:
      order === undefined
        ? null
        : {
            at: order.sentAt.toISOString(),
            channel: channelSchema.safeParse(order.channel).data ?? null,
            correctBy: order.correctBy.toISOString(),
            // what was said on the spot was heard; that a gateway took a message proves no delivery
            delivered: order.outcome === "done" ? true : null,
          },
    recheck:
      outcome === null
        ? null
        : {
            at: said?.at ?? null,
            outcome,
            evidenceNos: evidence.flatMap(({ no, origin }) => (origin === shown ? no : [])),
          },
  };
}

/** When a person last said what looking again showed, or when the officers saw it, from the custody log. */
async function lastSaid(db: DatabaseOrTransaction, clueId: string): Promise<{ at: string; atPlace: boolean } | null> {
  const rows = await db.custody.findMany({
    where: { subject: `clue:${clueId}`, action: "clue.moved" },
    orderBy: { seq: "desc" },
    take: 50,
  });
  for (const { body } of rows) {
    const entry = movedSchema.safeParse(JSON.parse(Buffer.from(body).toString("utf8"))).data;
    if (entry === undefined) continue;
    if (entry.detail.recheck !== undefined) return { at: entry.detail.recheck.at ?? entry.at, atPlace: true };
    if (saidOfCorrection[entry.detail.event] !== undefined) return { at: entry.at, atPlace: false };
  }
  return null;
}
