import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { nextOnSiteState, onSiteStates } from "@mingcha/models/on-site";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { lockClue } from "./dispatch-check.ts";
import { checkInForce, type LoadedCheck, loadCheck, loadChecks, officerIdsOf } from "./load-check.ts";

export type VoidedFor = "photo_added" | "photo_withdrawn" | "findings_changed" | "withdrawn";

/** Only the two officers who were sent write into a check. */
export async function assertOfficer(db: DatabaseOrTransaction, check: LoadedCheck, person: SignedIn): Promise<void> {
  if (officerIdsOf(check).includes(person.id)) return;
  const officers = await db.person.findMany({ where: { id: { in: officerIdsOf(check) } }, select: { name: true } });
  throw new AppError("ON_SITE_NOT_YOURS", { who: officers.map(({ name }) => name).join("、") });
}

/** The check held for a change: its record waits for it, and it is the one in force. */
export async function lockCheck(tx: DatabaseOrTransaction, id: string): Promise<LoadedCheck> {
  const { clueId } = await loadCheck(tx, id);
  const { round } = await lockClue(tx, clueId);
  const checks = await loadChecks(tx, clueId);
  const check = checks.find((item) => item.id === id);
  if (check === undefined) throw new AppError("NOT_FOUND");
  if (checkInForce(checks, round)?.id !== id || check.state === "WITHDRAWN")
    throw new AppError("ON_SITE_CLOSED", {
      zh: check.state === "WITHDRAWN" ? onSiteStates.WITHDRAWN.zh : "已另行派员",
      en: check.state === "WITHDRAWN" ? onSiteStates.WITHDRAWN.en.toLowerCase() : "other officers were sent",
    });
  return check;
}

/**
 * Writes a change into a held check: whatever was signed before no longer counts, its rows stay and say why. A change of what is written
 * grows the version.
 */
export async function applyChange(
  tx: DatabaseOrTransaction,
  deps: Deps,
  check: LoadedCheck,
  { why, data = {}, person }: { why: VoidedFor; data?: Prisma.OnSiteCheckUpdateInput; person: SignedIn },
): Promise<void> {
  const state = nextOnSiteState(check.state, why === "withdrawn" ? "withdraw" : "change");
  if (state === null) throw new AppError("STALE");
  const isWritten = why === "findings_changed" || why === "withdrawn";
  await tx.onSiteCheck.update({
    where: { id: check.id },
    data: { ...data, state, ...(isWritten ? { version: { increment: 1 } } : {}) },
  });
  const undone = check.signatures.filter(({ voidedAt }) => voidedAt === null);
  if (undone.length === 0) return;
  await tx.onSiteSignature.updateMany({
    where: { checkId: check.id, voidedAt: null },
    data: { voidedAt: deps.now(), voidedFor: why },
  });
  await appendCustody(tx, {
    action: "on_site.signatures_undone",
    subject: `clue:${check.clueId}`,
    actor: { kind: "person", id: person.id, name: person.name },
    detail: { checkId: check.id, signatureIds: undone.map(({ id }) => id), why },
  });
}
