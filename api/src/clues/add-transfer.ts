import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { dueDate, localDay, type Profile } from "@mingcha/models/profile";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import type { LoadedClue } from "./load-clue.ts";

/** By which day a record has to be handed on if it is not this authority's: counted in working days from the day it was opened. */
export const transferDueOn = (profile: Profile, clue: Pick<LoadedClue, "createdAt">): string =>
  dueDate(profile, localDay(clue.createdAt, profile.timezone), profile.review.transferWorkingDays, "working_day").day;

/** To whom a record goes, and whether in time, inside the transaction that ends it here. */
export async function addTransfer(
  tx: DatabaseOrTransaction,
  { profile, now }: Pick<Deps, "profile" | "now">,
  clue: LoadedClue,
  { transferTo = "", reasonCode = "" }: { transferTo?: string | undefined; reasonCode?: string | undefined },
  person: SignedIn,
): Promise<void> {
  await tx.clueTransfer.create({
    data: {
      clueId: clue.id,
      authority: transferTo,
      reasonCode,
      dueOn: transferDueOn(profile, clue),
      byId: person.id,
      at: now(),
    },
  });
}
