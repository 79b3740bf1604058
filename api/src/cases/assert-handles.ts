import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { SignedIn } from "../people/sessions.ts";
import { assertNotRecused } from "../recusals/assert-not-recused.ts";
import type { LoadedCase } from "./load-case.ts";

/** Only the two handlers of a case work on it, whatever other handlers there are, and none of them who is recused from its record. */
export async function assertHandles(db: DatabaseOrTransaction, found: LoadedCase, person: SignedIn): Promise<void> {
  if (!found.handlers.some((handler) => handler.personId === person.id))
    throw new AppError("WRONG_ROLE", {
      have: "非本案承办人",
      haveEn: "not a handler of this case",
      need: found.handlers.map((handler) => handler.person.name).join("、"),
      needEn: found.handlers.map((handler) => handler.person.name).join(", "),
    });
  await assertNotRecused(db, found.clue, person.id);
}
