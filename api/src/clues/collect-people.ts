import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { Duty } from "@mingcha/models";
import type { GuardFacts } from "@mingcha/models/clue";
import type { Deps } from "../deps.ts";
import { isQualified } from "../people/qualification.ts";
import { isRecusedFrom, loadStanding, recusalRow } from "../recusals/load-recusals.ts";
import type { LoadedClue } from "./load-clue.ts";

export interface Named {
  readonly actorId: string;
  /** Officers of the step, whether the person named them or the on-site check did. */
  readonly namedIds: readonly string[];
}

export type PeopleFacts = Pick<GuardFacts, "actor" | "handlers"> & {
  /** The actor's account is in use, and works in these districts. */
  readonly account: { readonly inUse: boolean; readonly districts: readonly string[] };
  /** Whether a person's certificate covered the day of an act. */
  readonly qualifiedAt: (personId: string, at: Date) => boolean;
  readonly recused: (personId: string) => boolean;
};

/**
 * What certificates, recusals, duties and accounts say of everybody who has to do with a step on a record: as the database has it now, but
 * for the recusals from this record, which come with it.
 */
export async function collectPeople(
  db: DatabaseOrTransaction,
  { profile, now }: Pick<Deps, "profile" | "now">,
  clue: LoadedClue,
  { actorId, namedIds }: Named,
): Promise<PeopleFacts> {
  const at = now();
  const assignedIds = (clue.case?.handlers ?? []).map(({ personId }) => personId);
  const ids = [actorId, ...namedIds, ...assignedIds, ...clue.reviews.map(({ reviewerId }) => reviewerId)];
  const people = await db.person.findMany({ where: { id: { in: ids } }, include: { certificates: true } });
  const recusals = [...clue.recusals.map(recusalRow), ...(await loadStanding(db))];
  const recused = (id: string): boolean => isRecusedFrom(recusals, id, clue);
  const qualifiedAt = (id: string, day: Date): boolean => {
    const found = people.find((one) => one.id === id);
    return found !== undefined && isQualified(found, day, profile.timezone);
  };
  const actor = people.find(({ id }) => id === actorId);
  const named = new Set(namedIds);
  return {
    actor: {
      kind: "person",
      id: actorId,
      duties: (actor?.duties ?? []) as Duty[],
      qualified: qualifiedAt(actorId, at),
      legallyQualified: actor !== undefined && isQualified(actor, at, profile.timezone, "legal"),
      recused: recused(actorId),
    },
    account: { inUse: actor?.disabledAt === null, districts: actor?.districts ?? [] },
    handlers: people
      .filter(
        ({ id, disabledAt, duties }) =>
          assignedIds.includes(id) || (named.has(id) && disabledAt === null && duties.includes("handler")),
      )
      .map(({ id }) => ({ id, qualified: qualifiedAt(id, at), recused: recused(id) })),
    qualifiedAt,
    recused,
  };
}
