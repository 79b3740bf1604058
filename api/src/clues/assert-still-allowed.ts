import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { assertGuards, type ClueTransition, clueActors, type GuardFacts, leftOutOf } from "@mingcha/models/clue";
import type { Deps } from "../deps.ts";
import { onSiteFacts } from "../on-site/on-site-facts.ts";
import { assertDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertDuty } from "../plugins/access.ts";
import { loadRecusals } from "../recusals/load-recusals.ts";
import { assertOfficersOfDistrict } from "./assert-officers.ts";
import { collectPeople } from "./collect-people.ts";
import type { LoadedClue } from "./load-clue.ts";

export interface Attempt {
  readonly transition: ClueTransition;
  /** What the guards looked at before the transaction. */
  readonly facts: GuardFacts;
  readonly handlerIds: readonly string[];
}

/**
 * Asks once more of the people of a step, inside its transaction and behind its custody entry. Whoever recuses somebody, withdraws a
 * certificate or disables an account writes a custody entry too, and one at a time holds that lock until it commits: what was entered before
 * is seen here and refuses, what comes later comes after the step. `clue` is the record as the guards saw it.
 */
export async function assertStillAllowed(
  tx: DatabaseOrTransaction,
  deps: Deps,
  clue: LoadedClue,
  { transition, facts, handlerIds }: Attempt,
  person: SignedIn,
): Promise<void> {
  const checks = transition.guards.includes("H-05") ? await onSiteFacts({ ...deps, db: tx }, clue) : null;
  const now = { ...clue, recusals: await loadRecusals(tx, clue.id) };
  const people = await collectPeople(tx, deps, now, {
    actorId: person.id,
    namedIds: [...handlerIds, ...facts.handlers.map(({ id }) => id)],
  });
  if (!people.account.inUse) throw new AppError("NOT_SIGNED_IN");
  const { districts } = people.account;
  const needs = clueActors[transition.by];
  for (const one of needs) assertDuty({ ...person, duties: people.actor.duties }, one);
  const { district } = clue.flag.source;
  await assertDistrict(tx, { profile: deps.profile, district, person: { districts }, needs });
  await assertOfficersOfDistrict({ db: tx, profile: deps.profile }, clue, handlerIds);
  const again: GuardFacts = {
    ...facts,
    ...(checks ?? {}),
    actor: people.actor,
    handlers: people.handlers,
    reviews: facts.reviews.map((review) => ({ ...review, reviewerRecused: people.recused(review.reviewerId) })),
  };
  assertGuards(transition, again);
  // which evidence a case stands on was decided by what was known before
  if (leftOutOf(again) !== leftOutOf(facts)) throw new AppError("STALE");
}
