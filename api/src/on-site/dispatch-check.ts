import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { assertGuards, clueStates, findTransition } from "@mingcha/models/clue";
import { emptyFindings } from "@mingcha/models/on-site";
import { assertOfficersOfDistrict } from "../clues/assert-officers.ts";
import { assertStillAllowed } from "../clues/assert-still-allowed.ts";
import { collectFacts } from "../clues/collect-facts.ts";
import { loadClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import { assertDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { checkInForce, loadChecks } from "./load-check.ts";

interface Dispatch {
  readonly clueId: string;
  readonly round: number;
  readonly officerIds: readonly [string, string];
  readonly note: string | null;
}

/** Opens the check of two officers inside the caller's transaction. One that was left unfinished in an earlier stay ends with it. */
export async function openCheck(
  tx: DatabaseOrTransaction,
  deps: Deps,
  { clueId, round, officerIds, note }: Dispatch,
  person: SignedIn,
): Promise<string> {
  const now = deps.now();
  await tx.onSiteCheck.updateMany({
    where: { clueId, state: { in: ["OPEN", "SIGNED_BY_FIRST"] } },
    data: { state: "WITHDRAWN", withdrawnBy: person.id, withdrawnAt: now, withdrawnReason: "重新派员" },
  });
  const check = await tx.onSiteCheck.create({
    data: {
      clueId,
      round,
      firstOfficerId: officerIds[0],
      secondOfficerId: officerIds[1],
      dispatchedBy: person.id,
      dispatchedAt: now,
      note,
      findings: emptyFindings,
    },
  });
  await appendCustody(tx, {
    action: "on_site.dispatched",
    subject: `clue:${clueId}`,
    actor: { kind: "person", id: person.id, name: person.name },
    detail: { checkId: check.id, officers: officerIds, round },
  });
  return check.id;
}

/**
 * Sends two officers where a record waits for an on-site check and nobody is there for it: after an unsure review, a withdrawn check, or
 * officers who could not tell. The same guards as for the step that dispatches.
 */
export async function dispatchAgain(
  deps: Deps,
  clueId: string,
  body: { officerIds: readonly string[]; note?: string | undefined },
  person: SignedIn,
): Promise<string> {
  const [first, second] = body.officerIds;
  if (first === undefined || second === undefined || first === second)
    throw new AppError("BAD_INPUT", { reason: "须指定两名不同的执法人员 / two different officers are needed" });
  const clue = await loadClue(deps.db, clueId);
  await assertDistrict(deps.db, {
    profile: deps.profile,
    district: clue.flag.source.district,
    person,
    needs: [["handler"]],
  });
  await assertOfficersOfDistrict(deps, clue, [first, second]);
  const facts = await collectFacts(deps, clue, person, {
    event: "dispatch",
    handlerIds: [first, second],
    rehash: false,
  });
  const step = findTransition("ADMISSIBLE", "dispatch");
  if (step === undefined) throw new Error("no arrow dispatches");
  assertGuards(step, facts);
  return deps.db.$transaction(async (tx) => {
    // the round as it is now: a check of an earlier one would count for nothing, and let another be opened beside it
    const { round } = await lockClue(tx, clueId);
    if (!mayDispatch(await loadChecks(tx, clueId), round)) throw new AppError("ON_SITE_UNDER_WAY");
    const id = await openCheck(
      tx,
      deps,
      { clueId, round, officerIds: [first, second], note: body.note || null },
      person,
    );
    await assertStillAllowed(tx, deps, clue, { transition: step, facts, handlerIds: [first, second] }, person);
    return id;
  });
}

/** Nobody is there for it: no check of this round in force, or one whose officers signed that they could not tell. */
export function mayDispatch(checks: Awaited<ReturnType<typeof loadChecks>>, round: number): boolean {
  const check = checkInForce(checks, round);
  if (check === undefined) return true;
  return check.state === "SIGNED_BY_BOTH" && (check.findings as { result?: string }).result === "cannot_tell";
}

/** Holds the record until the transaction ends, so that it cannot be settled while its check changes. Throws unless it waits for a check. */
export async function lockClue(tx: DatabaseOrTransaction, clueId: string): Promise<{ round: number }> {
  const [row] = await tx.$queryRaw<{ state: keyof typeof clueStates; round: number }[]>`
    select state::text as state, round from clue where id = ${clueId}::uuid for update`;
  if (row === undefined) throw new AppError("NOT_FOUND", {}, { detail: `clue ${clueId}` });
  if (row.state !== "ON_SITE_CHECK")
    throw new AppError("ON_SITE_CLOSED", { zh: clueStates[row.state].zh, en: clueStates[row.state].en.toLowerCase() });
  return { round: row.round };
}
