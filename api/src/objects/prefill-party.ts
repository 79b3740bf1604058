import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { partyFieldsOf, partyOf } from "@mingcha/models/objects";
import { factOf } from "./register-row.ts";

/**
 * Gives a case that is just being opened the party its record's confirmed object names, every field marked as taken from the register until a
 * handler confirms it. Without a confirmed object, or where the register does not know, the blank stays.
 */
export async function prefillParty(
  tx: DatabaseOrTransaction,
  { caseId, clueId, at }: { caseId: string; clueId: string; at: Date },
): Promise<void> {
  const match = await tx.objectMatch.findFirst({ where: { clueId, withdrawnAt: null }, include: { object: true } });
  if (match === null) return;
  const { object } = match;
  const party = partyOf(factOf(object));
  if (party === null) return;
  const fields = partyFieldsOf(party);
  const register = { objectId: object.id, version: object.version, takenAt: at.toISOString(), unconfirmed: fields };
  await tx.case.update({ where: { id: caseId }, data: { party: { ...party, register } } });
  await appendCustody(tx, {
    action: "case.party_prefilled",
    subject: `case:${caseId}`,
    actor: { kind: "machine", id: "api", name: "api" },
    detail: { objectId: object.id, objectVersion: object.version, matchId: match.id, fields },
  });
}
