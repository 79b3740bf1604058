import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import {
  type AppliedCorrection,
  assertGuards,
  type ClueTransition,
  checklistGaps,
  clueStates,
  findTransition,
} from "@mingcha/models/clue";
import type { clueEventBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import { openCase } from "../cases/open-case.ts";
import { columnsOf, guardsWith, takeCorrections, writeCorrections } from "../corrections/take-corrections.ts";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertDuty } from "../plugins/access.ts";
import { addDissuasion, assertDissuasion } from "./add-dissuasion.ts";
import { collectFacts } from "./collect-facts.ts";
import { assertNotTaken } from "./lease-clue.ts";
import { findOriginals, loadClue } from "./load-clue.ts";

type Body = z.output<typeof clueEventBodySchema>;

/** What kind of review an event records, and its result; null for events that are no review. */
export const reviewOf: Record<
  string,
  { kind: "technical" | "legal" | "merged"; result: "pass" | "fail" | "send_back" | "unsure" } | undefined
> = {
  tech_pass: { kind: "technical", result: "pass" },
  tech_fail: { kind: "technical", result: "fail" },
  tech_unsure: { kind: "technical", result: "unsure" },
  legal_pass: { kind: "legal", result: "pass" },
  legal_fail: { kind: "legal", result: "fail" },
  legal_send_back: { kind: "legal", result: "send_back" },
  legal_unsure: { kind: "legal", result: "unsure" },
  merged_pass: { kind: "merged", result: "pass" },
};

/** What a person says of the party's correction with an event. */
const recheckOf: Record<string, "corrected" | "not_corrected" | undefined> = {
  not_corrected: "not_corrected",
  corrected: "corrected",
  corrected_not_minor: "corrected",
};

/** Another order asks for another look. */
function recheckAfter(event: string, { to }: ClueTransition): { recheck?: string | null } {
  const said = recheckOf[event];
  if (said !== undefined) return { recheck: said };
  return to === "DISSUADED" ? { recheck: null } : {};
}

/**
 * Takes one arrow of the clue table for a person: duty, guards (originals re-hashed), check list, then in one transaction
 * the review, the new state, the case if there is one, and the custody entry. A page drawn from an older version gets STALE.
 */
export async function moveClue(
  deps: Deps,
  id: string,
  body: Body,
  person: SignedIn,
): Promise<{ id: string; state: keyof typeof clueStates; version: number; caseId: string | null }> {
  const clue = await loadClue(deps.db, id);
  const transition = findTransition(clue.state, body.event);
  if (transition === undefined)
    throw new AppError(clue.version === body.version ? "NO_SUCH_STEP" : "STALE", { state: clueStates[clue.state].zh });
  assertMayAct(transition, person);
  if (clue.version !== body.version) throw new AppError("STALE");
  assertNotTaken(clue, person.id, deps.now());

  const review = reviewOf[body.event];
  assertComplete(body, transition, review);
  if (transition.asks === "dissuasion") assertDissuasion(deps.profile, body);
  const taken = await takeCorrections(deps, clue, body.event, body.corrections ?? []);
  const facts = await collectFacts(deps, taken.clue, person, {
    event: body.event,
    handlerIds: body.handlerIds,
    rehash: transition.guards.includes("G-01"),
  });
  assertGuards(guardsWith(transition, taken), facts);
  if (body.handlerIds !== undefined && !body.handlerIds.includes(person.id))
    throw new AppError("BAD_INPUT", { reason: "承办人须包括本人 / you must be one of the two officers" });

  const mediaSha256 = (await findOriginals(deps.db, clue)).map((clip) => clip.sha256);
  return deps.db.$transaction(async (tx) => {
    if (review) {
      const written = await tx.review.create({
        data: {
          clueId: id,
          round: clue.round,
          ...review,
          reviewerId: person.id,
          checklist: body.checklist,
          reasonCode: body.reasonCode ?? null,
          note: body.note ?? null,
          mediaSha256,
          timeOnItemMs: body.timeOnItemMs ?? null,
          asked: [...taken.asked],
        },
      });
      await writeCorrections(tx, deps, written, taken.applied);
    }
    const moved = await tx.clue.updateMany({
      where: { id, version: body.version, state: clue.state },
      data: {
        state: transition.to,
        version: { increment: 1 },
        ...columnsOf(taken.applied),
        leasedBy: null,
        leasedUntil: null,
        ...(transition.to === "TECH_REVIEW" && transition.from !== "PRESCREEN" ? { round: { increment: 1 } } : {}),
        ...(body.event === "confirm_on_site" ? { confirmedOnSite: true } : {}),
        ...(body.reasonCode === undefined ? {} : { closeReason: body.reasonCode }),
        ...(body.event === "propose_close" ? { closeProposedBy: person.id } : {}),
        ...recheckAfter(body.event, transition),
        ...(body.note?.trim() ? { note: body.note.trim() } : {}),
      },
    });
    if (moved.count !== 1) throw new AppError("STALE");
    const dissuasionId =
      body.dissuasion === undefined ? undefined : await addDissuasion(tx, deps, clue, body.dissuasion, person);
    const caseId =
      body.event === "file" ? await openCase(tx, deps, clue, body.handlerIds ?? []) : (clue.case?.id ?? null);
    await appendCustody(tx, {
      action: "clue.moved",
      subject: `clue:${id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: {
        event: body.event,
        from: clue.state,
        to: transition.to,
        round: clue.round,
        mediaSha256,
        guards: transition.guards,
        ...(body.reasonCode === undefined ? {} : { reasonCode: body.reasonCode }),
        ...(body.handlerIds === undefined ? {} : { officers: body.handlerIds }),
        ...(dissuasionId === undefined ? {} : { dissuasionId }),
        ...(body.note === undefined ? {} : { noted: true }),
        ...(taken.applied.length === 0 ? {} : { corrected: taken.applied.map(forLog) }),
        ...(taken.asked.length === 0 ? {} : { asked: taken.asked.map(({ field }) => field) }),
        ...(caseId === null ? {} : { caseId }),
      },
    });
    return { id, state: transition.to, version: body.version + 1, caseId };
  });
}

/** A plate leads to a person: of attributes the log says that they were corrected; the values stand in the record. */
function forLog({ field, oldValue, value, reasonCode }: AppliedCorrection) {
  return field.startsWith("attribute.") ? { field, reasonCode } : { field, from: oldValue, to: value, reasonCode };
}

export function assertMayAct(transition: ClueTransition, person: SignedIn): void {
  if (transition.by === "merged_reviewer") {
    assertDuty(person, ["technical_reviewer"]);
    assertDuty(person, ["legal_reviewer"]);
  } else assertDuty(person, [transition.by]);
}

/** A step without what the table says it asks for is refused with a sentence. */
export function assertComplete(body: Body, transition: ClueTransition, review: (typeof reviewOf)[string]): void {
  const wrong = (zh: string, en: string) => new AppError("BAD_INPUT", { reason: `${zh} / ${en}` });
  if (transition.asks === "checklist" && review !== undefined) {
    const [gap] = checklistGaps(review.kind, body.checklist);
    if (gap) throw wrong(`审核项未通过或未填：${gap.zh}`, `check list item open or failed: ${gap.en}`);
  }
  if (transition.asks === "reason" && body.reasonCode === undefined)
    throw wrong("须选择理由", "a reason code is needed");
  const needsNote = transition.asks === "note" || body.reasonCode === "other";
  if (needsNote && !body.note?.trim()) throw wrong("须填写说明", "a note is needed");
  if (transition.asks !== "dissuasion" && body.dissuasion !== undefined)
    throw wrong("此步骤不发劝导", "this step sends no word to the party");
  if (transition.asks === "officers" && new Set(body.handlerIds ?? []).size !== 2)
    throw wrong("须指定两名不同的执法人员", "two different officers are needed");
}
