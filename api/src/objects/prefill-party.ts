import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { partyFieldsOf, partyOf } from "@mingcha/models/objects";
import { factOf } from "./register-row.ts";

/**
 * Gives a case that is just being opened the party its record's confirmed object names, as the register had it when a person confirmed the match;
 * every field is marked as taken from the register until a handler confirms it. Without a confirmed object, or where the register does not know, the blank stays.
 */
export async function prefillParty(
  tx: DatabaseOrTransaction,
  { caseId, clueId, at }: { caseId: string; clueId: string; at: Date },
): Promise<void> {
  const match = await tx.objectMatch.findFirst({ where: { clueId, withdrawnAt: null } });
  if (match === null) return;
  const { objectId, objectVersion } = match;
  const seen = await tx.objectVersion.findUniqueOrThrow({
    where: { objectId_version: { objectId, version: objectVersion } },
  });
  const party = partyOf(factOf(seen));
  if (party === null) return;
  const fields = partyFieldsOf(party);
  const register = { objectId, version: objectVersion, takenAt: at.toISOString(), unconfirmed: fields };
  await tx.case.update({ where: { id: caseId }, data: { party: { ...party, register } } });
  await appendCustody(tx, {
    action: "case.party_prefilled",
    subject: `case:${caseId}`,
    actor: { kind: "machine", id: "api", name: "api" },
    detail: { objectId, objectVersion, matchId: match.id, fields },
  });
}
