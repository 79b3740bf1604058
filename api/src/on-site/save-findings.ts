import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import type { OnSiteSaveBody } from "@mingcha/models/http";
import { type OnSiteFindings, onSiteFindingsSchema } from "@mingcha/models/on-site";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { applyChange, assertOfficer, lockCheck } from "./change-check.ts";

/** Keeps what an officer wrote down. A page drawn from an older version gets STALE; saving what already stands there changes nothing. */
export async function saveFindings(deps: Deps, id: string, body: OnSiteSaveBody, person: SignedIn): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const check = await lockCheck(tx, id);
    await assertOfficer(tx, check, person);
    if (check.version !== body.version) throw new AppError("STALE");
    const { version: _version, ...said } = body;
    const before = onSiteFindingsSchema.parse(check.findings);
    const after = onSiteFindingsSchema.parse({ ...before, ...said });
    // a name belongs to somebody who gave it
    if (after.party !== "named") after.partyName = "";
    const fields = (Object.keys(after) as (keyof OnSiteFindings)[]).filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    );
    if (fields.length === 0) return;
    await applyChange(tx, deps, check, { why: "findings_changed", data: { findings: after }, person });
    await appendCustody(tx, {
      action: "on_site.saved",
      subject: `clue:${check.clueId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { checkId: id, fields, result: after.result },
    });
  });
}
