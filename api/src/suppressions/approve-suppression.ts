import { appendCustody } from "@mingcha/infra/custody";
import { lockSource } from "@mingcha/infra/retention";
import { AppError } from "@mingcha/models";
import type { ApproveSuppressionBody } from "@mingcha/models/http";
import { localDay } from "@mingcha/models/profile";
import { checkTerm, suppressionDuties, suppressionSettings } from "@mingcha/models/suppression";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";
import { assertImageryKept } from "../retention/assert-kept.ts";
import { findOffers } from "./find-offers.ts";

/** One approval at a time: of two heads at one moment one approves, the other is told so. */
const approvalLockKey = 7_226_013;

/**
 * Makes an offer a suppression, in one transaction with its custody entry: the boxes and pictures it rests on, until when, why.
 * The person approves exactly the flags of the key, and none that they rejected themselves: one person's judgement does not
 * confirm itself. Throws SUPPRESSION_TERM, OFFER_TAKEN, OFFER_GONE, OWN_REJECTION.
 */
export async function approveSuppression(
  deps: Deps,
  body: ApproveSuppressionBody,
  person: SignedIn,
): Promise<{ id: string; validUntil: string }> {
  assertStepUp(deps, person);
  const now = deps.now();
  const validUntil = new Date(body.validUntil);
  if (checkTerm(validUntil.getTime(), now.getTime()) !== "ok") {
    const days = suppressionSettings.longestDays;
    const latest = localDay(new Date(now.getTime() + days * 86_400_000), deps.profile.timezone);
    throw new AppError("SUPPRESSION_TERM", { days: String(days), latest });
  }
  return deps.db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${approvalLockKey})`;
    const { offers, taken } = await findOffers(tx, now);
    const found = offers.find(({ offer }) => offer.key === body.offerKey);
    if (found === undefined) {
      const takenBy = taken.get(body.offerKey);
      if (takenBy === undefined) throw new AppError("OFFER_GONE", {}, { detail: `offer ${body.offerKey}` });
      const approver = await tx.person.findUniqueOrThrow({ where: { id: takenBy } });
      throw new AppError("OFFER_TAKEN", { who: approver.name });
    }
    if (found.rejections.some((rejection) => rejection.personId === person.id)) throw new AppError("OWN_REJECTION");
    const { offer, rejections } = found;
    const { sourceId } = offer;
    await lockSource(tx, sourceId);
    for (const { clue } of rejections) await assertImageryKept(tx, deps, clue);
    await assertSourceDistrict(tx, { profile: deps.profile, sourceId, person, needs: [suppressionDuties.approve] });
    const [{ clue }] = rejections;
    const { id } = await tx.suppression.create({
      data: {
        sourceId: offer.sourceId,
        ruleKey: offer.ruleKey,
        violation: clue.violation,
        zoneId: clue.flag.zoneId,
        boxNorm: [...offer.boxNorm],
        flagIds: [...offer.flagIds],
        reason: body.reason,
        validFrom: now,
        validUntil,
        approvedBy: person.id,
        approvedAt: now,
      },
    });
    await appendCustody(tx, {
      action: "suppression.approved",
      subject: `suppression:${id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: {
        sourceId: offer.sourceId,
        ruleKey: offer.ruleKey,
        boxNorm: offer.boxNorm,
        flagIds: offer.flagIds,
        clueIds: rejections.map((rejection) => rejection.clue.id),
        evidenceSha256: offer.evidenceSha256,
        validFrom: now.toISOString(),
        validUntil: validUntil.toISOString(),
        reason: body.reason,
      },
    });
    return { id, validUntil: validUntil.toISOString() };
  });
}
