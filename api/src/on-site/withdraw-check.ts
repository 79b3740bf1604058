import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { loadClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import { assertDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";
import { assertNotRecused } from "../recusals/assert-not-recused.ts";
import { applyChange, assertOfficer, lockCheck } from "./change-check.ts";
import { type LoadedCheck, loadCheck, officerIdsOf } from "./load-check.ts";

/** Its officers, who sent them, and the head. */
export function mayWithdraw(check: LoadedCheck, person: SignedIn): boolean {
  return [...officerIdsOf(check), check.dispatchedBy].includes(person.id) || person.duties.includes("head");
}

/** Ends a check without a finding: other officers can be sent. What it held stays readable. */
export async function withdrawCheck(deps: Deps, id: string, reason: string, person: SignedIn): Promise<void> {
  const { clueId } = await loadCheck(deps.db, id);
  const clue = await loadClue(deps.db, clueId);
  const { district } = clue.flag.source;
  await assertDistrict(deps.db, { profile: deps.profile, district, person, needs: [["handler", "head"]] });
  await assertNotRecused(deps.db, clue, person.id);
  await deps.db.$transaction(async (tx) => {
    const check = await lockCheck(tx, id);
    if (!mayWithdraw(check, person)) await assertOfficer(tx, check, person);
    // what two officers signed is set aside by somebody who is known to sit there
    if (check.state === "SIGNED_BY_BOTH") assertStepUp(deps, person);
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
