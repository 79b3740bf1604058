import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { applyChange, assertOfficer, lockCheck } from "./change-check.ts";
import { type LoadedCheck, loadCheck, officerIdsOf } from "./load-check.ts";

/** Its officers, who sent them, and the head. */
export function mayWithdraw(check: LoadedCheck, person: SignedIn): boolean {
  return [...officerIdsOf(check), check.dispatchedBy].includes(person.id) || person.duties.includes("head");
}

/** Ends a check without a finding: other officers can be sent. What it held stays readable. */
export async function withdrawCheck(deps: Deps, id: string, reason: string, person: SignedIn): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const check = await lockCheck(tx, id);
    if (!mayWithdraw(check, person)) await assertOfficer(tx, check, person);
    const data = { withdrawnBy: person.id, withdrawnAt: deps.now(), withdrawnReason: reason };
    await applyChange(tx, deps, check, { why: "withdrawn", data, person });
    await appendCustody(tx, {
      action: "on_site.withdrawn",
      subject: `clue:${check.clueId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { checkId: id },
    });
  });
}

/** A photo is never removed: it stops counting, with a reason, and stays where it is. */
export async function withdrawPhoto(deps: Deps, photoId: string, reason: string, person: SignedIn): Promise<string> {
  const photo = await deps.db.onSitePhoto.findUnique({ where: { id: photoId } });
  if (photo === null) throw new AppError("NOT_FOUND", {}, { detail: `on-site photo ${photoId}` });
  await deps.db.$transaction(async (tx) => {
    const check = await lockCheck(tx, photo.checkId);
    await assertOfficer(tx, await loadCheck(tx, photo.checkId), person);
    const { count } = await tx.onSitePhoto.updateMany({
      where: { id: photoId, withdrawnAt: null },
      data: { withdrawnBy: person.id, withdrawnAt: deps.now(), withdrawnReason: reason },
    });
    if (count === 0) throw new AppError("STALE");
    await applyChange(tx, deps, check, { why: "photo_withdrawn", person });
    await appendCustody(tx, {
      action: "on_site.photo_withdrawn",
      subject: `clue:${check.clueId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { checkId: check.id, photoId, sha256: photo.sha256 },
    });
  });
  return photo.checkId;
}
