import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { type Disagreement, disagreementOf } from "@mingcha/models/clue";
import type { Profile } from "@mingcha/models/profile";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";

/** The fall-back of a violation that is in force, if any. */
export const findFallback = (db: DatabaseOrTransaction, violation: string) =>
  db.mergedFallback.findFirst({ where: { violation, liftedAt: null } });

/** Disagreement of a violation since its last fall-back was lifted: what a head has judged is not counted twice. */
export async function countDisagreement(
  db: DatabaseOrTransaction,
  { secondLooks }: Profile,
  violation: string,
): Promise<Disagreement> {
  const lifted = await db.mergedFallback.findFirst({
    where: { violation, liftedAt: { not: null } },
    orderBy: { liftedAt: "desc" },
  });
  const rows = await db.secondLook.findMany({
    where: {
      violation,
      kind: "merged",
      result: { not: null },
      lookedAt: lifted?.liftedAt ? { gt: lifted.liftedAt } : { not: null },
    },
    orderBy: { lookedAt: "desc" },
    take: secondLooks.window,
    select: { result: true },
  });
  return disagreementOf(
    rows.map(({ result }) => (result === "disagree" ? "disagree" : "agree")),
    { window: secondLooks.window, minLooks: secondLooks.minLooks, maxRate: secondLooks.maxDisagreement },
  );
}

/** One at a time for each violation: a merged review and the fall-back that forbids it never pass each other. */
export async function lockMerged(tx: DatabaseOrTransaction, violation: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`merged:${violation}`}, 0))`;
}

/** Gives merged review of a violation up when the newest second looks disagreed too often; inside the transaction of the last one. */
export async function fallBackIfDue(
  tx: DatabaseOrTransaction,
  { profile, now }: Pick<Deps, "profile" | "now">,
  violation: string,
): Promise<void> {
  const { looked, disagreed, exceeds } = await countDisagreement(tx, profile, violation);
  if (!exceeds || (await findFallback(tx, violation)) !== null) return;
  const { id } = await tx.mergedFallback.create({ data: { violation, since: now(), looked, disagreed } });
  await appendCustody(tx, {
    action: "merged.fell_back",
    subject: `violation:${violation}`,
    actor: { kind: "machine", id: "api", name: "api" },
    detail: { fallbackId: id, looked, disagreed, maxDisagreement: profile.secondLooks.maxDisagreement },
  });
}

/** The head lets merged review of a violation begin again. */
export async function liftFallback(deps: Deps, id: string, reason: string, person: SignedIn): Promise<void> {
  assertStepUp(deps, person);
  await deps.db.$transaction(async (tx) => {
    const row = await tx.mergedFallback.findUnique({ where: { id } });
    if (row === null) throw new AppError("NOT_FOUND", {}, { detail: `merged fallback ${id}` });
    await lockMerged(tx, row.violation);
    const lifted = await tx.mergedFallback.updateMany({
      where: { id, liftedAt: null },
      data: { liftedAt: deps.now(), liftedBy: person.id, liftReason: reason },
    });
    if (lifted.count !== 1) throw new AppError("STALE");
    await appendCustody(tx, {
      action: "merged.fallback_lifted",
      subject: `violation:${row.violation}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { fallbackId: id, reason },
    });
  });
}
