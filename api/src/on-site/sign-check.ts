import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { guards } from "@mingcha/models/clue";
import {
  nextOnSiteState,
  type OnSitePhotoKind,
  onSiteFindingsSchema,
  onSiteGaps,
  onSiteStates,
} from "@mingcha/models/on-site";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";
import { assertOfficer, lockCheck } from "./change-check.ts";
import { contentOf, photosInForce, signaturesInForce } from "./load-check.ts";

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
  await deps.db.$transaction(async (tx) => {
    const check = await lockCheck(tx, id);
    await assertOfficer(tx, check, person);
    if (!person.qualified)
      throw new AppError("GUARD_REFUSED", {
        guard: "G-11",
        basis: guards["G-11"].basis,
        zh: "您的执法资格不在有效期内",
        en: "Your qualification is not in force",
      });
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
  });
}
