import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { assertGuards, type ClueTransition, clueStates, findTransition, needsStepUp } from "@mingcha/models/clue";
import type { clueEventBodySchema, clueEventResultSchema } from "@mingcha/models/http";
import type { z } from "zod";
import { assertComplete } from "../clues/assert-complete.ts";
import { collectFacts } from "../clues/collect-facts.ts";
import { assertMayAct, reviewOf } from "../clues/move-clue.ts";
import { takeCorrections } from "../corrections/take-corrections.ts";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";
import { dressSeed, type LoadedSeed } from "./open-seeded.ts";

/**
 * Takes a reviewer's verdict on a known item. It asks for the same as a verdict on a record and looks the same, but writes one answer and
 * no review: nothing here can become evidence, and nothing counts as work done.
 */
export async function answerSeeded(
  deps: Deps,
  seed: LoadedSeed,
  body: z.output<typeof clueEventBodySchema>,
  person: SignedIn,
): Promise<z.input<typeof clueEventResultSchema>> {
  const clue = dressSeed(seed, person);
  const transition: ClueTransition | undefined = findTransition(clue.state, body.event);
  const review = reviewOf[body.event];
  if (transition === undefined || review === undefined)
    throw new AppError(clue.version === body.version ? "NO_SUCH_STEP" : "STALE", {
      state: clueStates[clue.state].zh,
      stateEn: clueStates[clue.state].en,
    });
  await assertMayAct(deps, clue, transition, person);
  if (clue.version !== body.version) throw new AppError("STALE");
  assertComplete(body, transition, review, deps.profile);
  if (needsStepUp(body.event)) assertStepUp(deps, person);
  const taken = await takeCorrections(deps, clue, body.event, body.corrections ?? []);
  assertGuards(transition, await collectFacts(deps, taken.clue, person, { event: body.event, rehash: false }));
  const right = review.result === seed.answer;
  try {
    await deps.db.$transaction(async (tx) => {
      await tx.seededAnswer.create({
        data: {
          itemId: seed.id,
          personId: person.id,
          event: body.event,
          right,
          checklist: body.checklist,
          corrections: body.corrections ?? [],
          reasonCode: body.reasonCode ?? null,
          note: body.note ?? null,
          timeOnItemMs: body.timeOnItemMs ?? null,
          createdAt: deps.now(),
        },
      });
      await appendCustody(tx, {
        action: "seeded.answered",
        subject: `seeded:${seed.id}`,
        actor: { kind: "person", id: person.id, name: person.name },
        detail: { event: body.event, right },
      });
    });
  } catch (error) {
    if (isDuplicate(error)) throw new AppError("STALE");
    throw error;
  }
  const told = deps.profile.review.seededReveal === "after_verdict";
  return {
    id: seed.id,
    state: transition.to,
    version: clue.version + 1,
    caseId: null,
    ...(told ? { known: { right, answer: seed.answer === "pass" ? "pass" : "fail", why: seed.why } } : {}),
  };
}
