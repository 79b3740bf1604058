import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { guards } from "@mingcha/models/clue";
import {
  nextOnSiteState,
  type OnSitePhotoKind,
  onSiteFindingsSchema,
  onSiteGaps,
  onSiteStates,
} from "@mingcha/models/on-site";
import { collectPeople } from "../clues/collect-people.ts";
import { type LoadedClue, loadClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";
import { assertNotRecused } from "../recusals/assert-not-recused.ts";
import { loadRecusals } from "../recusals/load-recusals.ts";
import { assertOfficer, lockCheck } from "./change-check.ts";
import { contentOf, loadCheck, photosInForce, signaturesInForce } from "./load-check.ts";

interface SignBody {
  readonly contentSha256: string;
  readonly deviceKey: string;
}

/**
 * An officer puts the own name under the check as it stands. The request names the hash of what the page showed, so nobody signs what
 * another changed meanwhile. It is the confirmation of an account, not a qualified electronic signature (ESL 13): the paper is signed by hand.
 */
export async function signCheck(deps: Deps, id: string, body: SignBody, person: SignedIn): Promise<void> {
  assertStepUp(deps, person);
  const clue = await loadClue(deps.db, (await loadCheck(deps.db, id)).clueId);
  await deps.db.$transaction(async (tx) => {
    const check = await lockCheck(tx, id);
    await assertOfficer(tx, check, person);
    const content = contentOf(check);
    if (content.sha256 !== body.contentSha256) throw new AppError("STALE");
    const signed = signaturesInForce(check);
    if (signed.some(({ personId }) => personId === person.id)) throw new AppError("ON_SITE_SIGNED");
    if (signed.some(({ deviceKey }) => deviceKey === body.deviceKey)) throw new AppError("ON_SITE_SAME_DEVICE");
    const photos = photosInForce(check);
    const gaps = onSiteGaps(
      onSiteFindingsSchema.parse(check.findings),
      photos.map(({ kind }) => ({ kind: kind as OnSitePhotoKind })),
      deps.profile.onSite.minPhotos,
    );
    if (gaps.length > 0)
      throw new AppError("ON_SITE_INCOMPLETE", {
        zh: gaps.map(({ zh }) => zh).join("；"),
        en: gaps.map(({ en }) => en).join("; "),
      });
    const state = nextOnSiteState(check.state, "sign");
    if (state === null || onSiteStates[state].signatures !== signed.length + 1) throw new AppError("STALE");
    const signature = await tx.onSiteSignature.create({
      data: {
        checkId: id,
        personId: person.id,
        sha256: content.sha256,
        content: new Uint8Array(content.bytes),
        deviceKey: body.deviceKey,
        signedAt: deps.now(),
      },
    });
    await tx.onSiteCheck.update({ where: { id }, data: { state } });
    await appendCustody(tx, {
      action: "on_site.signed",
      subject: `clue:${check.clueId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: {
        checkId: id,
        signatureId: signature.id,
        contentSha256: content.sha256,
        photos: photos.map(({ sha256 }) => sha256),
        state,
      },
    });
    await assertMaySign(tx, deps, { ...clue, recusals: await loadRecusals(tx, clue.id) }, person);
  });
}

/** Behind the custody entry, so that a certificate withdrawn or a recusal entered meanwhile is seen (see `assertStillAllowed`). */
async function assertMaySign(tx: DatabaseOrTransaction, deps: Deps, clue: LoadedClue, person: SignedIn): Promise<void> {
  const { actor, account } = await collectPeople(tx, deps, clue, { actorId: person.id, namedIds: [] });
  if (!account.inUse) throw new AppError("NOT_SIGNED_IN");
  if (actor.recused) await assertNotRecused(tx, clue, person.id);
  if (!actor.qualified)
    throw new AppError("GUARD_REFUSED", {
      guard: "G-11",
      basis: guards["G-11"].basis,
      zh: "您的执法资格不在有效期内；须由持有效执法证的人员现场核查，可撤回本次核查后另行派员",
      en: "Your qualification is not in force; officers with valid certificates check on site: this check can be withdrawn and others sent",
    });
}
