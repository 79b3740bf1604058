import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import {
  type AppliedCorrection,
  assertGuards,
  type ClueEvent,
  type ClueTransition,
  clueActors,
  clueStates,
  findTransition,
  type GuardFacts,
  guardsOf,
  leftOutOf,
  legalQuestions,
  needsStepUp,
  recheckOnSite,
} from "@mingcha/models/clue";
import type { clueEventBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import { openCase } from "../cases/open-case.ts";
import { columnsOf, guardsWith, takeCorrections, writeCorrections } from "../corrections/take-corrections.ts";
import type { Deps } from "../deps.ts";
import { openCheck } from "../on-site/dispatch-check.ts";
import { assertDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";
import { assertDuty } from "../plugins/access.ts";
import { assertImageryKept } from "../retention/assert-kept.ts";
import { takePart } from "../second-looks/take-part.ts";
import { addDissuasion, assertDissuasion } from "./add-dissuasion.ts";
import { addTransfer } from "./add-transfer.ts";
import { assertComplete } from "./assert-complete.ts";
import { assertOfficersOfDistrict } from "./assert-officers.ts";
import { assertStillAllowed } from "./assert-still-allowed.ts";
import { collectFacts } from "./collect-facts.ts";
import { assertNotTaken } from "./lease-clue.ts";
import { findOriginals, type LoadedClue, loadClue } from "./load-clue.ts";
import { saidOfCorrection } from "./orders-given.ts";
import { rankByFacts } from "./set-priority.ts";

type Body = z.output<typeof clueEventBodySchema>;

/** What kind of review an event records, and its result; null for events that are no review. */
export const reviewOf: Partial<
  Record<ClueEvent, { kind: "technical" | "legal" | "merged"; result: "pass" | "fail" | "send_back" | "unsure" }>
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

/** Steps that sort a record before its reviews, or undo that: who takes one does not review it (domain H.1). */
const prescreening: readonly ClueEvent[] = ["plausible", "discard", "officer_discard", "bring_back"];

/** What looking again showed, where this step says so: a handler's own step, or two officers who were there after the time allowed. */
function saidNow(event: ClueEvent, facts: GuardFacts): GuardFacts["recheck"] | undefined {
  return event === "confirm_on_site" ? (recheckOnSite(facts) ?? undefined) : saidOfCorrection[event];
}

/** Another order asks for another look. */
function recheckAfter(said: GuardFacts["recheck"] | undefined, { to }: ClueTransition): { recheck?: string | null } {
  if (said !== undefined) return { recheck: said };
  return to === "DISSUADED" ? { recheck: null } : {};
}

/** A record may be another violation now, or be back once more; what a person said of its priority stays. */
function rankAfter(clue: LoadedClue, round: number) {
  return clue.priorityBy === null ? rankByFacts({ ...clue, round, sourceKind: clue.flag.source.kind }) : {};
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
    throw new AppError(clue.version === body.version ? "NO_SUCH_STEP" : "STALE", {
      state: clueStates[clue.state].zh,
      stateEn: clueStates[clue.state].en,
    });
  await assertMayAct(deps, clue, transition, person);
  if (clue.version !== body.version) throw new AppError("STALE");
  // A desk that has the record open does not keep the officers at the place from the step that is theirs alone (H-05).
  if (!transition.guards.includes("H-05")) assertNotTaken(clue, person.id, deps.now());

  const review = reviewOf[body.event];
  assertComplete(body, transition, review, deps.profile);
  if (transition.asks === "dissuasion") assertDissuasion(deps.profile, body);
  if (needsStepUp(body.event)) assertStepUp(deps, person);
  await assertOfficersOfDistrict(deps, clue, body.handlerIds ?? []);
  const taken = await takeCorrections(deps, clue, body.event, body.corrections ?? []);
  const [facts, originals] = await Promise.all([
    collectFacts(deps, taken.clue, person, {
      event: body.event,
      handlerIds: body.handlerIds,
      reasonCode: body.reasonCode ?? null,
      rehash: transition.guards.includes("G-01"),
    }),
    findOriginals(deps.db, clue),
  ]);
  const guarded = guardsWith(transition, taken);
  assertGuards(guarded, facts);
  // who dispatches sends others as well as themselves
  if (body.event !== "dispatch" && body.handlerIds !== undefined && !body.handlerIds.includes(person.id))
    throw new AppError("BAD_INPUT", { reason: "承办人须包括本人 / you must be one of the two officers" });

  const leftOut = leftOutOf(facts);
  const said = saidNow(body.event, facts);
  const mediaSha256 = originals.map(({ sha256 }) => sha256);
  const again = transition.to === "TECH_REVIEW" && transition.from !== "PRESCREEN";
  return deps.db.$transaction(async (tx) => {
    if (review) {
      const written = await tx.review.create({
        data: {
          clueId: id,
          round: clue.round,
          ...review,
          reviewerId: person.id,
          ...listsOf(review.kind, body.checklist),
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
        // what was found and said of the record before is asked for anew
        ...(again ? { round: { increment: 1 }, confirmedOnSite: false, recheck: null } : {}),
        ...(body.event === "confirm_on_site" ? { confirmedOnSite: true } : {}),
        ...(body.reasonCode === undefined ? {} : { closeReason: body.reasonCode }),
        ...(body.event === "bring_back" ? { closeReason: null } : {}),
        ...(prescreening.includes(body.event) ? { prescreenedBy: { push: person.id } } : {}),
        ...(body.event === "propose_close" ? { closeProposedBy: person.id } : {}),
        ...recheckAfter(said, transition),
        ...rankAfter(taken.clue, clue.round + (again ? 1 : 0)),
        ...(body.note?.trim() ? { note: body.note.trim() } : {}),
      },
    });
    if (moved.count !== 1) throw new AppError("STALE");
    if (clueStates[transition.to].open && !clueStates[transition.from].open) await assertImageryKept(tx, deps, clue);
    const [first, second] = body.handlerIds ?? [];
    const checkId =
      body.event === "dispatch" && first !== undefined && second !== undefined
        ? await openCheck(
            tx,
            deps,
            { clueId: id, round: clue.round, officerIds: [first, second], note: body.note?.trim() || null },
            person,
          )
        : undefined;
    const dissuasionId =
      body.dissuasion === undefined ? undefined : await addDissuasion(tx, deps, clue, body.dissuasion, person);
    if (transition.asks === "transfer") await addTransfer(tx, deps, clue, body, person);
    const sampled = await takePart(
      tx,
      deps,
      taken.clue,
      { event: body.event, reasonCode: body.reasonCode ?? null, note: body.note?.trim() || null, mediaSha256 },
      person,
    );
    const caseId =
      body.event === "file"
        ? await openCase(tx, deps, clue, { handlerIds: body.handlerIds ?? [], leftOut })
        : (clue.case?.id ?? null);
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
        guards: guardsOf(guarded),
        ...(body.reasonCode === undefined ? {} : { reasonCode: body.reasonCode }),
        ...(body.handlerIds === undefined ? {} : { officers: body.handlerIds }),
        ...(dissuasionId === undefined ? {} : { dissuasionId }),
        ...(checkId === undefined ? {} : { checkId }),
        ...(body.transferTo === undefined ? {} : { transferTo: body.transferTo }),
        ...sampled,
        ...(body.note === undefined ? {} : { noted: true }),
        ...(taken.applied.length === 0 ? {} : { corrected: taken.applied.map(forLog) }),
        ...(taken.asked.length === 0 ? {} : { asked: taken.asked.map(({ field }) => field) }),
        ...(caseId === null ? {} : { caseId }),
        ...(said == null || body.event !== "confirm_on_site" ? {} : { recheck: { said, at: beganAt(facts) } }),
        ...(body.event === "file" && leftOut !== null ? { leftOut } : {}),
      },
    });
    const attempt = { transition: guarded, facts, handlerIds: body.handlerIds ?? [] };
    await assertStillAllowed(tx, deps, taken.clue, attempt, person);
    return { id, state: transition.to, version: body.version + 1, caseId };
  });
}

/** When the officers' check began. */
const beganAt = ({ onSite }: GuardFacts): string | null =>
  onSite?.beganAtMs == null ? null : new Date(onSite.beganAtMs).toISOString();

/** A plate leads to a person: of attributes the log says that they were corrected; the values stand in the record. */
function forLog({ field, oldValue, value, reasonCode }: AppliedCorrection) {
  return field.startsWith("attribute.") ? { field, reasonCode } : { field, from: oldValue, to: value, reasonCode };
}

/** Duty, then district: a step of another district's record is refused whatever the duty. */
export async function assertMayAct(
  { db, profile }: Deps,
  clue: LoadedClue,
  transition: ClueTransition,
  person: SignedIn,
): Promise<void> {
  for (const one of clueActors[transition.by]) assertDuty(person, one);
  await assertDistrict(db, { profile, district: clue.flag.source.district, person, needs: clueActors[transition.by] });
}

/** Both lists of a merged review are kept apart (domain H.7). */
function listsOf(kind: "technical" | "legal" | "merged", answers: Body["checklist"]) {
  if (kind !== "merged") return { checklist: answers };
  const isLegal = ({ id }: { id: string }) => legalQuestions.some((question) => question.id === id);
  return { checklist: answers.filter((item) => !isLegal(item)), legalChecklist: answers.filter(isLegal) };
}
