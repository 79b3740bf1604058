import { appendCustody } from "@mingcha/infra/custody";
import { lockSource } from "@mingcha/infra/retention";
import { AppError } from "@mingcha/models";
import type { FailedDecision } from "@mingcha/models/http";
import { detectClip } from "@mingcha/models/jobs";
import { retentionDuties } from "@mingcha/models/retention";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";

/**
 * What becomes of a recording that could not be analysed: it is tried once more, or a person who has looked at it lets it go, and from then on its
 * term counts as that of any other. Without a word it stays for good. Throws STALE where it waits for nobody any more.
 */
export async function decideFailed(
  deps: Deps,
  clipId: string,
  { decision, reason }: FailedDecision,
  person: SignedIn,
): Promise<void> {
  if (decision === "let_go") assertStepUp(deps, person);
  const clip = await deps.db.clip.findUnique({ where: { id: clipId }, select: { sourceId: true } });
  if (clip === null) throw new AppError("NOT_FOUND", {}, { detail: `clip ${clipId}` });
  const { sourceId } = clip;
  await deps.db.$transaction(async (tx) => {
    await lockSource(tx, sourceId);
    await assertSourceDistrict(tx, { profile: deps.profile, sourceId, person, needs: [retentionDuties.hold] });
    const { count } = await tx.clip.updateMany({
      where: { id: clipId, state: "QUARANTINED", letGoAt: null, deletedAt: null },
      data:
        decision === "let_go"
          ? { letGoAt: deps.now() }
          : { state: "STORED", detectAttempts: 0, reasonCode: null, reasonZh: null, reasonEn: null },
    });
    if (count !== 1) throw new AppError("STALE");
    await appendCustody(tx, {
      action: decision === "let_go" ? "clip.let_go" : "clip.analysis_asked_again",
      subject: `clip:${clipId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { sourceId, reason },
    });
  });
  if (decision === "again") await deps.queues.ring(detectClip, { clipId });
}
